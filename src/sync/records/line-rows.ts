import type { CsvRows, RawRow } from './csv-rows.js';
import { hashLine, HASH_WORDS } from './line-hash.js';

/** What a reader of lines asks of whoever knows the file. */
export interface LineReader {
  /** null: lines are not hashed. */
  readonly seed: number | null;
  /** Looks at bytes before any of them is decoded. */
  look(bytes: Buffer): void;
  /** Whole lines; at the end what is left of one. */
  decode(bytes: Buffer): string;
  /** Whether lines are looked up at all: not before the header is known, and only where lines mean the same as last time. */
  looksUp(): boolean;
  /** Whether the row of this line is known. Then it counts as read. The hash is good only during the call. */
  knows(line: Int32Array): boolean;
}

const LINE_END = 0x0a;
const QUOTE = 0x22;
/** A line longer than this is longer than any row can be, whatever its letters: the parser refuses it. */
const LONGEST_LINE = 4_000_000;
/** Hashing reads a few words beyond the end of a line. */
const BEYOND = 32;

/**
 * Cuts bytes of an encoding in which a line end is one byte into rows. A line that is known is passed over as it stands; all
 * others are decoded and parsed, as many at once as stand together. Only where a row begins is a line looked up: within
 * quotes, the same letters may mean anything.
 */
export class LineRows {
  private block = Buffer.allocUnsafeSlow(64 * 1024);
  private words = new Int32Array(this.block.buffer);
  private filled = 0;
  private quoteAt = -1;
  /** Lines to be parsed: where the first begins, and the hash of each. */
  private from = 0;
  private lines = 0;
  private hashes = new Int32Array(HASH_WORDS * 256);
  private readonly hash = new Int32Array(HASH_WORDS);

  constructor(
    private readonly csv: CsvRows,
    private readonly reader: LineReader,
  ) {}

  /** @throws CutOff when a quote, or a line, stays open for longer than any row can be. */
  push(piece: Buffer): readonly RawRow[] {
    if (piece.length === 0) return [];
    this.take(piece);
    this.reader.look(this.block.subarray(0, this.filled));
    const rows: RawRow[] = [];
    const end = this.block.lastIndexOf(LINE_END, this.filled - 1) + 1;
    const rest = this.reader.seed === null ? this.all(end, rows) : this.cut(end, rows);
    this.block.copyWithin(0, rest, this.filled);
    this.filled -= rest;
    // Gathered to its end, it would be copied once for every piece.
    if (this.filled > LONGEST_LINE) this.end();
    return rows;
  }

  /** The last line, which has no end, goes to the parser; what it makes of it is asked of it by the caller. */
  end(): readonly RawRow[] {
    return this.csv.push(this.reader.decode(this.block.subarray(0, this.filled)));
  }

  private take(piece: Buffer): void {
    const needed = this.filled + piece.length + BEYOND;
    if (needed > this.block.length) {
      const before = this.block;
      this.block = Buffer.allocUnsafeSlow(Math.ceil(needed / 65_536) * 65_536);
      this.words = new Int32Array(this.block.buffer);
      before.copy(this.block, 0, 0, this.filled);
    }
    piece.copy(this.block, this.filled);
    this.filled += piece.length;
  }

  private all(end: number, rows: RawRow[]): number {
    this.parse(0, end, rows);
    return end;
  }

  private cut(end: number, rows: RawRow[]): number {
    const looksUp = this.reader.looksUp();
    this.quoteAt = -1;
    let at = this.closeRow(0, end, rows);
    this.from = at;
    while (at < end) {
      const lineEnd = this.block.indexOf(LINE_END, at);
      hashLine(this.words, at, lineEnd, this.reader.seed ?? 0, this.hash);
      if (looksUp && this.reader.knows(this.hash)) {
        this.flush(at, rows);
        this.csv.skip();
        this.from = at = lineEnd + 1;
        continue;
      }
      this.await(this.hash);
      // Where every row is parsed anyway, nothing depends on where this one ends.
      const next = lineEnd + 1;
      if (looksUp && this.hasQuote(at, lineEnd)) {
        this.flush(next, rows);
        this.from = at = this.closeRow(next, end, rows);
      } else at = next;
    }
    this.flush(at, rows);
    return at;
  }

  /** While a quote is open: up to the line that may close it. Answers where the next row begins. */
  private closeRow(start: number, end: number, rows: RawRow[]): number {
    let at = start;
    while (this.csv.isInRow && at < end) {
      const quote = this.block.indexOf(QUOTE, at);
      const next = quote < 0 || quote >= end ? end : this.block.indexOf(LINE_END, quote) + 1;
      this.parse(at, next, rows);
      at = next;
    }
    return at;
  }

  private hasQuote(from: number, to: number): boolean {
    if (this.quoteAt < from) {
      const found = this.block.indexOf(QUOTE, from);
      this.quoteAt = found < 0 ? Infinity : found;
    }
    return this.quoteAt < to;
  }

  private await(hash: Int32Array): void {
    const at = this.lines * HASH_WORDS;
    if (at === this.hashes.length) {
      const before = this.hashes;
      this.hashes = new Int32Array(at * 2);
      this.hashes.set(before);
    }
    this.hashes.set(hash, at);
    this.lines += 1;
  }

  private flush(to: number, rows: RawRow[]): void {
    if (this.lines === 0) return;
    const first = rows.length;
    this.parse(this.from, to, rows);
    let line = 0;
    const isOneEach = rows.length - first === this.lines;
    for (let index = first; index < rows.length; index += 1) {
      const row = rows[index];
      if (row === undefined) break;
      const lines = isOneEach ? 1 : linesOf(row);
      if (lines === 1) row.line = this.hashes.slice(line * HASH_WORDS, (line + 1) * HASH_WORDS);
      line += lines;
    }
    this.lines = 0;
  }

  private parse(from: number, to: number, rows: RawRow[]): void {
    if (from === to) return;
    for (const row of this.csv.push(this.reader.decode(this.block.subarray(from, to)))) rows.push(row);
  }
}

/** Line ends within quotes are kept in the cells. */
function linesOf({ cells }: RawRow): number {
  return cells.reduce((lines, cell) => lines + cell.split('\n').length - 1, 1);
}
