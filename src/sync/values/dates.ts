/** A way to write days, made ready. */
export interface DateFormat {
  /** `2026-03-31`, or null for what is no day in this format. */
  readonly toIso: (text: string) => string | null;
}

/** @param format `DD/MM/YYYY` and its kin: YYYY, MM or M, and DD or D, once each, with anything but letters and digits between them. */
export function readDateFormat(format: string): DateFormat | null {
  const parts = format.trim().split(/(YYYY|MM?|DD?)/);
  const tokens = parts.filter((_, index) => index % 2 === 1);
  const between = parts.filter((_, index) => index % 2 === 0);
  if (
    tokens
      .map((token) => token[0])
      .sort()
      .join('') !== 'DMY'
  )
    return null;
  if (between.some((text) => /[\p{L}\p{N}]/u.test(text)) || isRunTogether(tokens, between)) return null;
  const pattern = new RegExp(
    `^${parts.map((part, index) => (index % 2 === 1 ? (DIGITS[part] ?? '') : escaped(part))).join('')}${TIME}$`,
  );
  const places = { year: placeOf('Y', tokens), month: placeOf('M', tokens), day: placeOf('D', tokens) };
  return {
    toIso: (text) => {
      const found = pattern.exec(text.trim());
      return found && isoDay(found[places.year], found[places.month], found[places.day]);
    },
  };
}

const DIGITS: Readonly<Record<string, string>> = {
  YYYY: '(\\d{4})',
  MM: '(\\d{2})',
  M: '(\\d{1,2})',
  DD: '(\\d{2})',
  D: '(\\d{1,2})',
};

/** Exports write the midnight behind a day: it says nothing. */
const TIME = '(?:[T ]\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?(?:Z|[+-]\\d{2}:?\\d{2})?)?';

/** `DMYYYY` would read one text as two days. */
function isRunTogether(tokens: readonly string[], between: readonly string[]): boolean {
  const hasGaps = between.slice(1, -1).every((text) => text !== '');
  return !hasGaps && tokens.some((token) => token.length === 1);
}

function placeOf(letter: string, tokens: readonly string[]): number {
  return tokens.findIndex((token) => token.startsWith(letter)) + 1;
}

function isoDay(year = '', month = '', day = ''): string | null {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const instant = new Date(`${iso}T00:00:00Z`);
  // 31 April becomes 1 May, and so is told from a day that there is.
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(iso) ? iso : null;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
