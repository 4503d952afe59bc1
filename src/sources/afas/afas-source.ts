import { Readable } from 'node:stream';
import { csvLine } from '../../formats/csv-line.js';
import { SourceMoved, SourceWithoutRows } from '../api-errors.js';
import { SourceError } from '../errors.js';
import type { Delivery, Source, SourceReadOptions } from '../source.js';
import type { AfasRow } from './answers.js';
import { AfasClient, type AfasField, type Page } from './client.js';
import { cellsOf, columnsOf } from './csv.js';
import { UnknownField } from './errors.js';
import { keyOf, rowsOf } from './paging.js';
import { checkAfasSettings, DEFAULT_TAKE, type AfasSettings } from './settings.js';

/**
 * A GetConnector of AFAS Profit, read whole as if it were a CSV file that somebody delivers at the moment of reading.
 * @throws RangeError for settings that can never work, UnusableToken.
 */
export function createAfasSource(settings: AfasSettings): Source {
  checkAfasSettings(settings);
  return new AfasSource(settings, new AfasClient(settings));
}

/** The fields of the connector with their labels, for proposing a mapping. @throws SourceError */
export async function readAfasFields(settings: AfasSettings, signal?: AbortSignal): Promise<readonly AfasField[]> {
  const client = new AfasClient(settings);
  return client.fields(signal).finally(() => client.close());
}

export interface AfasFirstPage {
  readonly rows: number;
  readonly columns: readonly string[];
}

/** Asks for the first page alone: whether the connection works. @throws SourceError */
export async function readAfasFirstPage(
  settings: AfasSettings,
  options: SourceReadOptions = {},
): Promise<AfasFirstPage> {
  checkAfasSettings(settings);
  const source = new AfasSource(settings, new AfasClient(settings));
  try {
    const { page, columns } = await source.firstPage(options);
    return { rows: page.rows.length, columns };
  } finally {
    await source.close();
  }
}

class AfasSource implements Source {
  private readonly take: number;

  constructor(
    private readonly settings: AfasSettings,
    private readonly client: AfasClient,
  ) {
    this.take = settings.take ?? DEFAULT_TAKE;
  }

  async newest(options: SourceReadOptions = {}): Promise<Delivery> {
    const modifiedAt = new Date();
    const { page, columns } = await this.firstPage(options);
    return {
      name: `${this.settings.connector}.csv`,
      size: null,
      modifiedAt,
      content: this.content(page, columns, options),
      archive: () => Promise.resolve(false),
    };
  }

  close(): Promise<void> {
    return this.client.close();
  }

  /** The data first: a connection that does not work is told of by the question that matters. */
  async firstPage({ onProgress, signal }: SourceReadOptions): Promise<{ page: Page; columns: readonly string[] }> {
    const { connector, keyField } = this.settings;
    onProgress?.(`asking ${this.client.address} for the connector ${connector}`);
    const page = await this.client.page(0, this.take, signal);
    if (page.rows.length === 0) throw new SourceWithoutRows(this.client.address, `the connector "${connector}"`);
    const columns = columnsOf(page.rows, await this.fieldsIfAllowed(signal));
    if (!columns.includes(keyField)) throw new UnknownField(connector, keyField, columns);
    return { page, columns };
  }

  /** Only their order is wanted, so nothing depends on it. */
  private async fieldsIfAllowed(signal?: AbortSignal): Promise<readonly AfasField[] | null> {
    return this.client.fields(signal).catch((error: unknown) => {
      if (error instanceof SourceError) return null;
      throw error;
    });
  }

  private content(first: Page, columns: readonly string[], options: SourceReadOptions): Readable {
    return Readable.from(this.chunks(first, columns, options), { objectMode: false, signal: options.signal });
  }

  /** A page at a time, so memory does not grow with the connector. The header goes with the first one. */
  private async *chunks(
    first: Page,
    columns: readonly string[],
    { onProgress, signal }: SourceReadOptions,
  ): AsyncGenerator<Buffer> {
    const read = (skip: number) => this.client.page(skip, this.take, signal);
    let header = csvLine(columns);
    let count = 0;
    for await (const rows of rowsOf(read, first, this.settings.keyField)) {
      count += rows.length;
      onProgress?.(`read ${count} rows of the connector ${this.settings.connector}`);
      yield Buffer.from(header + this.linesOf(rows, columns), 'utf8');
      header = '';
    }
  }

  /** Rows of one key have no order of their own in AFAS; here they have one, so that the same rows are the same file. */
  private linesOf(rows: readonly AfasRow[], columns: readonly string[]): string {
    const known = new Set(columns);
    const lines: string[] = [];
    let run: string[] = [];
    let last: string | null = null;
    for (const row of rows) {
      if (Object.keys(row).some((field) => !known.has(field))) {
        throw new SourceMoved('the connector got another field meanwhile', this.settings.keyField);
      }
      const key = keyOf(row, this.settings.keyField);
      if (key !== last) {
        lines.push(...run.sort());
        run = [];
      }
      run.push(csvLine(cellsOf(row, columns)));
      last = key;
    }
    return [...lines, ...run.sort()].join('');
  }
}
