import type { Fields } from '../record.js';

/** Something in a row of which no value could be made. Names the column, never what stands in it. */
export interface Fault {
  readonly code: FaultCode;
  /** null: what was to be read is made of several columns. */
  readonly column: string | null;
}

export const FAULT_CODES = ['unreadable_date', 'unreadable_phone', 'not_in_table', 'too_many_values'] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

export type Note = (fault: Fault) => void;

/** Makes a text of one row: trimmed, empty when there is none. Never throws; what goes wrong is noted. */
export type Read = (fields: Fields, note: Note) => string;

/** The faults of one row, each column and code once. */
export function faultsOf(read: (fields: Fields, note: Note) => unknown, fields: Fields): readonly Fault[] {
  const found = new Map<string, Fault>();
  read(fields, (fault) => found.set(`${fault.code} ${fault.column ?? ''}`, fault));
  return [...found.values()];
}
