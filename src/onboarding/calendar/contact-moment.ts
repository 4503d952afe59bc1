import type { CalendarSettings } from '../schedule/types.js';
import { addWorkingDays, isWorkingDay, workingDayFrom } from './working-days.js';
import { atTime, dateAt } from './zones.js';

/** When people may be written to, on the clocks of the customer. */
export const CONTACT_FROM = '09:00';
export const CONTACT_UNTIL = '17:00';

/** The instant itself when people may be written to then, else the next one: 09:00 to 17:00 on working days. @throws NoWorkingDay */
export function nextContactMoment(calendar: CalendarSettings, at: string): string {
  const instant = new Date(at).toISOString();
  const today = dateAt(instant, calendar.timeZone);
  if (isWorkingDay(calendar, today)) {
    const opens = atTime(today, CONTACT_FROM, calendar.timeZone);
    if (instant < opens) return opens;
    if (instant < atTime(today, CONTACT_UNTIL, calendar.timeZone)) return instant;
    return atTime(addWorkingDays(calendar, today, 1), CONTACT_FROM, calendar.timeZone);
  }
  return atTime(workingDayFrom(calendar, today), CONTACT_FROM, calendar.timeZone);
}
