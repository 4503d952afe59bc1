import { SourceRejected } from '../../sync/records/errors.js';
import type { RawRow } from '../../sync/records/csv-rows.js';
import type { Audience } from '../../sync/person.js';
import type { Finding, Level } from '../finding.js';
import { profileTable } from '../profile/profile-columns.js';
import { describeColumns } from '../propose/described.js';
import { isBlankRow, readTable, type TableForm } from '../table/read-table.js';
import { looksLikeData } from '../table/looks-like-data.js';
import { checkCells } from './check-cells.js';
import { checkColumns } from './check-columns.js';
import { otherKindOf } from './kind-of-file.js';

/** What became of the check of an example record. */
export interface ExampleCheck {
  /** Nothing is wrong: the mapping can be made of it. */
  readonly usable: boolean;
  /** Rows below the header. */
  readonly rows: number;
  /** Names of the columns; none when the header is missing. */
  readonly columns: readonly string[];
  readonly findings: readonly Finding[];
}

export interface ExampleExpectations {
  /** How people are to be invited: whether an e-mail address or a UPN is needed. By default by e-mail. */
  readonly audiences?: readonly Audience[];
}

/**
 * Checks an example record of a row or two (timeline, week 1): can it be read, has it the columns that are needed, are its
 * values sensible. Says in plain words what is wrong and how to mend it, by columns and row numbers; never by a cell.
 * Never throws for what somebody delivered.
 */
export function checkExample(content: string | Uint8Array, expected: ExampleExpectations = {}): ExampleCheck {
  const other = typeof content === 'string' ? null : otherKindOf(content);
  if (other !== null) return unusable(`The file is ${other.what}, which cannot be read. ${other.instead}`);
  try {
    const { rows, form } = readTable(content);
    return checkRows(
      content,
      rows.filter(({ cells }) => !isBlankRow(cells)),
      form,
      expected,
    );
  } catch (error) {
    if (!(error instanceof SourceRejected)) throw error;
    return unusable(error.message.replace(' Nothing was changed.', ''));
  }
}

function checkRows(
  content: string | Uint8Array,
  rows: readonly RawRow[],
  form: TableForm,
  expected: ExampleExpectations,
): ExampleCheck {
  const [header, ...below] = rows;
  if (header === undefined) return unusable('The file is empty. Deliver a header and one or two employees.');
  const names = header.cells.map((name) => name.trim());
  if (isTitle(header, below, form))
    return unusable(
      'The first row looks like a title. Leave it out, so that the file begins with the names of the columns.',
      below.length,
    );
  if (isOneColumn(rows))
    return unusable(
      'Every row is a single cell: the columns are not separated. Separate them with a comma, a semicolon or a tab, and do not put a whole row in quotes.',
      below.length,
    );
  if (looksLikeData(names))
    return unusable(
      'The first row looks like an employee: the header is missing. Put the names of the columns into the first row.',
      rows.length,
    );
  if (below.length === 0) return unusable('There is a header and no employee below it. Add one or two.', 0, names);
  const described = describeColumns(profileTable(content).columns);
  const findings = [...checkColumns(names, described, expected), ...checkCells(header, below, described)];
  return result(below.length, names.filter(Boolean), [readable(below.length, names, form), ...findings]);
}

function isOneColumn(rows: readonly RawRow[]): boolean {
  return rows.every(({ cells }) => cells.filter((cell) => cell.trim() !== '').length <= 1);
}

/** One cell above rows of many. The title has misled the search for the separator, so every one of them is tried. */
function isTitle(header: RawRow, [next]: readonly RawRow[], { separator }: TableForm): boolean {
  if (next === undefined) return false;
  const [above, below] = [header, next].map(({ cells }) => cells.join(separator));
  return Object.keys(SEPARATOR_NAMES).some((each) => filledParts(above, each) === 1 && filledParts(below, each) > 2);
}

function filledParts(line: string | undefined, separator: string): number {
  return (line ?? '').split(separator).filter((part) => part.trim() !== '').length;
}

const SEPARATOR_NAMES = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' } as const;

function readable(rows: number, names: readonly string[], { encoding, separator }: TableForm): Finding {
  const text = `The file can be read: ${rows} row(s) of ${names.filter(Boolean).length} columns, separated by ${SEPARATOR_NAMES[separator]}, as ${encoding}.`;
  return { level: 'good', column: null, text };
}

function unusable(text: string, rows = 0, columns: readonly string[] = []): ExampleCheck {
  return result(rows, columns, [{ level: 'wrong', column: null, text }]);
}

const ORDER: readonly Level[] = ['wrong', 'look', 'good'];

function result(rows: number, columns: readonly string[], findings: readonly Finding[]): ExampleCheck {
  const sorted = [...findings].sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
  return { usable: !findings.some(({ level }) => level === 'wrong'), rows, columns, findings: sorted };
}
