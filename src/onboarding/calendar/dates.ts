/** Dates as `YYYY-MM-DD`, without a time zone and without a library: such texts sort as the days do. */

const DAY_MS = 86_400_000;

/** Whether a text is a day that exists: 30 February is none. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

export function isWeekend(date: string): boolean {
  return [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
}

export function laterDate(one: string, other: string): string {
  return one > other ? one : other;
}

export function earlierDate(one: string, other: string): string {
  return one < other ? one : other;
}
