import { describe, expect, it } from 'vitest';
import { checkCalendar, checkMove } from '../../../src/onboarding/calendar/check-calendar.js';
import { DEFAULT_DURATIONS, type Baseline, type CalendarSettings } from '../../../src/onboarding/schedule/types.js';
import { aCalendar, dayAfterStart, START } from '../schedule/builders.js';

const TODAY = '2026-11-26';

function check(settings: Partial<CalendarSettings>, baseline: Partial<Baseline> = {}, today: string | null = TODAY) {
  return checkCalendar(aCalendar(settings), { start: START, durations: DEFAULT_DURATIONS, ...baseline }, today);
}

describe('what a person wrote down about the calendar', () => {
  it('is fine', () => {
    expect(check({ holidays: ['2026-12-25'] })).toEqual({
      problems: [],
      notes: [],
      baseline: { start: START, durations: DEFAULT_DURATIONS },
    });
  });

  it.each<[string, Partial<CalendarSettings>, Partial<Baseline>, readonly string[]]>([
    [
      'a zone with a slip',
      { timeZone: 'Europe/Amsterdm' },
      {},
      ['"Europe/Amsterdm" is no IANA time zone. Did you mean "Europe/Amsterdam"?'],
    ],
    [
      'an unknown zone',
      { timeZone: 'Mars/Olympus' },
      {},
      ['"Mars/Olympus" is no IANA time zone. Write it as Europe/Amsterdam.'],
    ],
    ['an offset', { timeZone: '+01:00' }, {}, ['"+01:00" is no IANA time zone. Write it as Europe/Amsterdam.']],
    [
      'a start in the past',
      {},
      { start: '2026-11-25' },
      ['The start, 25 November 2026, is in the past. Choose 26 November 2026 or later.'],
    ],
    [
      'a start that does not exist',
      {},
      { start: '2026-02-30' },
      ['As start: "2026-02-30" does not exist in the calendar.'],
    ],
    [
      'a start that is no date',
      {},
      { start: '1 December' },
      ['As start: "1 December" is no date. Write it as 2026-12-01.'],
    ],
    [
      'a leap day of another year',
      {},
      { start: '2027-02-29' },
      ['As start: "2027-02-29" does not exist in the calendar.'],
    ],
    [
      'a wrong holiday',
      { holidays: ['2026-12-25', '25-12-2026'] },
      {},
      ['Among the holidays: "25-12-2026" is no date. Write it as 2026-12-01.'],
    ],
    [
      'many wrong holidays',
      { holidays: ['a', 'b', 'c', 'd', 'e'] },
      {},
      [
        ...['a', 'b', 'c'].map((name) => `Among the holidays: "${name}" is no date. Write it as 2026-12-01.`),
        '2 more holidays are no dates.',
      ],
    ],
    [
      'too many holidays',
      { holidays: Array.from({ length: 201 }, (_, day) => dayAfterStart(day)) },
      {},
      ['201 holidays are listed, and 200 are allowed. List only those of the plan.'],
    ],
    [
      'half a day',
      {},
      { durations: { ...DEFAULT_DURATIONS, mapping: 2.5 } },
      ['mapping takes 2.5 working days, and only whole days from 1 to 60 are allowed.'],
    ],
    [
      'no day',
      {},
      { durations: { ...DEFAULT_DURATIONS, setup: 0 } },
      ['setup takes 0 working days, and only whole days from 1 to 60 are allowed.'],
    ],
    [
      'a quarter',
      {},
      { durations: { ...DEFAULT_DURATIONS, testing: 61 } },
      ['testing takes 61 working days, and only whole days from 1 to 60 are allowed.'],
    ],
    [
      'a pause that ends first',
      { pauses: [{ from: '2026-12-04', to: '2026-12-03' }] },
      {},
      ['A pause ends on 3 December 2026, before it begins on 4 December 2026.'],
    ],
    [
      'a pause from nowhere',
      { pauses: [{ from: '2026-13-01', to: null }] },
      {},
      ['In a pause: "2026-13-01" does not exist in the calendar.'],
    ],
  ])('with %s is refused', (_, settings, baseline, problems) => {
    expect(check(settings, baseline)).toMatchObject({ problems, notes: [] });
  });

  it('with several mistakes names all of them', () => {
    expect(
      check({ timeZone: 'Nowhere' }, { start: '2020-01-01', durations: { ...DEFAULT_DURATIONS, setup: -1 } }).problems,
    ).toHaveLength(3);
  });

  it.each([
    ['2026-12-05', '2026-12-07', 'The start, 5 December 2026, is no working day and is taken as 7 December 2026.'],
    ['2026-12-25', '2026-12-28', 'The start, 25 December 2026, is no working day and is taken as 28 December 2026.'],
  ])('that starts on %s starts on %s, and says so', (start, meant, note) => {
    const answer = check({ holidays: ['2026-12-25'] }, { start });
    expect(answer).toMatchObject({ problems: [], notes: [note], baseline: { start: meant } });
  });

  it('may start in the past where that is not asked, and today anyway', () => {
    expect(check({}, { start: '2026-11-24' }, null).problems).toEqual([]);
    expect(check({}, { start: TODAY }).problems).toEqual([]);
  });
});

describe('a date to which something is moved', () => {
  const calendar = aCalendar({ holidays: ['2026-12-25'], pauses: [{ from: '2026-12-14', to: null }] });

  it('counts as it is on a working day', () => {
    expect(checkMove(calendar, '2026-12-08', TODAY)).toEqual({ problem: null, note: null, date: '2026-12-08' });
  });

  it('is the next working day on a holiday, and says so', () => {
    expect(checkMove(calendar, '2026-12-25', TODAY)).toEqual({
      problem: null,
      note: '25 December 2026 is no working day, so it was moved to 28 December 2026.',
      date: '2026-12-28',
    });
  });

  it('is the day after a pause that lasts, as far as anybody knows', () => {
    expect(checkMove(calendar, '2026-12-15', '2026-12-15').date).toBe('2026-12-16');
  });

  it.each([
    ['2026-02-30', '"2026-02-30" does not exist in the calendar. Nothing was moved.'],
    ['soon', '"soon" is no date. Write it as 2026-12-01. Nothing was moved.'],
    ['2026-11-25', '25 November 2026 is in the past. Nothing was moved. Choose today or later.'],
  ])('is refused when it is %s', (date, problem) => {
    expect(checkMove(calendar, date, TODAY)).toEqual({ problem, note: null, date });
  });
});
