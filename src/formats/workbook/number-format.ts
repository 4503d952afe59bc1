import type { Moment } from './serial-dates.js';

/** What a number format does to what a cell says. */
export type NumberFormat =
  /** Nothing that matters here: decimals, thousands, colours are for the eye. */
  | { readonly kind: 'number' }
  | { readonly kind: 'moment'; readonly moment: Moment }
  /** A number of fixed digits and letters, `0000\-0000`: what people see is what they call somebody's number. */
  | { readonly kind: 'digits'; readonly pattern: readonly Token[] };

export type Token = { readonly literal: string } | { readonly digit: '0' | '#' | '?' };

const NUMBER: NumberFormat = { kind: 'number' };

/** Formats that have a number and no code of their own (ECMA-376, part 1, 18.8.30); 27 to 36 and 50 to 58 are dates of East Asia. */
const DATES = [14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58];
const TIMES = [18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56];

export function builtInFormat(id: number): NumberFormat {
  if (DATES.includes(id)) return { kind: 'moment', moment: 'date' };
  if (TIMES.includes(id)) return { kind: 'moment', moment: 'time' };
  if (id === 22) return { kind: 'moment', moment: 'date and time' };
  return id === 46 ? { kind: 'moment', moment: 'duration' } : NUMBER;
}

/** Reads a code like `[$-413]d mmmm yyyy;@`. Only its first section counts: the others are for negative numbers, zero and text. */
export function parseFormat(code: string): NumberFormat {
  const { tokens, letters, isElapsed, isOther } = scan(code);
  if (isElapsed) return { kind: 'moment', moment: 'duration' };
  const hasTime = /[hs]/.test(letters);
  if (/[yd]/.test(letters)) return { kind: 'moment', moment: hasTime ? 'date and time' : 'date' };
  if (hasTime) return { kind: 'moment', moment: 'time' };
  if (letters.includes('m')) return { kind: 'moment', moment: 'date' };
  const zeros = tokens.filter((token) => 'digit' in token && token.digit === '0').length;
  const isPlain = zeros === 1 && tokens.every((token) => 'digit' in token);
  return isOther || zeros === 0 || isPlain ? NUMBER : { kind: 'digits', pattern: tokens };
}

/** `digits` is a whole number from 0 on. */
export function inPattern(digits: string, pattern: readonly Token[]): string {
  let left = digits === '0' ? '' : digits;
  let shown = '';
  const first = pattern.findIndex((token) => 'digit' in token);
  for (let index = pattern.length - 1; index >= 0; index--) {
    const token = pattern[index];
    if (token === undefined) continue;
    if ('literal' in token) {
      shown = token.literal + shown;
      continue;
    }
    // What the pattern has no place for stands before its first digit.
    const taken = index === first ? left : left.slice(-1);
    left = left.slice(0, left.length - taken.length);
    shown = (taken === '' && token.digit === '0' ? '0' : taken) + shown;
  }
  return shown;
}

interface Scanned {
  readonly tokens: readonly Token[];
  /** The letters of days and times, in small. */
  readonly letters: string;
  /** `[h]`: hours beyond a day. */
  readonly isElapsed: boolean;
  /** Something that makes it more than digits and letters: decimals, percent, a condition, `General`. */
  readonly isOther: boolean;
}

/** One piece of a format code. */
const PIECE =
  /"([^"]*)"?|\\(.)|_.|\*.|\[([^\]]*)\]?|(general)|(am\/pm|a\/p)|([ymdhs]+)|([0#?])|(e[+-]|[.,%/@])|(;)|(.)/giu;

function scan(code: string): Scanned {
  const tokens: Token[] = [];
  let letters = '';
  let [isElapsed, isOther] = [false, false];
  for (const match of code.matchAll(PIECE)) {
    const [, quoted, escaped, bracket, general, clock, days, digit, other, end, rest] = match;
    if (end !== undefined) break;
    const literal = quoted ?? escaped ?? rest;
    if (literal !== undefined) tokens.push({ literal });
    else if (digit !== undefined) tokens.push({ digit: digit === '0' || digit === '#' ? digit : '?' });
    else if (days !== undefined) letters += days.toLowerCase();
    else if (bracket !== undefined) {
      isElapsed ||= /^(?:h+|m+|s+)$/i.test(bracket);
      // A condition, or an amount of money; else a colour or a language.
      isOther ||= /^(?:[<>=]|\$[^-])/.test(bracket);
    }
    isOther ||= general !== undefined || clock !== undefined || other !== undefined;
  }
  return { tokens, letters, isElapsed, isOther };
}
