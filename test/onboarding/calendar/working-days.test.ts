import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextContactMoment } from '../../../src/onboarding/calendar/contact-moment.js';
import { NoWorkingDay } from '../../../src/onboarding/calendar/errors.js';
import {
  addWorkingDays,
  isWorkingDay,
  workingDayFrom,
  workingDaysBetween,
  workingDayUntil,
} from '../../../src/onboarding/calendar/working-days.js';
import { dateAt } from '../../../src/onboarding/calendar/zones.js';
import { aCalendar, anyCalendar, dayAfterStart } from '../schedule/builders.js';

const christmas = aCalendar({ holidays: ['2026-12-25', '2027-01-01'] });
const paused = aCalendar({ pauses: [{ from: '2026-12-03', to: '2026-12-07' }] });

describe('a working day', () => {
  it.each([
    ['2026-12-24', true, 'a Thursday'],
    ['2026-12-25', false, 'a holiday'],
    ['2026-12-26', false, 'a Saturday'],
    ['2026-12-27', false, 'a Sunday'],
    ['2026-12-28', true, 'a Monday'],
  ])('%s: %s, it is %s', (date, answer) => {
    expect(isWorkingDay(christmas, date)).toBe(answer);
  });

  it('is none in a pause, from its first day to its last', () => {
    const days = ['2026-12-02', '2026-12-03', '2026-12-04', '2026-12-07', '2026-12-08'];
    expect(days.map((day) => isWorkingDay(paused, day))).toEqual([true, false, false, false, true]);
  });

  it('is none that the zone never had, be it a Friday', () => {
    expect(isWorkingDay(aCalendar({ timeZone: 'Pacific/Apia' }), '2011-12-30')).toBe(false);
    expect(isWorkingDay(aCalendar(), '2011-12-30')).toBe(true);
    expect(addWorkingDays(aCalendar({ timeZone: 'Pacific/Apia' }), '2011-12-29', 1)).toBe('2012-01-02');
  });
});

describe('counting working days', () => {
  it.each([
    ['2026-12-24', 0, '2026-12-24'],
    ['2026-12-24', 1, '2026-12-28'],
    ['2026-12-24', 5, '2027-01-04'],
    ['2026-12-25', 0, '2026-12-28'],
    ['2026-12-25', 1, '2026-12-28'],
    ['2026-12-28', -1, '2026-12-24'],
    ['2026-12-26', -1, '2026-12-24'],
  ])('%s and %i is %s', (date, count, expected) => {
    expect(addWorkingDays(christmas, date, count)).toBe(expected);
  });

  it.each([
    ['2026-12-24', '2026-12-24', 0],
    ['2026-12-24', '2026-12-28', 1],
    ['2026-12-24', '2026-12-26', 0],
    ['2026-12-28', '2026-12-24', -1],
    ['2026-12-01', '2027-01-15', 31],
  ])('from %s to %s: %i', (from, to, count) => {
    expect(workingDaysBetween(christmas, from, to)).toBe(count);
  });

  it('finds the nearest one on either side of a free day', () => {
    expect([workingDayFrom(christmas, '2026-12-26'), workingDayUntil(christmas, '2026-12-26')]).toEqual([
      '2026-12-28',
      '2026-12-24',
    ]);
  });

  it('there and back is where it began', () => {
    const day = fc.integer({ min: 0, max: 60 }).map(dayAfterStart);
    fc.assert(
      fc.property(anyCalendar(), day, fc.integer({ min: -40, max: 40 }), (calendar, from, count) => {
        const start = workingDayFrom(calendar, from);
        const end = addWorkingDays(calendar, start, count);
        expect(isWorkingDay(calendar, end)).toBe(true);
        expect(workingDaysBetween(calendar, start, end)).toBe(count);
        expect(addWorkingDays(calendar, end, -count)).toBe(start);
      }),
    );
  });

  it('says so when a calendar leaves no day at all', () => {
    const endless = aCalendar({ pauses: [{ from: '2026-12-03', to: null }] });
    expect(() => addWorkingDays(endless, '2026-12-02', 1)).toThrow(NoWorkingDay);
    expect(() => addWorkingDays(endless, '2026-12-02', 1)).toThrow(/no working day in the ten years around 2026-12-03/);
  });
});

describe('when people may be written to', () => {
  it.each([
    ['in the morning: at nine', '2026-12-24T05:00:00.000Z', '2026-12-24T08:00:00.000Z'],
    ['at nine: now', '2026-12-24T08:00:00.000Z', '2026-12-24T08:00:00.000Z'],
    ['in the day: now', '2026-12-24T13:12:11.010Z', '2026-12-24T13:12:11.010Z'],
    ['just before five: now', '2026-12-24T15:59:59.999Z', '2026-12-24T15:59:59.999Z'],
    ['at five before Christmas: on Monday', '2026-12-24T16:00:00.000Z', '2026-12-28T08:00:00.000Z'],
    ['on a holiday: on Monday', '2026-12-25T11:00:00.000Z', '2026-12-28T08:00:00.000Z'],
    ['on a Saturday night: on Monday', '2026-12-26T23:30:00.000Z', '2026-12-28T08:00:00.000Z'],
  ])('%s', (_, instant, moment) => {
    expect(nextContactMoment(christmas, instant)).toBe(moment);
  });

  it('goes by the clock of the customer over a change of the clocks', () => {
    expect(nextContactMoment(aCalendar(), '2026-03-28T12:00:00.000Z')).toBe('2026-03-30T07:00:00.000Z');
    expect(nextContactMoment(aCalendar({ timeZone: 'Asia/Kathmandu' }), '2026-12-01T02:00:00.000Z')).toBe(
      '2026-12-01T03:15:00.000Z',
    );
  });

  it('takes an instant without milliseconds as well', () => {
    expect(nextContactMoment(aCalendar(), '2026-12-24T08:00:00Z')).toBe('2026-12-24T08:00:00.000Z');
  });

  it('is a working day of the customer, at or after the instant, in any zone', () => {
    const zones = fc.constantFrom(
      'Europe/Amsterdam',
      'America/Sao_Paulo',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Pacific/Apia',
    );
    const instants = fc.date({ min: new Date('2010-01-01'), max: new Date('2027-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, instants, (timeZone, instant) => {
        const calendar = aCalendar({ timeZone });
        const moment = nextContactMoment(calendar, instant.toISOString());
        expect(moment >= instant.toISOString()).toBe(true);
        expect(isWorkingDay(calendar, dateAt(moment, timeZone))).toBe(true);
        expect(nextContactMoment(calendar, moment)).toBe(moment);
        const hour = Number(
          new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(new Date(moment)),
        );
        expect(hour >= 9 && hour < 17).toBe(true);
      }),
    );
  });
});
