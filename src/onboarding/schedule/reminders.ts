import type { DueReminders, Moment, Schedule } from './types.js';

/** What is to be sent at an instant: of each item and question only the latest that is due, and nothing twice. */
export function dueReminders(schedule: Schedule, sentKeys: readonly string[], now: string): DueReminders {
  throw new Error(`Not built yet: ${schedule.now} ${sentKeys.length} ${now}`);
}

/** When somebody has to look next: for a reminder, or because dates change by themselves; null: never. */
export function nextMoment(schedule: Schedule, sentKeys: readonly string[], now: string): Moment | null {
  throw new Error(`Not built yet: ${schedule.now} ${sentKeys.length} ${now}`);
}
