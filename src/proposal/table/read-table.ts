import { Buffer } from 'node:buffer';
import { CsvRows, type RawRow } from '../../sync/records/csv-rows.js';
import { detectDecoding, type Decoding, type Encoding } from '../../sync/records/encoding.js';
import { announcedSeparator, firstRow, sniffSeparator, type Separator } from '../../sync/records/separator.js';

/** What a file is taken to be, known as soon as its first row was read. */
export interface TableForm {
  readonly encoding: Encoding;
  readonly separator: Separator;
}

/** A file that somebody handed over, whole or in pieces. */
export type FileContent = string | Uint8Array | AsyncIterable<Uint8Array>;

/** Reads a file that is in memory, blank rows and all. @throws NotText, CutOff. */
export function readTable(content: string | Uint8Array): {
  readonly rows: readonly RawRow[];
  readonly form: TableForm;
} {
  const cutter = new TableCutter();
  const rows = [...cutter.push(bytesOf(content)), ...cutter.end()];
  return { rows, form: cutter.form };
}

/** The bytes of a file, piece by piece. */
export async function* tablePieces(content: FileContent): AsyncGenerator<Buffer> {
  if (typeof content === 'string' || content instanceof Uint8Array) yield bytesOf(content);
  else for await (const piece of content) yield bytesOf(piece);
}

/** As many bytes as tell the encoding and, nearly always, hold the header. */
const SAMPLE_BYTES = 65_536;

/**
 * Cuts bytes into rows as the sync itself does (`sync/records`), but asks for no column: nothing is known of this file yet.
 * Pushing and ending @throws NotText, CutOff.
 */
export class TableCutter {
  private decoding: Decoding | null = null;
  private separator: Separator = ',';
  private start: Buffer = Buffer.alloc(0);
  private csv: CsvRows | null = null;

  get form(): TableForm {
    return { encoding: this.decoding?.encoding ?? 'utf-8', separator: this.separator };
  }

  push(bytes: Buffer): readonly RawRow[] {
    if (this.csv !== null) return this.csv.push(this.decoding?.write(bytes) ?? '');
    this.start = Buffer.concat([this.start, bytes]);
    return this.start.length < SAMPLE_BYTES ? [] : this.begin();
  }

  end(): readonly RawRow[] {
    const rows = this.csv === null ? this.begin() : [];
    return [...rows, ...(this.csv?.push(this.decoding?.end() ?? '') ?? []), ...(this.csv?.end().rows ?? [])];
  }

  private begin(): readonly RawRow[] {
    this.decoding = detectDecoding(this.start);
    const text = this.decoding.write(this.start).replace(/^\ufeff/, '');
    const lineEnd = text.includes('\n') ? '\n' : text.includes('\r') ? '\r' : '\n';
    const header = firstRow(text.trimStart(), lineEnd);
    const announced = announcedSeparator(header);
    this.separator = announced ?? sniffSeparator(header, []);
    this.csv = new CsvRows(this.separator, lineEnd);
    const rows = this.csv.push(text);
    return announced === null ? rows : rows.slice(1);
  }
}

function bytesOf(content: string | Uint8Array): Buffer {
  if (typeof content === 'string') return Buffer.from(content);
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength);
}

/** Whether a row holds nothing but blanks. */
export function isBlankRow(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}
