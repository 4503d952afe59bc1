import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextContactMoment } from '../../../src/onboarding/calendar/contact-moment.js';
import { addWorkingDays } from '../../../src/onboarding/calendar/working-days.js';
import { makeSchedule } from '../../../src/onboarding/schedule/make-schedule.js';
import { dueReminders, nextMoment } from '../../../src/onboarding/schedule/reminders.js';
import type { Schedule, ScheduleRequest } from '../../../src/onboarding/schedule/types.js';
import { aCalendar, anyCalendar, anyPlan, aQuestion, aRequest, done, noon, START } from './builders.js';

function remindersAbout(schedule: Schedule, about: string): readonly string[] {
  return schedule.reminders
    .filter((reminder) => reminder.about === about)
    .map(({ kind, to, at }) => `${kind} ${to} ${at}`);
}

function sentAt(schedule: Schedule, now: string, sent: readonly string[] = []): readonly string[] {
  return dueReminders(schedule, sent, now).send.map(({ key }) => key);
}

describe('the reminders of a schedule', () => {
  const schedule = makeSchedule(aRequest());

  it('come before, on and after the due date, and then go to the project manager, three times', () => {
    expect(remindersAbout(schedule, 'frequency')).toEqual([
      'before customer 2026-12-02T08:30:00.000Z',
      'due customer 2026-12-04T08:30:00.000Z',
      'after customer 2026-12-07T08:30:00.000Z',
      'escalation manager 2026-12-09T08:30:00.000Z',
      'escalation manager 2026-12-16T08:30:00.000Z',
      'escalation manager 2026-12-23T08:30:00.000Z',
    ]);
  });

  it('say in a few words what they are for', () => {
    const words = schedule.reminders.filter(({ about }) => about === 'example-record').map(({ summary }) => summary);
    expect(words.slice(0, 2)).toEqual([
      'reminder to customer: example record, due 2 Dec',
      'reminder to customer: example record, due 2 Dec',
    ]);
    expect(words.at(-1)).toBe('escalation to manager: example record, due 2 Dec');
  });

  it('are none about what waits for something else', () => {
    expect(remindersAbout(schedule, 'concept')).toEqual([]);
    const progress = [done('example-record', '2026-12-02')];
    expect(remindersAbout(makeSchedule(aRequest({ progress })), 'concept')).toHaveLength(5);
  });

  it('go to Speakap about what was handed over and waits for a check', () => {
    const progress = [{ id: 'frequency', doneAt: null, movedTo: null, turn: 'speakap' as const }];
    const reminders = remindersAbout(makeSchedule(aRequest({ progress })), 'frequency');
    expect(reminders.map((reminder) => reminder.split(' ').slice(0, 2).join(' ')).slice(0, 4)).toEqual([
      'before speakap',
      'due speakap',
      'after speakap',
      'escalation manager',
    ]);
  });

  it('are none before the due date of what began only then', () => {
    const progress = [done('example-record', '2026-12-07')];
    const concept = remindersAbout(makeSchedule(aRequest({ progress, now: noon('2026-12-07') })), 'concept');
    expect(concept[0]).toBe('before speakap 2026-12-09T08:30:00.000Z');
    const inTime = remindersAbout(
      makeSchedule(aRequest({ progress: [done('example-record', '2026-12-02')] })),
      'concept',
    );
    expect(inTime[0]).toBe('due speakap 2026-12-08T08:30:00.000Z');
  });

  it('are none about what is done, and none about an item while an answer about it is owed', () => {
    const progress = [done('frequency', '2026-11-30')];
    const questions = [
      aQuestion({ about: 'overview', side: 'speakap', due: '2026-12-03' }),
      aQuestion({ id: 'q2', answeredAt: noon(START) }),
    ];
    const asked = makeSchedule(aRequest({ progress, questions, now: noon(START) }));
    expect([...new Set(asked.reminders.map(({ about }) => about))].sort()).toEqual(['example-record', 'q1']);
    expect(remindersAbout(asked, 'q1').slice(0, 2)).toEqual([
      'before speakap 2026-12-01T08:30:00.000Z',
      'due speakap 2026-12-03T08:30:00.000Z',
    ]);
    expect(asked.reminders.find(({ about }) => about === 'q1')?.summary).toBe(
      'reminder to speakap: answer to q1 about overview of locations, due 3 Dec',
    );
  });

  it('go around holidays and pauses', () => {
    const calendar = aCalendar({ holidays: ['2026-12-02'], pauses: [{ from: '2026-12-08', to: '2026-12-08' }] });
    const [before, due, after, escalation] = remindersAbout(makeSchedule(aRequest({ calendar })), 'frequency');
    expect([before, due, after, escalation].map((text) => text?.split(' ')[2]?.slice(0, 10))).toEqual([
      '2026-12-03',
      '2026-12-07',
      '2026-12-09',
      '2026-12-11',
    ]);
  });

  it('are others when the due date becomes another, and the same otherwise', () => {
    const keys = (request: Partial<ScheduleRequest>) =>
      makeSchedule(aRequest(request))
        .reminders.filter(({ about }) => about === 'frequency')
        .map(({ key }) => key);
    expect(keys({})[0]).toBe('frequency/2026-12-04/before');
    expect(keys({}).at(-1)).toBe('frequency/2026-12-04/escalation-3');
    expect(keys({ now: noon('2026-12-16') })).toEqual(keys({}));
    expect(keys({ progress: [{ id: 'frequency', doneAt: null, movedTo: '2026-12-07' }] })[0]).toBe(
      'frequency/2026-12-07/before',
    );
  });
});

