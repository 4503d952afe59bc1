/** `1,234`; null is a dash. */
export function numberWords(value: number | null): string {
  return value === null ? '-' : value.toLocaleString('en');
}

/** `1 row`, `2 rows` */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${numberWords(count)} ${count === 1 ? one : many}`;
}

/** `12 changes`, or `The first 20 of 1,234 changes` */
export function partWords(shown: number, total: number, one: string): string {
  return shown < total ? `The first ${numberWords(shown)} of ${countWords(total, one)}` : countWords(total, one);
}

/** `850 ms`, `12.3 s`, `4 min 5 s`, `2 h 10 min`; null is a run that goes on. */
export function durationWords(milliseconds: number | null): string {
  if (milliseconds === null) return 'not ended';
  if (milliseconds < 1_000) return `${Math.max(0, Math.round(milliseconds))} ms`;
  const seconds = milliseconds / 1_000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(Math.round(seconds) / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds) % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `2026-11-24 05:30` on the clocks of the customer. */
export function instantWords(instant: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return format.format(instant);
}

/** `just now`, `5 minutes`, `3 hours`, `2 days`: how long ago an instant was. */
export function ageWords(instant: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - instant.getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return countWords(minutes, 'minute');
  if (minutes < 48 * 60) return countWords(Math.floor(minutes / 60), 'hour');
  return countWords(Math.floor(minutes / (24 * 60)), 'day');
}

/** What a terminal would take as a command, and line breaks, have no place in a cell. */
export function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
}
