import { filledShare, shareOf, type ColumnProfile } from '../profile/profile.js';

/** What the cells of a column say to the idea that it is a certain field. */
export interface Fit {
  readonly verdict: 'agrees' | 'silent' | 'contradicts';
  /** What follows "The name fits, and ": `every cell is an e-mail address`. */
  readonly text: string;
}

/** From so many rows on, whether values repeat says something. */
const ENOUGH_ROWS = 20;
const EMPTY: Fit = { verdict: 'silent', text: 'no cell is filled' };

export function fitsId(column: ColumnProfile): Fit {
  const { filled, repeats, rows, maxLength } = column;
  if (filled === 0) return EMPTY;
  const unlikeAnId = ['date', 'decimal', 'freeText', 'phone', 'url', 'fullName'] as const;
  if (unlikeAnId.some((trait) => trait !== 'date' && shareOf(column, trait) > 0.5))
    return { verdict: 'contradicts', text: 'its cells do not look like ids' };
  if (looksLikeDates(column)) return { verdict: 'contradicts', text: 'its cells are dates' };
  if (shareOf(column, 'scientific') > 0)
    return { verdict: 'silent', text: 'some cells were destroyed by a spreadsheet (1.23E+05)' };
  if (filledShare(column) < 0.9)
    return { verdict: 'silent', text: `${percent(1 - filledShare(column))} of the rows have none` };
  if (rows >= ENOUGH_ROWS && repeats / filled > 0.8)
    return { verdict: 'contradicts', text: 'few different values stand in it' };
  if (maxLength > 64 || shareOf(column, 'code') + shareOf(column, 'email') < 0.8)
    return { verdict: 'silent', text: 'its cells are of an unusual kind for ids' };
  if (rows >= ENOUGH_ROWS && repeats / filled > 0.6)
    return { verdict: 'silent', text: 'many of its values stand in several rows' };
  return {
    verdict: 'agrees',
    text:
      repeats === 0
        ? 'every row has one of its own'
        : `every row has one, ${percent(repeats / filled)} of them repeated`,
  };
}

/** Eight digits can be a date by accident; a whole column of them in one form cannot, unless every one is different. */
function looksLikeDates(column: ColumnProfile): boolean {
  if (shareOf(column, 'date') < 0.8) return false;
  return !column.dateFormats.every((format) => format === 'YYYYMMDD') || column.repeats > 0;
}

export function fitsName(column: ColumnProfile): Fit {
  if (column.filled === 0) return EMPTY;
  if (shareOf(column, 'salutation') > 0.5) return { verdict: 'contradicts', text: 'its cells are salutations' };
  if (shareOf(column, 'letters') < 0.6 || shareOf(column, 'freeText') > 0.2 || shareOf(column, 'status') > 0.6)
    return { verdict: 'contradicts', text: 'its cells do not look like names' };
  if (shareOf(column, 'letters') < 0.9) return { verdict: 'silent', text: 'some cells do not look like names' };
  if (column.rows >= ENOUGH_ROWS * 5 && column.distinct < 10)
    return { verdict: 'contradicts', text: 'few different values stand in it' };
  return { verdict: 'agrees', text: 'its cells look like names' };
}

export function fitsGivenName(column: ColumnProfile): Fit {
  const fit = fitsName(column);
  if (fit.verdict !== 'agrees') return fit;
  if (shareOf(column, 'fullName') > 0.6) return { verdict: 'silent', text: 'its cells hold more than a given name' };
  return shareOf(column, 'givenName') > 0.3 ? { verdict: 'agrees', text: 'its cells look like given names' } : fit;
}

export function fitsFamilyName(column: ColumnProfile): Fit {
  const fit = fitsName(column);
  if (fit.verdict !== 'agrees') return fit;
  if (shareOf(column, 'fullName') > 0.5) return { verdict: 'contradicts', text: 'its cells are whole names' };
  return fit;
}

