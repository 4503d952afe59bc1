import type { EmployeeRecord } from '../record.js';
import { CsvRows, type RawRow } from './csv-rows.js';
import { detectDecoding, type Decoding, type Encoding } from './encoding.js';
import { CutOff, EmptySource } from './errors.js';
import { readHeader, type Header } from './header.js';
import { RecordMaker } from './record-maker.js';
import { announcedSeparator, firstRow, sniffSeparator, type Separator } from './separator.js';
import { WarningLog } from './warnings.js';

export interface ReadOptions {
  /** The column of the XID. */
  readonly idColumn: string;
  /** Every column that the mapping reads (`columnsRead`). */
  readonly requiredColumns: readonly string[];
  /** Records in one chunk, 1,000 by default. */
  readonly chunkSize?: number;
  /** Warnings kept whole, 1,000 by default; the others are counted. */
  readonly keptWarnings?: number;
}

/** What became known of the file; complete when its last chunk was taken. */
export interface ReadSummary {
  readonly encoding: Encoding;
  readonly separator: Separator;
  /** In the order of the header. */
  readonly columns: readonly string[];
  /** Rows below the header, without blank ones. */
  readonly rows: number;
  /** Of these, rows that could not be read, and rows without an id. */
  readonly unreadable: number;
  readonly withoutId: number;
  /** Rows with letters that were lost before delivery. */
  readonly damaged: number;
}

/**
 * Reads a delivery once, from beginning to end, as a stream: UTF-8 (with or without a mark), UTF-16 or cp1252; separated by
 * comma, semicolon, tab or bar. Bad rows are warned of by number and never stop the others.
 * Iterating @throws EmptySource, CutOff, MissingColumn, DoubledColumn, NotText, and whatever the stream throws. A CutOff
 * comes after chunks were given out: what was made of them must be thrown away.
 */
export function readRecords(stream: AsyncIterable<Uint8Array>, options: ReadOptions): RecordReading {
  return new RecordReading(stream, options);
}

/** Kilobytes of the beginning by which encoding, separator and line ends are told. */
const SAMPLE_BYTES = 4_096;
const LONGEST_HEADER = 1_000_000;

export class RecordReading implements AsyncIterable<readonly EmployeeRecord[]> {
  readonly warnings: WarningLog;
  private decoding: Decoding | null = null;
  private separator: Separator = ',';
  private maker: RecordMaker | null = null;
  private csv: CsvRows | null = null;
  private text = '';
  private damaged = false;

  constructor(
    private readonly stream: AsyncIterable<Uint8Array>,
    private readonly options: ReadOptions,
  ) {
    this.warnings = new WarningLog(options.keptWarnings);
  }

  get summary(): ReadSummary {
    return {
      encoding: this.decoding?.encoding ?? 'utf-8',
      separator: this.separator,
      columns: this.maker?.header.columns ?? [],
      rows: this.maker?.rows ?? 0,
      unreadable: this.maker?.unreadable ?? 0,
      withoutId: this.maker?.withoutId ?? 0,
      damaged: this.maker?.damaged ?? 0,
    };
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly EmployeeRecord[]> {
    const size = this.options.chunkSize ?? 1_000;
    let chunk: EmployeeRecord[] = [];
    for await (const rows of this.rows()) {
      for (const row of rows) {
        this.take(row, chunk);
        if (chunk.length < size) continue;
        yield chunk;
        chunk = [];
      }
    }
    if (this.maker === null) throw new EmptySource('nothing');
    if (this.maker.rows === 0) throw new EmptySource('only a header');
    if (chunk.length > 0) yield chunk;
  }

  /** The first row that is not blank is the header. */
  private take(row: RawRow, chunk: EmployeeRecord[]): void {
    if (this.maker !== null) {
      this.maker.looksForDamage = this.damaged;
      chunk.push(...this.maker.make(row));
    } else if (row.cells.some((cell) => cell.trim() !== '')) {
      this.maker = new RecordMaker(this.header(row), this.options, this.warnings);
    }
  }

  private header(row: RawRow): Header {
    const header = readHeader(row.cells, [...new Set([this.options.idColumn, ...this.options.requiredColumns])]);
    for (const warning of header.warnings) this.warnings.add(warning);
    return header;
  }

  private async *rows(): AsyncGenerator<readonly RawRow[]> {
    for await (const bytes of withStart(this.stream, SAMPLE_BYTES)) {
      this.decoding ??= detectDecoding(bytes);
      yield this.rowsOf(this.decoding.write(bytes));
    }
    yield this.rowsOf(this.decoding?.end() ?? '');
    if (this.csv === null) yield this.start();
    const { rows, endsInRow } = this.csv?.end() ?? { rows: [], endsInRow: false };
    this.refuseHalfRow(endsInRow ? rows.at(-1) : undefined);
    yield rows;
  }

  private rowsOf(decoded: string): readonly RawRow[] {
    // Postgres stores no NUL in a text.
    const text = decoded.includes('\0') ? decoded.replaceAll('\0', '\ufffd') : decoded;
    this.damaged ||= text.includes('\ufffd');
    if (this.csv !== null) return this.csv.push(text);
    this.text += text;
    return /[^\s][^\r\n]*[\r\n]/.test(this.text) || this.text.length > LONGEST_HEADER ? this.start() : [];
  }

  /** Begins when the header line is there. */
  private start(): readonly RawRow[] {
    const text = this.text.replace(/^\ufeff/, '');
    const lineEnd = text.includes('\n') ? '\n' : text.includes('\r') ? '\r' : '\n';
    const header = firstRow(text.trimStart(), lineEnd);
    const announced = announcedSeparator(header);
    this.separator = announced ?? sniffSeparator(header, [this.options.idColumn, ...this.options.requiredColumns]);
    this.csv = new CsvRows(this.separator, lineEnd);
    this.text = '';
    const rows = this.csv.push(text);
    return announced === null ? rows : rows.slice(1);
  }

  /** A last row without a line end and with too few cells is one that broke off. */
  private refuseHalfRow(last: RawRow | undefined): void {
    if (last && this.maker && last.cells.length < this.maker.header.width) throw new CutOff(last.row, 'row');
  }
}

/** The same bytes, with at least `size` of them in the first piece when there are that many. */
async function* withStart(stream: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let start: Buffer | null = Buffer.alloc(0);
  for await (const piece of stream) {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    if (start === null) yield bytes;
    else {
      start = Buffer.concat([start, bytes]);
      if (start.length < size) continue;
      yield start;
      start = null;
    }
  }
  if (start !== null && start.length > 0) yield start;
}
