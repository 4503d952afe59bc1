export type DateFormat =
  'YYYY-MM-DD' | 'YYYYMMDD' | 'DD-MM-YYYY' | 'DD/MM/YYYY' | 'DD.MM.YYYY' | 'D MMM YYYY' | '/Date(ms)/';

const FORMATS: readonly (readonly [DateFormat, RegExp])[] = [
  ['YYYY-MM-DD', /^[12]\d{3}[-/](\d{1,2})[-/](\d{1,2})(?:[T ]\d{2}:\d{2}.*)?$/],
  ['DD-MM-YYYY', /^(\d{1,2})-(\d{1,2})-(?:[12]\d)?\d{2}(?: \d{1,2}:\d{2}.*)?$/],
  ['DD/MM/YYYY', /^(\d{1,2})\/(\d{1,2})\/(?:[12]\d)?\d{2}(?: \d{1,2}:\d{2}.*)?$/],
  ['DD.MM.YYYY', /^(\d{1,2})\.(\d{1,2})\.(?:[12]\d)?\d{2}(?: \d{1,2}:\d{2}.*)?$/],
  ['YYYYMMDD', /^(?:19|20|99)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/],
  ['D MMM YYYY', /^\d{1,2}[\s-]\p{L}{3,9}\.?[\s-]\d{2,4}$/u],
  ['/Date(ms)/', /^\/Date\(-?\d+(?:[+-]\d{4})?\)\/$/],
];

/** How a date is written, or null when it is none. Day and month may stand the other way round: one cell cannot tell. */
export function dateFormatOf(cell: string): DateFormat | null {
  for (const [format, pattern] of FORMATS) {
    const match = pattern.exec(cell);
    if (match && isDayAndMonth(match[1], match[2])) return format;
  }
  return null;
}

function isDayAndMonth(first: string | undefined, second: string | undefined): boolean {
  if (first === undefined || second === undefined) return true;
  const [smaller = 0, larger = 0] = [Number(first), Number(second)].sort((a, b) => a - b);
  return smaller >= 1 && smaller <= 12 && larger <= 31;
}
