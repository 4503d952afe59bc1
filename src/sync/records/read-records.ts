import type { EmployeeRecord } from '../record.js';
import { CsvRows, type RawRow } from './csv-rows.js';
import { detectDecoding, type Decoding, type Encoding } from './encoding.js';
import { CutOff, EmptySource } from './errors.js';
import { readHeader, type Header } from './header.js';
import type { KnownRows, LineReading } from './known-rows.js';
import { LineRows } from './line-rows.js';
import { RecordMaker } from './record-maker.js';
import { Beginning } from './beginning.js';
import { announcedSeparator, sniffSeparator, type Separator } from './separator.js';
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
  /** Rows of the last delivery: those whose line is known are not read again and not given out. */
  readonly known?: KnownRows;
}

/** A record that was read, with the hash of its line where it is to be recognised by it next time. */
export interface ReadRecord extends EmployeeRecord {
  readonly line?: Int32Array;
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

export class RecordReading implements AsyncIterable<readonly ReadRecord[]> {
  readonly warnings: WarningLog;
  private decoding: Decoding | null = null;
  private separator: Separator = ',';
  private maker: RecordMaker | null = null;
  private header: readonly string[] = [];
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

  /** How the lines of this delivery were read; null before its header is known. */
  get lineReading(): LineReading | null {
    if (this.maker === null) return null;
    const { encoding, separator } = this.summary;
    return { encoding, separator, idColumn: this.options.idColumn, header: this.header };
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly ReadRecord[]> {
    const size = this.options.chunkSize ?? 1_000;
    let chunk: ReadRecord[] = [];
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
  private take(row: RawRow, chunk: ReadRecord[]): void {
    if (this.maker === null) {
      if (row.cells.some((cell) => cell.trim() !== '')) this.begin(row);
      return;
    }
    this.maker.looksForDamage = this.damaged;
    const records = this.maker.make(row);
    const [first] = records;
    const { line } = row;
    if (line === null || first === undefined || first.fields === null || this.isDamaged(row)) chunk.push(...records);
    else chunk.push({ ...first, line });
  }

  /** What is warned of is warned of every day, so it is read every day. */
  private isDamaged({ cells }: RawRow): boolean {
    return this.damaged && cells.some((cell) => cell.includes('\ufffd'));
  }

  private begin({ cells }: RawRow): void {
    const { idColumn, requiredColumns } = this.options;
    const header: Header = readHeader(cells, [...new Set([idColumn, ...requiredColumns])]);
    for (const warning of header.warnings) this.warnings.add(warning);
    this.header = cells;
    this.maker = new RecordMaker(header, this.options, this.warnings);
  }

  private async *rows(): AsyncGenerator<readonly RawRow[]> {
    let beginning: Beginning | null = null;
    let cutter: Cutter | null = null;
    for await (const bytes of withStart(this.stream, SAMPLE_BYTES)) {
      if (cutter !== null) {
        yield cutter.push(bytes);
        continue;
      }
      beginning ??= new Beginning(bytes);
      if (!beginning.add(bytes)) continue;
      cutter = this.cutterFor(beginning);
      yield cutter.first(beginning.bytes());
    }
    if (cutter === null) {
      beginning ??= new Beginning(Buffer.alloc(0));
      cutter = this.cutterFor(beginning);
      yield cutter.first(beginning.bytes());
    }
    const { rows, endsInRow } = cutter.end();
    this.refuseHalfRow(endsInRow ? rows.at(-1) : undefined);
    yield rows;
  }

  /** Text of one byte for a line end is cut as bytes, so that known lines need not be decoded; other text is decoded first. */
  private cutterFor(beginning: Beginning): Cutter {
    const { lineEnd, header } = beginning;
    const announced = announcedSeparator(header);
    this.separator = announced ?? sniffSeparator(header, [this.options.idColumn, ...this.options.requiredColumns]);
    const decoding = detectDecoding(beginning.bytes());
    this.decoding = decoding;
    const csv = new CsvRows(this.separator, lineEnd);
    const toText = this.textOf(decoding);
    const isWide = decoding.encoding === 'utf-16le' || decoding.encoding === 'utf-16be';
    const cutter = isWide || lineEnd === '\r' ? textCutter(csv, toText) : this.lineCutter(csv, decoding, toText);
    const first = (bytes: Buffer) => cutter.push(bytes).slice(announced === null ? 0 : 1);
    return {
      first,
      push: cutter.push,
      end: () => {
        const rest = [...cutter.end(), ...csv.push(toText(null))];
        const { rows, endsInRow } = csv.end();
        return { rows: [...rest, ...rows], endsInRow };
      },
    };
  }

  private lineCutter(csv: CsvRows, decoding: Decoding, toText: (bytes: Buffer) => string) {
    const { known } = this.options;
    const lines = new LineRows(csv, {
      seed: known?.seed ?? null,
      look: (bytes) => decoding.look(bytes),
      decode: toText,
      looksUp: () => known !== undefined && this.meansTheSame(known.reading, decoding),
      knows: (line) => {
        if (known?.sawLine(line) !== true) return false;
        if (this.maker !== null) this.maker.rows += 1;
        return true;
      },
    });
    return { push: (bytes: Buffer) => lines.push(bytes), end: () => lines.end() };
  }

  /** Letters outside ASCII are the same only in the same encoding; before the first of them, every line is. */
  private meansTheSame(last: LineReading | null, { encoding, isDecided }: Decoding): boolean {
    if (last === null || this.maker === null || (isDecided && encoding !== last.encoding)) return false;
    const sameCells = last.header.length === this.header.length;
    return (
      sameCells &&
      last.separator === this.separator &&
      last.idColumn === this.options.idColumn &&
      last.header.every((cell, index) => cell === this.header[index])
    );
  }

  /** Decodes, without a mark at the beginning; null: what is left at the end. Postgres stores no NUL in a text. */
  private textOf(decoding: Decoding): (bytes: Buffer | null) => string {
    let isFirst = true;
    return (bytes) => {
      const decoded = bytes === null ? decoding.end() : decoding.write(bytes);
      let text = decoded.includes('\0') ? decoded.replaceAll('\0', '\ufffd') : decoded;
      this.damaged ||= text.includes('\ufffd');
      if (isFirst && text !== '') {
        text = text.replace(/^\ufeff/, '');
        isFirst = false;
      }
      return text;
    };
  }

  /** A last row without a line end and with too few cells is one that broke off. */
  private refuseHalfRow(last: RawRow | undefined): void {
    if (last && this.maker && last.cells.length < this.maker.header.width) throw new CutOff(last.row, 'row');
  }
}

/** Cuts a delivery into rows, piece by piece; `first` takes what `Beginning` had gathered. */
interface Cutter {
  first(bytes: Buffer): readonly RawRow[];
  push(bytes: Buffer): readonly RawRow[];
  end(): { readonly rows: readonly RawRow[]; readonly endsInRow: boolean };
}

function textCutter(csv: CsvRows, toText: (bytes: Buffer) => string) {
  return { push: (bytes: Buffer) => csv.push(toText(bytes)), end: (): readonly RawRow[] => [] };
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
