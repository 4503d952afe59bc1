import type { CalendarSettings } from '../schedule/types.js';
import { addDays, isWeekend } from './dates.js';
import { NoWorkingDay } from './errors.js';
import { hasDate } from './zones.js';

/** Longest stretch without a working day that is believed. */
const REACH_DAYS = 3_653;

/** Monday to Friday, no holiday, not in a pause, and a day that the zone had. */
export function isWorkingDay(calendar: CalendarSettings, date: string): boolean {
  const known = kindsOf(calendar);
  const answer = known.get(date) ?? judge(calendar, date);
  known.set(date, answer);
  return answer;
}

/** The date itself when it is a working day, else the next one. @throws NoWorkingDay */
export function workingDayFrom(calendar: CalendarSettings, date: string): string {
  return walk(calendar, date, 1);
}

/** The date itself when it is a working day, else the last one before it. @throws NoWorkingDay */
export function workingDayUntil(calendar: CalendarSettings, date: string): string {
  return walk(calendar, date, -1);
}

/** The `count`th working day after a date, or before it when negative; with 0, as `workingDayFrom`. @throws NoWorkingDay */
export function addWorkingDays(calendar: CalendarSettings, date: string, count: number): string {
  if (count === 0) return workingDayFrom(calendar, date);
  const step = Math.sign(count);
  let day = date;
  for (let left = Math.abs(count); left > 0; left--) day = walk(calendar, addDays(day, step), step);
  return day;
}

/** Working days after `from` until and with `to`; negative when `to` is earlier, so that it undoes `addWorkingDays`. */
export function workingDaysBetween(calendar: CalendarSettings, from: string, to: string): number {
  if (to < from) {
    let count = 0;
    for (let day = addDays(from, -1); day >= to; day = addDays(day, -1)) if (isWorkingDay(calendar, day)) count--;
    return count;
  }
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(calendar, day)) count++;
  return count;
}

/** What was found out about days, as long as the calendar object lives: schedules ask for the same ones again and again. */
const KINDS = new WeakMap<CalendarSettings, Map<string, boolean>>();

function kindsOf(calendar: CalendarSettings): Map<string, boolean> {
  const kinds = KINDS.get(calendar) ?? new Map<string, boolean>();
  KINDS.set(calendar, kinds);
  return kinds;
}

function judge(calendar: CalendarSettings, date: string): boolean {
  const isPaused = calendar.pauses.some(({ from, to }) => from <= date && (to === null || date <= to));
  return !isWeekend(date) && !calendar.holidays.includes(date) && !isPaused && hasDate(date, calendar.timeZone);
}

function walk(calendar: CalendarSettings, from: string, step: number): string {
  let day = from;
  for (let left = REACH_DAYS; left > 0; left--) {
    if (isWorkingDay(calendar, day)) return day;
    day = addDays(day, step);
  }
  throw new NoWorkingDay(from);
}
