import fc from 'fast-check';
import { makeSchedule } from '../../../src/onboarding/schedule/make-schedule.js';
import {
  DEFAULT_DURATIONS,
  GO_LIVE_ITEM,
  PHASES,
  type CalendarSettings,
  type OpenQuestion,
  type PlannedItem,
  type Progress,
  type Schedule,
  type ScheduledItem,
  type ScheduleRequest,
} from '../../../src/onboarding/schedule/types.js';

/** A Monday; six weeks later, without holidays, go-live is on Friday 8 January 2027. */
export const START = '2026-11-30';

export function aCalendar(settings: Partial<CalendarSettings> = {}): CalendarSettings {
  return { timeZone: 'Europe/Amsterdam', holidays: [], pauses: [], ...settings };
}

export function anItem(item: Partial<PlannedItem> & { readonly id: string }): PlannedItem {
  return {
    phase: 'setup',
    side: 'customer',
    title: item.id.replaceAll('-', ' '),
    needs: [],
    dueDay: 1,
    ...item,
  };
}

/** A small implementation: one chain without slack, and one item with two days to spare. */
export const SMALL_PLAN: readonly PlannedItem[] = [
  anItem({ id: 'example-record', dueDay: 3 }),
  anItem({ id: 'overview', dueDay: 3, title: 'overview of locations' }),
  anItem({ id: 'frequency', dueDay: 5 }),
  anItem({ id: 'concept', phase: 'mapping', side: 'speakap', dueDay: 2, needs: ['example-record'] }),
  anItem({ id: 'groups', phase: 'mapping', side: 'speakap', dueDay: 2, needs: ['overview', 'frequency'] }),
  anItem({ id: 'feedback', phase: 'mapping', dueDay: 5, needs: ['concept', 'groups'] }),
  anItem({ id: 'rules', phase: 'implementation', side: 'speakap', dueDay: 10, needs: ['feedback'] }),
  anItem({ id: 'tests', phase: 'testing', side: 'speakap', dueDay: 5, needs: ['rules'] }),
  anItem({ id: GO_LIVE_ITEM, phase: 'release', side: 'speakap', dueDay: 5, needs: ['tests'] }),
];

export function aRequest(request: Partial<ScheduleRequest> = {}): ScheduleRequest {
  return {
    now: `${START}T08:00:00.000Z`,
    calendar: aCalendar(),
    baseline: { start: START, durations: DEFAULT_DURATIONS },
    items: SMALL_PLAN,
    progress: [],
    questions: [],
    ...request,
  };
}

export function done(id: string, date: string): Progress {
  return { id, doneAt: noon(date), movedTo: null };
}

export function moved(id: string, movedTo: string): Progress {
  return { id, doneAt: null, movedTo };
}

export function aQuestion(question: Partial<OpenQuestion> = {}): OpenQuestion {
  const askedAt = noon(START);
  return { id: 'q1', side: 'customer', about: null, askedAt, due: '2026-12-02', answeredAt: null, ...question };
}

export function noon(date: string): string {
  return `${date}T11:00:00.000Z`;
}

export function itemOf(schedule: Schedule, id: string): ScheduledItem {
  const item = schedule.items.find((each) => each.id === id);
  if (item === undefined) throw new Error(`No item ${id}`);
  return item;
}

export function dueDates(schedule: Schedule): Readonly<Record<string, string>> {
  return Object.fromEntries(schedule.items.map(({ id, dueDate }) => [id, dueDate]));
}

/** Everything that needs an item, directly or not, without itself. */
export function reachableFrom(items: readonly PlannedItem[], id: string): ReadonlySet<string> {
  const reached = new Set<string>([id]);
  for (let size = 0; size < reached.size;) {
    size = reached.size;
    for (const item of items) if (item.needs.some((need) => reached.has(need))) reached.add(item.id);
  }
  reached.delete(id);
  return reached;
}

/** Any plan that makes sense: up to twelve items in any order, each needing some that are due no later, and go-live. */
export function anyPlan(): fc.Arbitrary<readonly PlannedItem[]> {
  const raw = fc.record({
    phase: fc.constantFrom(...PHASES),
    side: fc.constantFrom('customer' as const, 'speakap' as const),
    dueDay: fc.integer({ min: 1, max: 10 }),
    picks: fc.array(fc.nat(20), { maxLength: 3 }),
  });
  return fc
    .tuple(fc.array(raw, { minLength: 1, maxLength: 12 }), fc.array(fc.nat(20), { maxLength: 4 }), fc.nat())
    .map(([raws, lastPicks, seed]) => {
      const sorted = raws
        .map((item) => ({ ...item, dueDay: Math.min(item.dueDay, DEFAULT_DURATIONS[item.phase]) }))
        .sort((one, other) => place(one) - place(other));
      const pick = (picks: readonly number[], before: number): readonly string[] =>
        before === 0 ? [] : [...new Set(picks.map((number) => `i${number % before}`))];
      const items = sorted.map(({ picks, ...item }, index) =>
        anItem({ id: `i${index}`, ...item, needs: pick(picks, index) }),
      );
      const last = anItem({
        id: GO_LIVE_ITEM,
        phase: 'release',
        dueDay: 5,
        needs: pick(lastPicks, items.length),
      });
      return turned([...items, last], seed);
    });
}

export function anyCalendar(): fc.Arbitrary<CalendarSettings> {
  const day = fc.integer({ min: 0, max: 70 }).map((days) => dayAfterStart(days));
  return fc.array(day, { maxLength: 6 }).map((holidays) => aCalendar({ holidays }));
}

export function dayAfterStart(days: number): string {
  return new Date(Date.parse(`${START}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The schedule before anything happened. */
export function untouched(request: ScheduleRequest): Schedule {
  return makeSchedule({ ...request, progress: [], questions: [], now: `${request.baseline.start}T00:00:00.000Z` });
}

function place({ phase, dueDay }: Pick<PlannedItem, 'phase' | 'dueDay'>): number {
  return PHASES.indexOf(phase) * 100 + dueDay;
}

/** The order in which items are listed must not matter. */
function turned<T>(list: readonly T[], seed: number): readonly T[] {
  const from = seed % list.length;
  return [...list.slice(from), ...list.slice(0, from)];
}
