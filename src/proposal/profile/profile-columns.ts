import { EmptySource } from '../../sync/records/errors.js';
import { foldName } from '../names/fold.js';
import { HeaderMissing } from '../table/header-missing.js';
import { looksLikeData } from '../table/looks-like-data.js';
import {
  isBlankRow,
  readTable,
  TableCutter,
  tablePieces,
  type FileContent,
  type TableForm,
} from '../table/read-table.js';
import type { RawRow } from '../../sync/records/csv-rows.js';
import { ColumnTally } from './column-tally.js';
import type { FileProfile } from './profile.js';

export interface ProfileOptions {
  /** Names and codes of the overview (`namesIn`): these may be named wherever they stand. */
  readonly names?: Iterable<string>;
  /** Labels of columns, as a real-time connection knows them: column to label. */
  readonly labels?: ReadonlyMap<string, string>;
}

/**
 * Describes the columns of a file in one reading, with the memory of a few megabytes for each column, whatever its size.
 * Of the cells only those are named that `may-name.ts` allows.
 * @throws HeaderMissing, EmptySource, CutOff, NotText, and whatever the stream throws.
 */
export async function profileColumns(content: FileContent, options: ProfileOptions = {}): Promise<FileProfile> {
  const cutter = new TableCutter();
  const tallies = new Tallies(options);
  for await (const piece of tablePieces(content)) for (const row of cutter.push(piece)) tallies.add(row);
  for (const row of cutter.end()) tallies.add(row);
  return tallies.profile(cutter.form);
}

/** The same of a file that is in memory. @throws HeaderMissing, EmptySource, CutOff, NotText. */
export function profileTable(content: string | Uint8Array, options: ProfileOptions = {}): FileProfile {
  const { rows, form } = readTable(content);
  const tallies = new Tallies(options);
  for (const row of rows) tallies.add(row);
  return tallies.profile(form);
}

class Tallies {
  private rows = 0;
  private unreadable = 0;
  private width: number | null = null;
  private columns: readonly { readonly index: number; readonly tally: ColumnTally }[] = [];

  constructor(private readonly options: ProfileOptions) {}

  add({ cells, hasStrayQuote }: RawRow): void {
    if (isBlankRow(cells)) return;
    if (this.width === null) return this.begin(cells);
    this.rows++;
    if (hasStrayQuote || cells.length < this.width || !isBlankRow(cells.slice(this.width))) {
      this.unreadable++;
      return;
    }
    for (const { index, tally } of this.columns) tally.add(cells[index] ?? '');
  }

  /** @throws EmptySource when there was no header. */
  profile(form: TableForm): FileProfile {
    if (this.width === null) throw new EmptySource('nothing');
    const rows = this.rows - this.unreadable;
    return {
      ...form,
      rows,
      unreadable: this.unreadable,
      columns: this.columns.map(({ tally }) => tally.profile(rows)),
    };
  }

  private begin(header: readonly string[]): void {
    if (looksLikeData(header)) throw new HeaderMissing();
    const names = header.map((name) => name.trim());
    const known = new Set([...(this.options.names ?? [])].map(foldName));
    this.width = names.length;
    this.columns = names.flatMap((name, index) => {
      if (name === '' || names.indexOf(name) !== index) return [];
      const isDoubled = names.lastIndexOf(name) !== index;
      const label = this.options.labels?.get(name) ?? name;
      return [{ index, tally: new ColumnTally(name, isDoubled, label, known) }];
    });
  }
}
