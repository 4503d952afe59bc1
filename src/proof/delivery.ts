import Papa from 'papaparse';
import type { Fields } from '../sync/record.js';

/** One row about one person. `fields` is null for a row that cannot be read: its person is left as they are. */
export interface DeliveredRow {
  readonly xid: string;
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number;
  readonly fields: Fields | null;
}

const SEPARATORS = [',', ';', '\t', '|'];

/** The rows of a CSV file in UTF-8. A row that cannot be read names its person by counting cells from the left, from the right, and between. */
export function readDelivery(text: string, idColumn: string): readonly DeliveredRow[] {
  const lines = linesOf(text.replace(/^\ufeff/, ''));
  const [header = [], ...rest] = lines.map(({ cells }) => cells);
  const columns = header.map((name) => name.trim());
  const idAt = columns.indexOf(idColumn);
  return rest.flatMap((cells, index): readonly DeliveredRow[] => {
    const row = index + 2;
    if (cells.every((cell) => cell.trim() === '')) return [];
    const isStray = lines[index + 1]?.isStray === true;
    if (!isStray && cells.length >= columns.length && cells.slice(columns.length).every((cell) => cell.trim() === '')) {
      const xid = (cells[idAt] ?? '').trim();
      return xid === '' ? [] : [{ xid, row, fields: fieldsOf(columns, cells) }];
    }
    const xids = placesOfId(idAt, cells.length - columns.length)
      .map((place) => (cells[place] ?? '').trim())
      .filter((xid) => xid !== '');
    return [...new Set(xids)].map((xid) => ({ xid, row, fields: null }));
  });
}

/** Where the id of a row may stand that has so many cells more than the header; none where that is nearly anywhere. */
function placesOfId(idAt: number, more: number): readonly number[] {
  if (idAt === 0) return [0];
  const places = Array.from({ length: Math.abs(more) + 1 }, (_, index) => idAt + Math.sign(more) * index);
  const possible = places.filter((place) => place >= 0);
  return possible.length > 20 ? [] : possible;
}

/** The rows as a CSV file with these columns. A row without fields is written with its id and too few cells, so that nobody can read it. */
export function writeDelivery(columns: readonly string[], idColumn: string, rows: readonly DeliveredRow[]): string {
  const line = ({ xid, fields }: DeliveredRow): readonly string[] =>
    fields === null ? halfRow(columns, idColumn, xid) : columns.map((column) => fields[column] ?? '');
  return `${Papa.unparse([[...columns], ...rows.map((row) => [...line(row)])], { newline: '\r\n' })}\r\n`;
}

/** Ends behind the id. Where the id stands last, a cell before it is lacking. */
function halfRow(columns: readonly string[], idColumn: string, xid: string): readonly string[] {
  const idAt = columns.indexOf(idColumn);
  const before = idAt === columns.length - 1 ? idAt - 1 : idAt;
  return before < 0 ? [xid, 'x'] : [...Array.from({ length: before }, () => ''), xid];
}

function fieldsOf(columns: readonly string[], cells: readonly string[]): Fields {
  const fields: Record<string, string> = {};
  columns.forEach((column, index) => {
    if (column !== '' && !(column in fields)) fields[column] = cells[index] ?? '';
  });
  return fields;
}

interface Line {
  readonly cells: readonly string[];
  readonly isStray: boolean;
}

/** One line after the other; a cell in quotes may go on in the next. */
function linesOf(text: string): readonly Line[] {
  const physical = text.split(/\r\n|\n|\r/);
  if (physical.at(-1) === '') physical.pop();
  const delimiter = separatorOf(physical[0] ?? '');
  const lines: Line[] = [];
  let at = 0;
  while (at < physical.length) {
    let line = physical[at] ?? '';
    let next = at + 1;
    let read = parse(line, delimiter);
    while (read === 'open' && next < physical.length) {
      line += `\n${physical[next++]}`;
      read = parse(line, delimiter);
    }
    if (typeof read === 'string') {
      // Nobody knows where its cells end: its first line is given up, and reading starts afresh on the next.
      lines.push({ cells: (physical[at] ?? '').replaceAll('"', '').split(delimiter), isStray: true });
      at++;
    } else {
      lines.push({ cells: read, isStray: false });
      at = next;
    }
  }
  return lines;
}

function parse(line: string, delimiter: string): readonly string[] | 'open' | 'stray' {
  if (!line.includes('"')) return line.split(delimiter);
  const { data, errors } = Papa.parse<string[]>(line, { delimiter, newline: '\r' });
  if (errors.some(({ code }) => code === 'InvalidQuotes')) return 'stray';
  return errors.some(({ code }) => code === 'MissingQuotes') ? 'open' : (data[0] ?? []);
}

function separatorOf(header: string): string {
  const count = (separator: string) => header.split(separator).length;
  return SEPARATORS.reduce((best, next) => (count(next) > count(best) ? next : best));
}
