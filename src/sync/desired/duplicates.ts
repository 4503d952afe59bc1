import type { Profile, Warning } from '../person.js';
import type { Fields } from '../record.js';
import { byCodeUnit, canonicalText } from '../records/row-hash.js';
import type { Xid } from '../ids.js';
import type { CompiledMapping } from '../mapping/compile.js';

/** A row that could be read. */
export interface Row {
  readonly row: number;
  readonly fields: Fields;
}

/**
 * The order in which rows of one person count, whatever their order in the file: by canonical text, the first of which
 * gives the profile (`speakap-user-sync.md`, 8). Rows that are the same text keep the order of their numbers.
 */
export function inCanonicalOrder(rows: readonly Row[]): readonly Row[] {
  if (rows.length < 2) return rows;
  const keyed = rows.map((row) => ({ row, text: canonicalText(row.fields) }));
  return keyed.sort((a, b) => byCodeUnit(a.text, b.text) || a.row.row - b.row.row).map(({ row }) => row);
}

/** One warning for each profile field whose rows disagree: only one value can be shown. */
export function differences(mapping: CompiledMapping, xid: Xid, rows: readonly Row[]): readonly Warning[] {
  if (rows.length < 2) return [];
  return mapping.profile
    .filter(({ textOf }) => new Set(rows.map(({ fields }) => textOf(fields))).size > 1)
    .map(({ field, columns }) => ({
      code: 'duplicate_differs',
      xid,
      rows: rowNumbers(rows),
      column: columns[0] ?? null,
      text: `${rowList(rows)} are one person and differ in ${fieldName(field)}. The value of row ${rows[0]?.row} is used.`,
    }));
}

/** In the order of the file. */
export function rowNumbers(rows: readonly Row[]): readonly number[] {
  return rows.map(({ row }) => row).sort((a, b) => a - b);
}

export function rowList(rows: readonly Row[]): string {
  const numbers = rowNumbers(rows);
  return numbers.length === 1 ? `Row ${numbers[0]}` : `Rows ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
}

const FIELD_NAMES: Readonly<Record<keyof Profile, string>> = {
  givenName: 'the given name',
  infix: 'the infix',
  familyName: 'the family name',
  jobTitle: 'the job title',
  email: 'the e-mail address',
  telephoneNumber: 'the telephone number',
  preferredLanguage: 'the preferred language',
  upn: 'the UPN',
};

export function fieldName(field: keyof Profile): string {
  return FIELD_NAMES[field];
}
