import type { Xid } from './ids.js';

/** Column name to cell text, as delivered. Values are not trimmed: text equality in expressions is exact. */
export type Fields = Readonly<Record<string, string>>;

/** One row about one employee. */
export interface EmployeeRecord {
  readonly xid: Xid;
  /** As a spreadsheet counts: the header is row 1, the first employee row 2, and a blank row counts. */
  readonly row: number;
  /**
   * null: the row names this XID but could not be read (too few or too many fields, a stray quote). Such a person is
   * present: nothing is changed, and nobody is removed.
   */
  readonly fields: Fields | null;
}