describe('what is sent now', () => {
  const schedule = makeSchedule(aRequest({ progress: [done('overview', START), done('example-record', START)] }));

  it('is nothing before its moment, and one at its moment', () => {
    expect(sentAt(schedule, '2026-12-02T08:29:59.999Z')).toEqual([]);
    expect(sentAt(schedule, '2026-12-02T08:30:00.000Z')).toEqual(['frequency/2026-12-04/before']);
  });

  it('is nothing that was sent', () => {
    expect(sentAt(schedule, noon('2026-12-02'), ['frequency/2026-12-04/before'])).toEqual([]);
  });

  it('is one about a thing after days without a worker, and none of those it stands for later', () => {
    const back = noon('2026-12-09');
    expect(sentAt(schedule, back).filter((key) => key.startsWith('frequency'))).toEqual([
      'frequency/2026-12-04/escalation-1',
    ]);
    expect(
      sentAt(schedule, back, ['frequency/2026-12-04/escalation-1']).filter((key) => key.startsWith('frequency')),
    ).toEqual([]);
  });

  it.each([
    ['at night', '2026-12-03T02:00:00.000Z', '2026-12-03T08:00:00.000Z'],
    ['in the evening', '2026-12-02T18:00:00.000Z', '2026-12-03T08:00:00.000Z'],
    ['on a Saturday', '2026-12-05T11:00:00.000Z', '2026-12-07T08:00:00.000Z'],
  ])('%s is nothing, but the next allowed moment', (_, now, next) => {
    expect(dueReminders(schedule, [], now)).toEqual({ send: [], next });
  });

  it('on a holiday is nothing either', () => {
    const calendar = aCalendar({ holidays: ['2026-12-03'] });
    const onHoliday = makeSchedule(aRequest({ calendar }));
    expect(dueReminders(onHoliday, [], noon('2026-12-03'))).toEqual({ send: [], next: '2026-12-04T08:00:00.000Z' });
  });
});

