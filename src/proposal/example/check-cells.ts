import type { RawRow } from '../../sync/records/csv-rows.js';
import type { Finding } from '../finding.js';
import { proposePersonFields } from '../propose/person-fields.js';
import type { Described } from '../propose/described.js';
import { decisionOn, type Target } from '../propose/proposal.js';
import { columnsOf } from '../propose/unmapped.js';
import { dateFormatOf } from '../values/dates.js';
import { isDamaged, isScientific, traitsOf } from '../values/traits.js';
import { isSheetError } from '../../sync/records/sheet-error.js';

/** One column of the example, with where its cells stand. */
interface Column {
  readonly name: string;
  readonly cells: readonly { readonly row: number; readonly text: string }[];
}

/** Whether the cells are sensible. They are counted and placed by row, and never repeated. */
export function checkCells(
  header: RawRow,
  rows: readonly RawRow[],
  described: readonly Described[],
): readonly Finding[] {
  const whole = rows.filter((row) => isWhole(row, header.cells.length));
  const columns = header.cells.map((name, index) => ({
    name: name.trim(),
    cells: whole.map(({ row, cells }) => ({ row, text: (cells[index] ?? '').trim() })),
  }));
  const fields = proposePersonFields(described);
  const find = (target: Target) => {
    const [name] = columnsOf(decisionOn({ decisions: fields }, target).choice);
    return columns.find((column) => column.name === name);
  };
  return [
    ...shifted(header, rows),
    ...checkIds(find('externalId')),
    ...checkEmails(find('email')),
    ...columns.filter(({ name }) => name !== '').flatMap(checkColumn),
    ...differentDates(columns),
  ];
}

function isWhole({ cells, hasStrayQuote }: RawRow, width: number): boolean {
  return !hasStrayQuote && cells.length >= width && cells.slice(width).every((cell) => cell.trim() === '');
}

function shifted(header: RawRow, rows: readonly RawRow[]): readonly Finding[] {
  const width = header.cells.length;
  const stray = rows.filter((row) => row.hasStrayQuote);
  const few = rows.filter((row) => !row.hasStrayQuote && row.cells.length < width);
  const many = rows.filter((row) => !row.hasStrayQuote && row.cells.length > width && !isWhole(row, width));
  return [
    ...about(
      'wrong',
      null,
      few,
      (where) => `${where}: fewer cells than the header, so it is unknown which belongs where.`,
    ),
    ...about(
      'wrong',
      null,
      many,
      (where) => `${where}: more cells than the header. Put cells that hold the separator in double quotes.`,
    ),
    ...about(
      'wrong',
      null,
      stray,
      (where) => `${where}: a double quote inside a cell. Write it twice, or leave it out.`,
    ),
  ];
}

function checkIds(column: Column | undefined): readonly Finding[] {
  if (!column) return [];
  const { name, cells } = column;
  const seen = new Set<string>();
  const again = cells.filter(({ text }) => text !== '' && (seen.has(text) || !seen.add(text)));
  return [
    ...about(
      'wrong',
      name,
      cells.filter(({ text }) => text === ''),
      (where) => `${where}: the id is empty.`,
    ),
    ...about(
      'look',
      name,
      again,
      (where) =>
        `${where}: the id stood in a row above already. That is right only when one person may have several rows, as with two contracts.`,
    ),
  ];
}

function checkEmails(column: Column | undefined): readonly Finding[] {
  const odd = (column?.cells ?? []).filter(({ text }) => text !== '' && !traitsOf(text).includes('email'));
  return about('wrong', column?.name ?? null, odd, (where) => `${where}: this is no e-mail address.`);
}

function checkColumn({ name, cells }: Column): readonly Finding[] {
  const formats = new Set(cells.flatMap(({ text }) => dateFormatOf(text) ?? []));
  const where = (test: (text: string) => boolean) => cells.filter(({ text }) => test(text));
  return [
    ...about(
      'wrong',
      name,
      where(isScientific),
      (rows) =>
        `${rows}: a spreadsheet turned the number into its scientific notation (like 1.23E+05), and the last digits are lost. Format the column as text before typing or importing, and export again.`,
    ),
    ...about(
      'wrong',
      name,
      where(isDamaged),
      (rows) => `${rows}: letters with accents were damaged before delivery. Export the file as UTF-8.`,
    ),
    ...about(
      'wrong',
      name,
      where(isSheetError),
      (rows) => `${rows}: an error of a spreadsheet stands here instead of a value.`,
    ),
    ...(formats.size > 1
      ? [
          look(
            name,
            `The dates are written in ${formats.size} ways (${[...formats].sort().join(', ')}). Write all of them in one.`,
          ),
        ]
      : []),
  ];
}

function differentDates(columns: readonly Column[]): readonly Finding[] {
  const formats = new Map<string, string>();
  for (const { name, cells } of columns) {
    const own = new Set(cells.flatMap(({ text }) => dateFormatOf(text) ?? []));
    // Eight digits may be a number as well.
    const [format] = own;
    if (own.size === 1 && format !== undefined && format !== 'YYYYMMDD')
      formats.set(format, formats.get(format) ?? name);
  }
  if (formats.size < 2) return [];
  const named = [...formats].map(([format, name]) => `${format} in "${name}"`).join(', ');
  return [look(null, `Dates are written in several ways: ${named}. Write all of them in one, best as YYYY-MM-DD.`)];
}

const MOST_ROWS = 5;

function about(
  level: Finding['level'],
  column: string | null,
  rows: readonly { readonly row: number }[],
  text: (where: string) => string,
): readonly Finding[] {
  if (rows.length === 0) return [];
  const shown = rows
    .slice(0, MOST_ROWS)
    .map(({ row }) => row)
    .join(', ');
  const more = rows.length > MOST_ROWS ? ` and ${rows.length - MOST_ROWS} more` : '';
  return [{ level, column, text: text(`Row ${shown}${more}`) }];
}

function look(column: string | null, text: string): Finding {
  return { level: 'look', column, text };
}
