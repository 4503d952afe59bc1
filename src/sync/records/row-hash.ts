import { hash } from 'node:crypto';
import type { Fields } from '../record.js';

/**
 * Tells whether a row changed: the first 16 bytes, as 32 hexadecimal digits, of SHA-256 over its canonical text. SHA-256
 * is computed by the processor itself, so it costs no more than shorter hashes and is allowed everywhere.
 * null, a row that could not be read, has a hash of its own.
 */
export function rowHash(fields: Fields | null): string {
  return hash('sha256', fields === null ? 'null' : canonicalText(fields), 'hex').slice(0, 32);
}

/**
 * The same row as one text, whatever the order of its columns: JSON of an object whose keys are sorted by code unit, with
 * values as delivered. Of duplicates the one whose canonical text sorts first gives the profile (`speakap-user-sync.md`, 8).
 */
export function canonicalText(fields: Fields): string {
  const columns = Object.keys(fields);
  if (isSorted(columns)) return JSON.stringify(fields);
  const members = columns
    .sort(byCodeUnit)
    .map((column) => `${JSON.stringify(column)}:${JSON.stringify(fields[column])}`);
  return `{${members.join(',')}}`;
}

/** Records made by `readRecords` have their columns in order already, which saves sorting them a million times. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isSorted(columns: readonly string[]): boolean {
  return columns.every((column, index) => index === 0 || (columns[index - 1] ?? '') < column);
}
