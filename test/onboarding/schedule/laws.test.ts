import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkingDays, workingDayFrom } from '../../../src/onboarding/calendar/working-days.js';
import { makeSchedule } from '../../../src/onboarding/schedule/make-schedule.js';
import type { Progress, Schedule, ScheduleRequest } from '../../../src/onboarding/schedule/types.js';
import {
  anyCalendar,
  anyPlan,
  aQuestion,
  aRequest,
  dayAfterStart,
  done,
  dueDates,
  itemOf,
  noon,
  reachableFrom,
  untouched,
} from './builders.js';

/**
 * "A late deliverable or answer shifts what depends on it along the critical path, the new go-live date is shown with the
 * reason, and nothing else moves."
 */
const plans = fc.record({ items: anyPlan(), calendar: anyCalendar() }).map((parts) => aRequest(parts));
const lateness = fc.integer({ min: 1, max: 25 });

describe('what moves when something is late', () => {
  it('nothing, while nothing is', () => {
    fc.assert(
      fc.property(plans, (request) => {
        const schedule = untouched(request);
        for (const item of schedule.items)
          expect(item).toMatchObject({ dueDate: item.plannedDue, shiftedBy: 0, because: [] });
        expect(schedule).toMatchObject({ goLive: schedule.plannedGoLive, goLiveShift: 0, reason: null });
      }),
    );
  });

  it('only what needs it; everything else keeps its dates', () => {
    fc.assert(
      fc.property(plans, fc.nat(), lateness, (request, pick, days) => {
        const { late, schedule } = oneIsLate(request, pick, days);
        const reachable = reachableFrom(request.items, late);
        for (const item of schedule.items) {
          if (!reachable.has(item.id)) expect([item.id, item.dueDate]).toEqual([item.id, item.plannedDue]);
          else expect(item.dueDate >= item.plannedDue).toBe(true);
        }
      }),
    );
  });

  it('never further than it is late', () => {
    fc.assert(
      fc.property(plans, fc.nat(), lateness, (request, pick, days) => {
        const { schedule } = oneIsLate(request, pick, days);
        for (const { shiftedBy } of schedule.items) expect(shiftedBy).toBeLessThanOrEqual(days);
        expect(schedule.goLiveShift).toBeLessThanOrEqual(days);
      }),
    );
  });

  it('never less when it is later: go-live only moves on', () => {
    fc.assert(
      fc.property(plans, fc.nat(), lateness, (request, pick, days) => {
        const [sooner, later] = [oneIsLate(request, pick, days).schedule, oneIsLate(request, pick, days + 1).schedule];
        expect(later.goLive >= sooner.goLive).toBe(true);
        for (const item of sooner.items) expect(itemOf(later, item.id).dueDate >= item.dueDate).toBe(true);
      }),
    );
  });

  it('the same for an answer as for the item that it is about', () => {
    fc.assert(
      fc.property(plans, fc.nat(), lateness, (request, pick, days) => {
        const about = idAt(request, pick);
        const { plannedDue } = itemOf(untouched(request), about);
        const question = aQuestion({ about, due: plannedDue, askedAt: noon('2026-11-27') });
        const now = addWorkingDays(request.calendar, plannedDue, days);
        const progress = onTimeUntil(request, now, new Set([about, ...reachableFrom(request.items, about)]));
        const schedule = makeSchedule({ ...request, progress, questions: [question], now: noon(now) });
        expect(itemOf(schedule, about).because).toEqual(['q1']);
        const { schedule: withoutQuestion } = oneIsLate(request, pick, days);
        expect({ ...dueDates(schedule), [about]: plannedDue }).toEqual(dueDates(withoutQuestion));
        expect(schedule.goLive).toBe(withoutQuestion.goLive);
      }),
    );
  });

  it('nothing, when something is early', () => {
    fc.assert(
      fc.property(plans, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 20 }))), (request, picks) => {
        const before = untouched(request);
        const early = new Map(
          picks.map(([pick, days]) => {
            const { id, plannedDue } = itemOf(before, idAt(request, pick));
            return [id, done(id, addWorkingDays(request.calendar, plannedDue, -days))];
          }),
        );
        const schedule = makeSchedule({ ...request, progress: [...early.values()] });
        expect(dueDates(schedule)).toEqual(dueDates(before));
        expect(schedule.goLive).toBe(before.goLive);
      }),
    );
  });
});

