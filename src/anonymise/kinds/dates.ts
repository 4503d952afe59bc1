/** A day in a cell, and what stands around it. */
export interface DayInText {
  /** Days since 1970-01-01. */
  readonly day: number;
  /** The text with another day, written in the same way. */
  write(day: number): string;
}

/** Formats that exports are written in, for days in which no rule says how. */
export const USUAL_FORMATS = [
  'YYYY-MM-DD',
  'DD-MM-YYYY',
  'DD/MM/YYYY',
  'DD.MM.YYYY',
  'D-M-YYYY',
  'D/M/YYYY',
  'YYYYMMDD',
  'YYYY/MM/DD',
];

const DAY = 86_400_000;

/** null: the text is no day in any of these formats. What stands behind the day, such as a time, stays. */
export function dayIn(text: string, formats: readonly string[]): DayInText | null {
  for (const format of formats) {
    const found = patternOf(format).exec(text);
    if (found?.groups === undefined) continue;
    const day = dayOf(found.groups);
    if (day !== null) return { day, write: (other) => written(format, other, found) };
  }
  return null;
}

const patterns = new Map<string, RegExp>();

function patternOf(format: string): RegExp {
  const known = patterns.get(format);
  if (known !== undefined) return known;
  const source = format
    .trim()
    .replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
    .replace('YYYY', '(?<year>\\d{4})')
    .replace(/MM?/, (letters) => `(?<month>\\d{${letters.length === 2 ? '2' : '1,2'}})`)
    .replace(/DD?/, (letters) => `(?<day>\\d{${letters.length === 2 ? '2' : '1,2'}})`);
  const pattern = new RegExp(`^${source}(?<rest>(?:[T ]\\d{1,2}:\\d{2}.*)?)$`);
  patterns.set(format, pattern);
  return pattern;
}

function dayOf({ year = '', month = '', day = '' }: Readonly<Record<string, string>>): number | null {
  const instant = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(instant);
  const isReal = date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day);
  return isReal ? Math.round(instant / DAY) : null;
}

function written(format: string, day: number, found: RegExpExecArray): string {
  const date = new Date(day * DAY);
  const groups = found.groups ?? {};
  const filled = (number: number, before = ''): string => String(number).padStart(before.length, '0');
  const year = String(date.getUTCFullYear()).padStart(4, '0');
  const month = filled(date.getUTCMonth() + 1, before(groups['month'], format, 'M'));
  const ofMonth = filled(date.getUTCDate(), before(groups['day'], format, 'D'));
  return format.trim().replace('YYYY', year).replace(/MM?/, month).replace(/DD?/, ofMonth) + (groups['rest'] ?? '');
}

/** `5` stays as narrow as it was where the format allows it. */
function before(part: string | undefined, format: string, letter: string): string {
  return format.includes(letter.repeat(2)) ? '00' : (part ?? '');
}
