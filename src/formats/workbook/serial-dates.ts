/** What of a day and a time a number format shows; `duration` counts hours beyond a day. */
export type Moment = 'date' | 'date and time' | 'time' | 'duration';

const SECONDS_A_DAY = 86_400;
/** 31 December 9999, the last day that Excel knows. */
const LAST_DAY = 2_958_465;

/**
 * A day as ISO 8601, `2026-03-01`, with `T08:30:00` behind it where the format shows a time and it is not midnight; null when
 * the number is none that Excel would show so.
 */
export function momentText(serial: number, moment: Moment, is1904: boolean): string | null {
  if (!(serial >= 0) || serial > LAST_DAY + 1) return null;
  const seconds = Math.round(serial * SECONDS_A_DAY);
  const day = Math.floor(seconds / SECONDS_A_DAY);
  if (moment === 'duration') return clockText(seconds);
  const clock = clockText(seconds % SECONDS_A_DAY);
  if (moment === 'time') return clock;
  const date = dayText(day, is1904);
  return moment === 'date' || seconds % SECONDS_A_DAY === 0 ? date : `${date}T${clock}`;
}

/**
 * Excel took over from Lotus that 1900 was a leap year: day 60 is a 29 February that never was, and all before it are one
 * less than they would be. Both it and day 0 are written as Excel shows them: no mapping takes them for a date.
 */
function dayText(day: number, is1904: boolean): string {
  if (is1904) return isoDay(Date.UTC(1904, 0, 1 + day));
  if (day === 0) return '1900-01-00';
  if (day === 60) return '1900-02-29';
  return isoDay(Date.UTC(1899, 11, (day < 60 ? 31 : 30) + day));
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function clockText(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
