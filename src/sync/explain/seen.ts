import { presentRows } from '../desired/dates.js';
import { inCanonicalOrder, type Row } from '../desired/duplicates.js';
import { exceptionsFor, type Met } from '../desired/exceptions.js';
import type { KnownNetwork } from '../desired/map-rows.js';
import type { CompiledMapping } from '../mapping/compile.js';
import { cell } from '../mapping/column.js';
import type { Place } from '../mapping/mapping.js';
import type { EmployeeRecord } from '../record.js';
import type { Trace, TracedRule } from './trace.js';

/** One person as `mapRows` sees them on its way. */
export interface Seen {
  readonly mapping: CompiledMapping;
  readonly known: KnownNetwork;
  readonly outcome: Trace['outcome'];
  /** Every row that could be read. */
  readonly readable: readonly Row[];
  /** Those that count today. */
  readonly present: readonly Row[];
  /** On which rules decide, in canonical order: those that count, or else all. */
  readonly rows: readonly Row[];
  /** Exceptions that are meant for the person. */
  readonly met: readonly Met[];
  /** Whether profile, groups, roles and invitations were looked at. */
  readonly isMapped: boolean;
}

/** What stops somebody before any of it is made. */
const STOPS: readonly string[] = ['unreadable_row', 'bad_date', 'duplicate_xid'];

export function lookAt(
  mapping: CompiledMapping,
  outcome: Trace['outcome'],
  records: readonly EmployeeRecord[],
  known: KnownNetwork,
): Seen {
  const readable = records.flatMap(({ row, fields }) => (fields === null ? [] : [{ row, fields }]));
  const valid = readable.filter(({ fields }) => mapping.active(fields));
  const present = presentRows(mapping, valid, known);
  const rows = inCanonicalOrder(present.length === 0 ? readable : present);
  const met = exceptionsFor(mapping, outcome.xid, rows);
  const isMapped =
    outcome.kind === 'active' || (outcome.kind === 'unusable' && !outcome.why.some(({ rule }) => STOPS.includes(rule)));
  return { mapping, known, outcome, readable, present, rows, met, isMapped };
}

/** A rule and its result. */
export function traced(
  { path, line }: Pick<Place, 'path' | 'line'>,
  result: TracedRule['result'],
  rows: readonly Row[],
  { gives = [], because = null }: Partial<Pick<TracedRule, 'gives' | 'because'>> = {},
): TracedRule {
  const numbers = rows.map(({ row }) => row).sort((a, b) => a - b);
  return { path, line, result, rows: numbers, gives: [...new Set(gives)], because };
}

/** Why nothing came of these columns in these rows. */
export function emptyBecause(columns: readonly string[], rows: readonly Row[]): string {
  const empty = [...new Set(columns)].filter((column) => rows.some(({ fields }) => cell(fields, column) === ''));
  if (empty.length === 0) return 'nothing could be made of its cells';
  const names = empty.map((column) => `"${column}"`).join(' and ');
  return empty.length === 1 ? `the cell in ${names} is empty` : `the cells in ${names} are empty`;
}

/** `groups[2], line 14` */
export function placeText({ path, line }: Pick<Place, 'path' | 'line'>): string {
  return `${path}, line ${line}`;
}