export function fitsInfix(column: ColumnProfile): Fit {
  // Most people have none, so an empty column is what an example of two rows has.
  if (column.filled === 0) return { verdict: 'agrees', text: 'it may well be empty' };
  if (shareOf(column, 'particle') >= 0.5) return { verdict: 'agrees', text: 'its cells are words like "van" and "de"' };
  return { verdict: 'contradicts', text: 'its cells are no words like "van" and "de"' };
}

export function fitsJobTitle(column: ColumnProfile): Fit {
  if (column.filled === 0) return EMPTY;
  const unlike = ['salutation', 'email', 'phone', 'date', 'status', 'fullName', 'decimal'] as const;
  if (unlike.some((trait) => shareOf(column, trait) > 0.5))
    return { verdict: 'contradicts', text: 'its cells do not look like job titles' };
  if (shareOf(column, 'givenName') > 0.4)
    return { verdict: 'contradicts', text: 'its cells look like names of people' };
  if (shareOf(column, 'digits') > 0.5) return { verdict: 'contradicts', text: 'its cells are numbers' };
  if (shareOf(column, 'code') > 0.8 && column.maxLength <= 6)
    return { verdict: 'silent', text: 'its cells look like codes' };
  return { verdict: 'agrees', text: 'its cells are words' };
}

export function fitsEmail(column: ColumnProfile): Fit {
  return ofOnePerson(column, fitsShape(column, shareOf(column, 'email'), 'e-mail addresses'));
}

export function fitsPhone(column: ColumnProfile): Fit {
  const share = shareOf(column, 'phone') + shareOf(column, 'phoneDigits');
  return ofOnePerson(column, fitsShape(column, share, 'telephone numbers', shareOf(column, 'digits')));
}

/** An address that many people have is one of a shop or a switchboard. */
function ofOnePerson(column: ColumnProfile, fit: Fit): Fit {
  const isShared = column.rows >= ENOUGH_ROWS && column.repeats > column.filled / 2;
  return fit.verdict === 'agrees' && isShared ? { verdict: 'silent', text: 'many rows share the same one' } : fit;
}

export function fitsLanguage(column: ColumnProfile): Fit {
  const names = shareOf(column, 'languageName');
  if (names > 0.5)
    return { verdict: 'silent', text: 'its cells are names of languages, and the network needs tags like nl-NL' };
  return fitsShape(column, shareOf(column, 'languageTag'), 'language tags');
}

export function fitsUpn(column: ColumnProfile): Fit {
  return fitsShape(column, shareOf(column, 'email'), 'names of the form name@domain');
}

function fitsShape(column: ColumnProfile, share: number, what: string, doubtful = 0): Fit {
  if (column.filled === 0) return EMPTY;
  if (share >= 0.8) return { verdict: 'agrees', text: `${quantity(share)} are ${what}` };
  const text = `only ${percent(share)} of its cells are ${what}`;
  return { verdict: share + doubtful < 0.4 ? 'contradicts' : 'silent', text };
}

/** A column of groups: words or codes that several people share. */
export function fitsGroup(column: ColumnProfile): Fit {
  const { filled, rows, distinct } = column;
  if (filled === 0) return EMPTY;
  const unlike = [
    'email',
    'phone',
    'phoneDigits',
    'date',
    'fullName',
    'decimal',
    'url',
    'freeText',
    'scientific',
  ] as const;
  if (unlike.some((trait) => shareOf(column, trait) > 0.5) || shareOf(column, 'givenName') > 0.5)
    return { verdict: 'contradicts', text: 'its cells do not look like names of groups' };
  if (rows >= ENOUGH_ROWS && distinct / filled > 0.8)
    return { verdict: 'contradicts', text: 'nearly every row has a value of its own' };
  if (shareOf(column, 'status') > 0.6) return { verdict: 'contradicts', text: 'its cells are words like yes and no' };
  return {
    verdict: 'agrees',
    text: distinct === 1 ? 'one value stands in it' : `${distinct} different values stand in it`,
  };
}

export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  return `${rounded === 100 && share < 1 ? 99 : rounded === 0 && share > 0 ? 1 : rounded} %`;
}

function quantity(share: number): string {
  return share === 1 ? 'all its cells' : `${percent(share)} of its cells`;
}
