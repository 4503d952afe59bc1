/** A day without a time, as `2026-11-30`: texts that sort as the days do. */
export type CalendarDate = string;

/**
 * `DD/MM/YYYY`, `D-M-YYYY`, `YYYYMMDD`: year, month and day, each once. In `DMYYYY` the text `1112026` would be two days, and
 * the wrong one may be over already.
 */
export const DATE_FORMAT = /^(?=.*YYYY)(?=.*M)(?=.*D)(?!.*(?<!D)DM(?!M))(?!.*(?<!M)MD(?!D))(?:YYYY|MM?|DD?|[-/. ])+$/;

/** null: the text is no day in this format. A time behind the day is ignored. */
export function parseDate(text: string, format: string): CalendarDate | null {
  const found = patternOf(format).exec(text.trim())?.groups;
  if (found === undefined) return null;
  const [year, month, day] = [found['year'], found['month'], found['day']].map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
  const isReal = date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
  return isReal ? date.toISOString().slice(0, 10) : null;
}

export function dayAfter(date: CalendarDate): CalendarDate {
  return new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
}

function patternOf(format: string): RegExp {
  const source = format
    .replaceAll('.', '\\.')
    .replace('YYYY', '(?<year>\\d{4})')
    .replace(/MM?/, (letters) => `(?<month>${digits(letters)})`)
    .replace(/DD?/, (letters) => `(?<day>${digits(letters)})`);
  return new RegExp(`^${source}(?:[T ]\\d{1,2}:\\d{2}.*)?$`);
}

function digits(letters: string): string {
  return letters.length === 2 ? '\\d{2}' : '\\d{1,2}';
}
