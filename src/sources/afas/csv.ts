import type { AfasRow } from './answers.js';
import type { AfasField } from './client.js';

/**
 * The columns of a delivery: the fields that its first rows have, in the order of the metainfo where that may be read, else
 * in the order in which they were first seen. A field that no row has is no column: then a mapping that reads it is refused.
 */
export function columnsOf(rows: readonly AfasRow[], fields: readonly AfasField[] | null): readonly string[] {
  const seen = new Set(rows.flatMap((row) => Object.keys(row)));
  const described = (fields ?? []).map(({ id }) => id).filter((id) => seen.has(id));
  return [...new Set([...described, ...seen])];
}

/** Every value as text: nothing where there is none, `true` and `false`, and all else as AFAS wrote it. */
export function cellsOf(row: AfasRow, columns: readonly string[]): readonly string[] {
  return columns.map((column) => textOf(row[column]));
}

function textOf(value: AfasRow[string] | undefined): string {
  if (value === null || value === undefined) return '';
  // No text that people wrote holds it, and a file that does counts as binary.
  return String(value).replaceAll('\0', '\ufffd');
}
