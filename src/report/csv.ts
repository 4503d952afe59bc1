import Papa from 'papaparse';
import type { ReportedChange, ReportedWarning } from './run-report.js';

/** Spreadsheets read a file without this mark in an old alphabet of their own. Put before what is written to a file. */
export const BYTE_ORDER_MARK = '\ufeff';

const CHANGES = [
  'number',
  'kind',
  'status',
  'xid',
  'person',
  'change',
  'why',
  'rule',
  'line',
  'rows',
  'guard',
  'decided by',
  'problem',
];
const WARNINGS = ['stage', 'code', 'rows', 'column', 'xid', 'text'];

/** Lines for a page of changes; the first page `withHeader`. Each line ends with a line break. */
export function changesCsv(changes: readonly ReportedChange[], withHeader: boolean): string {
  const rows = changes.map((change) => [
    change.seq,
    change.kind,
    change.status,
    change.xid,
    change.person,
    change.what,
    change.why,
    change.rule,
    change.line,
    change.rows.join(' '),
    change.guard,
    change.decidedBy,
    change.problem,
  ]);
  return lines(withHeader ? [CHANGES, ...rows] : rows);
}

export function warningsCsv(warnings: readonly ReportedWarning[]): string {
  const rows = warnings.map(({ stage, code, rows, column, xid, text }) => [
    stage,
    code,
    rows.join(' '),
    column,
    xid,
    text,
  ]);
  return lines([WARNINGS, ...rows]);
}

/** A cell that a spreadsheet would run as a formula is told to be text, with a leading apostrophe. */
function lines(rows: readonly (readonly (string | number | null)[])[]): string {
  if (rows.length === 0) return '';
  return `${Papa.unparse(
    rows.map((row) => [...row]),
    { escapeFormulae: true, newline: '\r\n' },
  )}\r\n`;
}
