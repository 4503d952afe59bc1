import { nextContactMoment } from '../calendar/contact-moment.js';
import type { DueReminders, Moment, Reminder, Schedule } from './types.js';

/**
 * What is to be sent at an instant: of each item and question only the latest whose moment has come, and nothing twice; at
 * night and on free days nothing, but the next allowed moment. @throws NoWorkingDay
 */
export function dueReminders(schedule: Schedule, sentKeys: readonly string[], now: string): DueReminders {
  const waiting = waitingReminders(schedule, sentKeys, now);
  if (waiting.length === 0) return { send: [], next: null };
  const allowed = nextContactMoment(schedule.calendar, now);
  return Date.parse(allowed) === Date.parse(now) ? { send: waiting, next: null } : { send: [], next: allowed };
}

/**
 * When somebody has to look next: for a reminder, or because dates change by themselves; null: never. What should have
 * happened before `now` is answered with `now`. @throws NoWorkingDay
 */
export function nextMoment(schedule: Schedule, sentKeys: readonly string[], now: string): Moment | null {
  const instant = new Date(now).toISOString();
  const waiting = waitingReminders(schedule, sentKeys, instant);
  const moments: Moment[] = [];
  const reminder = momentOf(waiting, () => nextContactMoment(schedule.calendar, instant));
  if (reminder !== null) moments.push(reminder);
  const later = schedule.reminders.filter(({ key, at }) => at > instant && !sentKeys.includes(key));
  const first = later[0];
  const together = later.filter(({ at }) => at === first?.at);
  const next = momentOf(together, () => first?.at ?? instant);
  if (next !== null) moments.push(next);
  if (schedule.changesAt !== null) {
    const at = schedule.changesAt > instant ? schedule.changesAt : instant;
    moments.push({ at, summary: `new dates: ${schedule.changesBecause ?? 'a day has passed'}` });
  }
  return moments.reduce<Moment | null>((best, moment) => (best === null || moment.at < best.at ? moment : best), null);
}

/** A worker that was away for days sends one reminder about a thing, and never goes back to an earlier one. */
function waitingReminders(schedule: Schedule, sentKeys: readonly string[], now: string): readonly Reminder[] {
  const instant = new Date(now).toISOString();
  const latest = new Map<string, Reminder>();
  for (const reminder of schedule.reminders) if (reminder.at <= instant) latest.set(reminder.about, reminder);
  return [...latest.values()].filter(({ key }) => !sentKeys.includes(key));
}

function momentOf(reminders: readonly Reminder[], at: () => string): Moment | null {
  const first = reminders[0];
  if (first === undefined) return null;
  const others = reminders.length === 1 ? '' : ` (and ${reminders.length - 1} more)`;
  return { at: at(), summary: `${first.summary}${others}` };
}
