import { earlierDate } from '../../onboarding/calendar/dates.js';
import { withoutPauses } from '../../onboarding/calendar/pauses.js';
import {
  addWorkingDays,
  isWorkingDay,
  workingDayFrom,
  workingDayUntil,
} from '../../onboarding/calendar/working-days.js';
import { dateAt } from '../../onboarding/calendar/zones.js';
import type { CalendarSettings, Phase, PlannedItem, Schedule, ScheduledItem } from '../../onboarding/schedule/types.js';

/** First and last column. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface GanttRow {
  readonly item: ScheduledItem;
  readonly planned: Span;
  /** As things stand: until it was done, or until it is due. */
  readonly now: Span;
  /** Columns after the due date until it was or can be done; null when it is on time. */
  readonly overrun: Span | null;
}

export interface GanttPhase {
  readonly phase: Phase;
  readonly span: Span;
  readonly rows: readonly GanttRow[];
}

/** Where everything stands on a plan whose columns are working days. */
export interface GanttLayout {
  /** Dates of the columns; days of a pause are among them. */
  readonly columns: readonly string[];
  readonly paused: readonly number[];
  /** First column of each week. */
  readonly weeks: readonly number[];
  readonly phases: readonly GanttPhase[];
  /** Ids of items, of which the second needs the first, along the critical path. */
  readonly arrows: readonly (readonly [string, string])[];
  readonly today: string;
  /** Columns from the left, with a fraction: the middle of a working day, the end of the one before a free day. */
  readonly todayAt: number;
  readonly goLive: number;
  readonly plannedGoLive: number;
}

export function layOut(schedule: Schedule, items: readonly PlannedItem[]): GanttLayout {
  const calendar = withoutPauses(schedule.calendar);
  const today = dateAt(schedule.now, calendar.timeZone);
  const columns = columnsOf(schedule, calendar, today);
  const columnOf = (date: string): number => Math.max(0, columns.indexOf(workingDayUntil(calendar, date)));
  const rowsOf = (phase: Phase): readonly GanttRow[] =>
    schedule.items.filter((item) => item.phase === phase).map((item) => rowOf(schedule, item, columnOf));
  return {
    columns,
    paused: columns.flatMap((date, column) => (isWorkingDay(schedule.calendar, date) ? [] : [column])),
    weeks: columns.flatMap((date, column) => (isNewWeek(columns[column - 1], date) ? [column] : [])),
    phases: schedule.phases
      .map(({ phase, from, to }) => ({ phase, span: { from: columnOf(from), to: columnOf(to) }, rows: rowsOf(phase) }))
      .filter(({ rows }) => rows.length > 0),
    arrows: arrowsOf(schedule, items),
    today,
    todayAt: today < (columns[0] ?? '') ? 0 : columnOf(today) + (isWorkingDay(calendar, today) ? 0.5 : 1),
    goLive: columnOf(schedule.goLive),
    plannedGoLive: columnOf(schedule.plannedGoLive),
  };
}

/** All working days from the start until the last thing that happens or happened. */
function columnsOf(schedule: Schedule, calendar: CalendarSettings, today: string): readonly string[] {
  const ends = schedule.items.flatMap(({ dueDate, finish, plannedDue }) => [dueDate, finish, plannedDue]);
  const last = [...ends, schedule.goLive, schedule.phases.at(-1)?.to ?? today, today].sort().at(-1) ?? today;
  const columns: string[] = [];
  let date = workingDayFrom(calendar, schedule.phases[0]?.from ?? today);
  for (; date <= last; date = addWorkingDays(calendar, date, 1)) columns.push(date);
  return columns;
}

/** A bar begins when its item may be worked on, and ends when it is due or done. */
function rowOf(schedule: Schedule, item: ScheduledItem, columnOf: (date: string) => number): GanttRow {
  const { calendar } = schedule;
  const bar = (first: string, last: string): Span => ({ from: columnOf(earlierDate(first, last)), to: columnOf(last) });
  const isOver = item.lateBy > 0;
  return {
    item,
    planned: bar(item.plannedStart, item.plannedDue),
    now: bar(dateAt(item.startsAt, calendar.timeZone), isOver ? item.dueDate : item.finish),
    overrun: isOver ? { from: columnOf(item.dueDate) + 1, to: columnOf(item.finish) } : null,
  };
}

function arrowsOf(schedule: Schedule, items: readonly PlannedItem[]): readonly (readonly [string, string])[] {
  const critical = new Set(schedule.items.filter((item) => item.critical).map(({ id }) => id));
  return items
    .filter(({ id }) => critical.has(id))
    .flatMap(({ id, needs }) => needs.filter((need) => critical.has(need)).map((need) => [need, id] as const));
}

/** Weeks begin on Mondays, and a Monday may be a holiday. */
function isNewWeek(before: string | undefined, date: string): boolean {
  return before === undefined || weekOf(before) !== weekOf(date);
}

/** Weeks since a Monday in 1970. */
function weekOf(date: string): number {
  return Math.floor((Date.parse(`${date}T00:00:00Z`) / 86_400_000 + 3) / 7);
}
