import { atTime, dateAt } from '../onboarding/calendar/zones.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** A moment at which nothing can go live. */
export class UnusableGoLive extends Error {
  override readonly name = 'UnusableGoLive';
  constructor(reason: string) {
    super(`${reason} Nothing was planned.`);
  }
}

/** The hours of a day in which people are written to, on the customer's clocks. */
export interface DayHours {
  /** `08:00` */
  readonly from: string;
  /** `19:00` */
  readonly until: string;
}

/**
 * The first instant from `at` on at which something of `minutes` may begin, so that it ends before the evening. What is longer
 * than a day begins in the morning.
 */
export function nextDaytime(at: string, timeZone: string, { from, until }: DayHours, minutes: number): string {
  const instant = new Date(at).toISOString();
  const today = dateAt(instant, timeZone);
  const opens = atTime(today, from, timeZone);
  const closes = atTime(today, until, timeZone);
  if (instant < opens) return opens;
  const ends = new Date(Date.parse(instant) + minutes * MINUTE_MS).toISOString();
  if (ends <= closes) return instant;
  // A day that is too short for it as a whole begins in its first minute.
  if (instant === opens) return instant;
  return atTime(dayAfter(today), from, timeZone);
}

/** `2026-12-01 10:00` on the customer's clocks; `now` is null. @throws UnusableGoLive for the past, and what is no moment */
export function goLiveInstant(text: string, timeZone: string, now: Date): string | null {
  if (text.trim() === 'now') return null;
  const [, date, time] = /^(\d{4}-\d{2}-\d{2})[ T]((?:[01]\d|2[0-3]):[0-5]\d)$/.exec(text.trim()) ?? [];
  if (date === undefined || time === undefined || !isDate(date)) {
    throw new UnusableGoLive(`"${text}" is no moment. Write it as "2026-12-01 10:00" or "now".`);
  }
  const instant = atTime(date, time, timeZone);
  if (Date.parse(instant) <= now.getTime()) {
    throw new UnusableGoLive(
      `The go-live of ${date} ${time} in ${timeZone} is in the past. Choose a moment to come, or "now".`,
    );
  }
  return instant;
}

function isDate(date: string): boolean {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}
