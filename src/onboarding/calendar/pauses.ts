import type { CalendarSettings, Pause } from '../schedule/types.js';
import { addDays, laterDate } from './dates.js';
import { isWorkingDay } from './working-days.js';

/** How a pause is named among what shifted an item: `pause 2026-12-03`. */
export function pauseId(pause: Pause): string {
  return `pause ${pause.from}`;
}

/** A pause that lasts is counted until and with today: work can go on tomorrow at the earliest. */
export function closePauses(calendar: CalendarSettings, today: string): CalendarSettings {
  if (calendar.pauses.every(({ to }) => to !== null)) return calendar;
  const pauses = calendar.pauses.map(({ from, to }) => ({ from, to: to ?? laterDate(from, today) }));
  return { ...calendar, pauses };
}

export function withoutPauses(calendar: CalendarSettings): CalendarSettings {
  return calendar.pauses.length === 0 ? calendar : { ...calendar, pauses: [] };
}

/** As it was for what was done on a date: pauses that began later did not touch it. */
export function withPausesUntil(calendar: CalendarSettings, date: string): CalendarSettings {
  const pauses = calendar.pauses.filter(({ from }) => from <= date);
  return pauses.length === calendar.pauses.length ? calendar : { ...calendar, pauses };
}

/** The pauses that took a working day after `from` and before `to`. `base`: the calendar without pauses. */
export function pausesBetween(
  calendar: CalendarSettings,
  base: CalendarSettings,
  from: string,
  to: string,
): readonly Pause[] {
  return calendar.pauses.filter((pause) => {
    const last = pause.to ?? to;
    let day = laterDate(pause.from, addDays(from, 1));
    for (; day <= last && day < to; day = addDays(day, 1)) if (isWorkingDay(base, day)) return true;
    return false;
  });
}
