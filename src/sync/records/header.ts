import type { Warning } from '../person.js';
import { byCodeUnit } from './row-hash.js';
import { DoubledColumn, MissingColumn } from './errors.js';

/** The header of a record: which cell of a row belongs to which column. */
export interface Header {
  /** In the order of the file, without columns that have no name. */
  readonly columns: readonly string[];
  /** Number of cells that a row has. */
  readonly width: number;
  /** Sorted by name, so that records get their columns in canonical order. */
  readonly cells: readonly { readonly column: string; readonly index: number }[];
  readonly warnings: readonly Warning[];
}

/** @throws MissingColumn, DoubledColumn for columns that are required. Others are only warned of, and the first one counts. */
export function readHeader(names: readonly string[], required: readonly string[]): Header {
  const columns = names.map((name) => name.trim());
  const present = [...new Set(columns.filter((name) => name !== ''))];
  const missing = required.filter((column) => !present.includes(column));
  // Where only one is read, its absence says nothing about the row.
  const isHeader = required.length === 1 || missing.length < required.length;
  if (missing.length > 0) throw new MissingColumn(missing, present, isHeader);
  const doubled = present.filter((name) => columns.indexOf(name) !== columns.lastIndexOf(name));
  const unclear = doubled.filter((name) => required.includes(name));
  if (unclear.length > 0) throw new DoubledColumn(unclear);
  return {
    columns: present,
    width: columns.length,
    cells: present
      .map((column) => ({ column, index: columns.indexOf(column) }))
      .sort((a, b) => byCodeUnit(a.column, b.column)),
    warnings: headerWarnings(columns, doubled),
  };
}

function headerWarnings(columns: readonly string[], doubled: readonly string[]): readonly Warning[] {
  // A separator at the end of the line makes a last column without a name, which is no mistake.
  const unnamed = columns.slice(0, -1).filter((name) => name === '').length;
  const warnings = doubled.map((column) =>
    warning(
      'doubled_header',
      column,
      `The column "${column}" stands in the header more than once; the first one was read.`,
    ),
  );
  if (unnamed > 0) {
    warnings.push(warning('empty_header', null, `${unnamed} column(s) have no name in the header and were not read.`));
  }
  return warnings;
}

function warning(code: string, column: string | null, text: string): Warning {
  return { code, xid: null, rows: [], column, text };
}