describe('when to look next', () => {
  const schedule = makeSchedule(aRequest({ progress: [done('overview', START), done('example-record', START)] }));

  it('is the next reminder', () => {
    expect(nextMoment(schedule, [], `${START}T08:00:00.000Z`)).toEqual({
      at: '2026-12-02T08:30:00.000Z',
      summary: 'reminder to customer: frequency, due 4 Dec',
    });
  });

  it('is now while something waits, and the morning when it waits at night', () => {
    expect(nextMoment(schedule, [], noon('2026-12-02'))?.at).toBe(noon('2026-12-02'));
    expect(nextMoment(schedule, [], '2026-12-02T22:00:00Z')?.at).toBe('2026-12-03T08:00:00.000Z');
  });

  it('counts reminders of the same moment', () => {
    expect(
      nextMoment(makeSchedule(aRequest()), ['frequency/2026-12-04/before'], '2026-11-30T09:00:00.000Z')?.summary,
    ).toBe('reminder to customer: example record, due 2 Dec (and 1 more)');
  });

  it('is midnight, when something becomes late and shifts what needs it', () => {
    const sent = ['frequency/2026-12-04/before', 'frequency/2026-12-04/due'];
    expect(nextMoment(schedule, sent, noon('2026-12-04'))).toEqual({
      at: '2026-12-04T23:00:00.000Z',
      summary: 'new dates: frequency (customer) is 1 day late',
    });
  });

  it('is never, when all is done', () => {
    const progress = aRequest().items.map(({ id }) => done(id, START));
    expect(nextMoment(makeSchedule(aRequest({ progress })), [], noon(START))).toBeNull();
  });
});

describe('six weeks of waiting', () => {
  it('send nothing twice, nothing at night and nothing about what is done, and come to an end', () => {
    const plans = fc.record({ items: anyPlan(), calendar: anyCalendar() }).map((parts) => aRequest(parts));
    const delays = fc.array(fc.integer({ min: -3, max: 20 }), { minLength: 13, maxLength: 13 });
    fc.assert(
      fc.property(plans, delays, (request, days) => {
        const { sent, request: end, wakes } = live(request, days);
        expect(new Set(sent.map(({ key }) => key)).size).toBe(sent.length);
        for (const { about, at } of sent) {
          expect(nextContactMoment(request.calendar, at)).toBe(at);
          const doneAt = end.progress.find(({ id }) => id === about)?.doneAt;
          expect(doneAt === null || doneAt === undefined || at <= doneAt).toBe(true);
        }
        expect(end.progress).toHaveLength(request.items.length);
        expect(wakes).toBeLessThan(600);
      }),
      { numRuns: 30 },
    );
  });
});

interface Life {
  readonly sent: readonly { readonly key: string; readonly about: string; readonly at: string }[];
  readonly request: ScheduleRequest;
  readonly wakes: number;
}

/** Plays an implementation as a workflow would: it sleeps until the next moment, and each item is done `days` after its due date. */
function live(start: ScheduleRequest, days: readonly number[]): Life {
  let request = start;
  const sent: { key: string; about: string; at: string }[] = [];
  let wakes = 0;
  for (;;) {
    const doneNow = withDone(request, days);
    if (doneNow !== null) {
      request = doneNow;
      continue;
    }
    const schedule = makeSchedule(request);
    const keys = sent.map(({ key }) => key);
    const { send } = dueReminders(schedule, keys, request.now);
    sent.push(...send.map(({ key, about }) => ({ key, about, at: request.now })));
    const next = nextMoment(schedule, [...keys, ...send.map(({ key }) => key)], request.now);
    if (next === null) return { sent, request, wakes };
    if (next.at <= request.now) throw new Error(`Would wake up at once: ${next.summary}`);
    request = { ...request, now: next.at };
    wakes++;
  }
}

/** The first item that is done by now and that nothing holds up any more. */
function withDone(request: ScheduleRequest, days: readonly number[]): ScheduleRequest | null {
  const schedule = makeSchedule(request);
  const isDone = (id: string): boolean => request.progress.some((entry) => entry.id === id);
  for (const [index, item] of request.items.entries()) {
    const due = schedule.items[index]?.dueDate ?? '';
    const day = addWorkingDays(request.calendar, due, days[index] ?? 0);
    if (isDone(item.id) || !item.needs.every(isDone) || noon(day) > request.now) continue;
    return { ...request, progress: [...request.progress, { id: item.id, doneAt: request.now, movedTo: null }] };
  }
  return null;
}
