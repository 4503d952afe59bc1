import { toXid, type Xid } from '../ids.js';
import type { Warning } from '../person.js';
import type { EmployeeRecord, Fields } from '../record.js';
import type { RawRow } from './csv-rows.js';
import type { Header } from './header.js';
import { isSheetError } from './sheet-error.js';
import type { WarningLog } from './warnings.js';

/** Makes records of rows, and warnings of rows that are no records. */
export class RecordMaker {
  /** Rows met that are not blank. */
  rows = 0;
  unreadable = 0;
  withoutId = 0;
  damaged = 0;
  /** Set when a damaged letter was seen anywhere: only then is every cell looked at. */
  looksForDamage = false;
  private readonly idIndex: number;

  constructor(
    readonly header: Header,
    private readonly options: { readonly idColumn: string },
    private readonly warnings: WarningLog,
  ) {
    this.idIndex = header.cells.find(({ column }) => column === options.idColumn)?.index ?? 0;
  }

  /** One record; none for a blank row or one without an id; for an unreadable row one for each id that it may be about. */
  make(raw: RawRow): readonly EmployeeRecord[] {
    const { row, cells } = raw;
    if (cells.every(isBlank)) return [];
    this.rows++;
    const fault = this.faultOf(raw);
    if (fault !== null) return this.unreadableRow(raw, fault);
    if (isBlank(cells[this.idIndex])) return this.rowWithoutId(row, 'empty_id', 'has no');
    if (isTooLong(cells[this.idIndex])) return this.rowWithoutId(row, 'long_id', 'has more than 255 characters as its');
    if (isError(cells[this.idIndex])) return this.rowWithoutId(row, 'error_id', 'has an error of a spreadsheet as its');
    const xid = toXid(cells[this.idIndex] ?? '');
    if (this.looksForDamage) this.warnOfDamage(raw, xid);
    return [{ xid, row, fields: this.fieldsOf(cells) }];
  }

  /** Separators at the end of a line make empty cells too many, which is no mistake. */
  private faultOf({ cells, hasStrayQuote }: RawRow): readonly [string, string] | null {
    const { width } = this.header;
    if (hasStrayQuote) return ['stray_quote', 'has a double quote inside a cell. Write it twice, or leave it out'];
    if (cells.length < width) return ['too_few_fields', `has ${cells.length} cells, and the header has ${width}`];
    if (cells.slice(width).every(isBlank)) return null;
    return [
      'too_many_fields',
      `has ${cells.length} cells, and the header has ${width}. Put cells that hold the separator in quotes`,
    ];
  }

  private unreadableRow({ row, cells }: RawRow, [code, text]: readonly [string, string]): readonly EmployeeRecord[] {
    const xids = this.possibleXids(cells);
    if (xids.length === 0) this.withoutId++;
    else this.unreadable++;
    const [xid = null] = xids;
    this.warn({
      code,
      xid,
      rows: [row],
      column: null,
      text: `Row ${row} ${text}. The row was not used, and nobody is removed for it.`,
    });
    return xids.map((possible) => ({ xid: possible, row, fields: null }));
  }

  /**
   * A row that lost or gained cells names its person where counting from the left or from the right says, or between the two,
   * where cells came in on both sides. A row in which that may be nearly anywhere names nobody.
   */
  private possibleXids(cells: readonly string[]): readonly Xid[] {
    const fromRight = cells.length - (this.header.width - this.idIndex);
    const last = this.idIndex === 0 ? 0 : Math.max(this.idIndex, fromRight);
    const first = this.idIndex === 0 ? 0 : Math.max(0, Math.min(this.idIndex, fromRight));
    if (last - first >= MOST_PLACES) return [];
    const places = cells.slice(first, last + 1);
    const texts = (fromRight < this.idIndex ? places.reverse() : places)
      .map((cell) => cell.trim())
      .filter((text) => text !== '' && !isTooLong(text) && !isError(text));
    return [...new Set(texts)].map(toXid);
  }

  private rowWithoutId(row: number, code: string, what: string): readonly EmployeeRecord[] {
    this.withoutId++;
    const column = this.options.idColumn;
    this.warn({
      code,
      xid: null,
      rows: [row],
      column,
      text: `Row ${row} ${what} "${column}". The row was not used.`,
    });
    return [];
  }

  private warnOfDamage({ row, cells }: RawRow, xid: Xid): void {
    if (this.header.cells.some(({ index }) => cells[index]?.includes('\ufffd'))) this.damaged++;
    for (const { column, index } of this.header.cells) {
      if (!cells[index]?.includes('\ufffd')) continue;
      const text = `Row ${row} has letters in "${column}" that were damaged before delivery. Export the file as UTF-8.`;
      this.warn({ code: 'damaged_text', xid, rows: [row], column, text });
    }
  }

  private fieldsOf(cells: readonly string[]): Fields {
    const fields: Record<string, string> = {};
    for (const { column, index } of this.header.cells) fields[column] = cells[index] ?? '';
    return fields;
  }

  private warn(warning: Warning): void {
    this.warnings.add(warning);
  }
}

/** Places in a row at which its id may stand. */
const MOST_PLACES = 20;

/** No HR system has such ids; it is another column, or a row gone wrong. */
const LONGEST_ID = 255;

function isTooLong(cell: string | undefined): boolean {
  return (cell?.trim().length ?? 0) > LONGEST_ID;
}

/** Everybody whose id could not be looked up would be one person of this name. */
function isError(cell: string | undefined): boolean {
  return isSheetError(cell?.trim() ?? '');
}

function isBlank(cell: string | undefined): boolean {
  return cell === undefined || cell.trim() === '';
}
