/** A day in a cell, and what stands around it. */
export class DayInText {
  constructor(
    /** Days since 1970-01-01. */
    readonly day: number,
    private readonly format: string,
    private readonly found: Groups,
  ) {}

  /** The text with another day, written in the same way. */
  write(day: number): string {
    const date = new Date(day * DAY);
    const { format, found } = this;
    const year = String(date.getUTCFullYear()).padStart(4, '0');
    const month = filled(date.getUTCMonth() + 1, before(found['month'], format, 'M'));
    const ofMonth = filled(date.getUTCDate(), before(found['day'], format, 'D'));
    return format.trim().replace('YYYY', year).replace(/MM?/, month).replace(/DD?/, ofMonth) + (found['rest'] ?? '');
  }
}

type Groups = Readonly<Record<string, string>>;

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
    if (day !== null) return new DayInText(day, format, found.groups);
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

function dayOf({ year = '', month = '', day = '' }: Groups): number | null {
  const instant = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(instant);
  const isReal = date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day);
  return isReal ? Math.round(instant / DAY) : null;
}

function filled(number: number, before: string): string {
  return String(number).padStart(before.length, '0');
}

/** `5` stays as narrow as it was where the format allows it. */
function before(part: string | undefined, format: string, letter: string): string {
  return format.includes(letter.repeat(2)) ? '00' : (part ?? '');
}