describe('whatever happens', () => {
  it('each shift is explained by a chain from a root, link by link', () => {
    fc.assert(
      fc.property(anySituation(), (request) => {
        const schedule = makeSchedule(request);
        for (const item of schedule.items) {
          expect(item.because.length > 0).toBe(item.shiftedBy !== 0);
          if (item.because.length > 0) expectChain(request, schedule, item.id);
        }
        expect(schedule.reason === null).toBe(schedule.goLiveShift === 0);
        if (schedule.reason !== null) expect(schedule.reason).toMatch(/: .*(late|moved|paused)/);
      }),
    );
  });

  it('nothing that is open is finished before what it needs, before today, or on a free day', () => {
    fc.assert(
      fc.property(anySituation(), (request) => {
        const schedule = makeSchedule(request);
        for (const item of request.items) {
          const { finish, done: isDone } = itemOf(schedule, item.id);
          if (isDone) continue;
          expect(finish >= schedule.now.slice(0, 10)).toBe(true);
          expect(workingDayFrom(schedule.calendar, finish)).toBe(finish);
          for (const need of item.needs) {
            const needed = itemOf(schedule, need);
            if (!needed.done) expect(finish >= needed.finish).toBe(true);
          }
        }
      }),
    );
  });

  it('an open item is critical exactly when one more working day on it is one more until go-live', () => {
    fc.assert(
      fc.property(anySituation(), fc.nat(), (request, pick) => {
        const schedule = makeSchedule(request);
        const item = itemOf(schedule, idAt(request, pick));
        if (item.done) return;
        const rest = request.progress.filter(({ id }) => id !== item.id);
        const movedTo = request.progress.find(({ id }) => id === item.id)?.movedTo ?? null;
        const doneAt = noon(addWorkingDays(schedule.calendar, item.finish, 1));
        const later = makeSchedule({ ...request, progress: [...rest, { id: item.id, movedTo, doneAt }] });
        expect([item.id, later.goLive > schedule.goLive]).toEqual([item.id, item.critical]);
      }),
      { numRuns: 200 },
    );
  });

  it('a schedule is the same whatever order things are listed in', () => {
    fc.assert(
      fc.property(anySituation(), (request) => {
        const turned = makeSchedule({ ...request, items: [...request.items].reverse() });
        expect(dueDates(turned)).toEqual(dueDates(makeSchedule(request)));
      }),
    );
  });

  it('nothing changes by itself before the announced moment', () => {
    fc.assert(
      fc.property(anySituation(), (request) => {
        const schedule = makeSchedule(request);
        if (schedule.changesAt === null) return;
        const before = new Date(Date.parse(schedule.changesAt) - 1).toISOString();
        const later = makeSchedule({ ...request, now: before });
        expect(dueDates(later)).toEqual(dueDates(schedule));
        expect(later.goLive).toBe(schedule.goLive);
        expect(later.changesAt).toBe(schedule.changesAt);
      }),
    );
  });
});

/** One item is open `days` working days after its due date, and everything that does not need it was done on its day. */
function oneIsLate(request: ScheduleRequest, pick: number, days: number): { late: string; schedule: Schedule } {
  const late = idAt(request, pick);
  const now = addWorkingDays(request.calendar, itemOf(untouched(request), late).plannedDue, days);
  const progress = onTimeUntil(request, now, new Set([late, ...reachableFrom(request.items, late)]));
  return { late, schedule: makeSchedule({ ...request, progress, now: noon(now) }) };
}

function onTimeUntil(request: ScheduleRequest, date: string, except: ReadonlySet<string>): readonly Progress[] {
  return untouched(request)
    .items.filter(({ id, plannedDue }) => plannedDue <= date && !except.has(id))
    .map(({ id, plannedDue }) => done(id, plannedDue));
}

function idAt({ items }: ScheduleRequest, pick: number): string {
  return items[pick % items.length]?.id ?? '';
}

/** Any mixture of things done, early or late, in an odd order, moved dates, questions and pauses. */
function anySituation(): fc.Arbitrary<ScheduleRequest> {
  const day = fc.integer({ min: 0, max: 60 });
  const some = fc.record({
    now: day,
    done: fc.array(fc.tuple(fc.nat(), day), { maxLength: 8 }),
    moved: fc.array(fc.tuple(fc.nat(), day), { maxLength: 2 }),
    questions: fc.array(fc.tuple(fc.nat(), day, fc.option(day)), { maxLength: 2 }),
    pause: fc.option(fc.tuple(day, fc.option(fc.integer({ min: 0, max: 12 })))),
  });
  return fc.tuple(plans, some).map(([request, what]) => {
    const progress = new Map<string, Progress>();
    const entry = (pick: number): Progress => {
      const id = idAt(request, pick);
      return progress.get(id) ?? { id, doneAt: null, movedTo: null };
    };
    for (const [pick, date] of what.moved) {
      progress.set(entry(pick).id, { ...entry(pick), movedTo: dayAfterStart(date) });
    }
    for (const [pick, date] of what.done) {
      progress.set(entry(pick).id, { ...entry(pick), doneAt: noon(dayAfterStart(Math.min(date, what.now))) });
    }
    const questions = what.questions.map(([pick, due, answered], index) =>
      aQuestion({
        id: `q${index + 1}`,
        about: idAt(request, pick),
        due: dayAfterStart(due),
        answeredAt: answered === null ? null : noon(dayAfterStart(Math.min(answered, what.now))),
      }),
    );
    const [from, length] = what.pause ?? [0, null];
    const to = length === null ? null : dayAfterStart(from + length);
    const isPaused = what.pause !== null && from <= what.now;
    const calendar = isPaused ? { ...request.calendar, pauses: [{ from: dayAfterStart(from), to }] } : request.calendar;
    return { ...request, calendar, questions, progress: [...progress.values()], now: noon(dayAfterStart(what.now)) };
  });
}

/** From the root on, each needs the one before it or waits for its answer; pauses stand between. */
function expectChain(request: ScheduleRequest, schedule: Schedule, id: string): void {
  const { because } = itemOf(schedule, id);
  const [root = ''] = because;
  expect([id, root, isRoot(schedule, root)]).toEqual([id, root, true]);
  const links = [...because.filter((each) => !each.startsWith('pause ')), ...(because.includes(id) ? [] : [id])];
  links.slice(1).forEach((link, index) => {
    const before = links[index] ?? '';
    const needs = request.items.find((item) => item.id === link)?.needs ?? [];
    const asked = request.questions.filter(({ about }) => about === link).map((question) => question.id);
    expect([...needs, ...asked]).toContain(before);
  });
}

function isRoot(schedule: Schedule, id: string): boolean {
  if (id.startsWith('pause ')) return true;
  const thing = [...schedule.items, ...schedule.questions].find((each) => each.id === id);
  if (thing === undefined) return false;
  return thing.lateBy > 0 || ('because' in thing && thing.because.includes(id));
}
