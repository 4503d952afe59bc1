import { HASH_WORDS } from './line-hash.js';

/** A row by its place in a list. */
export type Entry = number;

/** What a row is that could not be read, in place of a hash. */
const UNREADABLE = 'unreadable';
const AS_HASH = 'f'.repeat(32);
const HASH_BYTES = HASH_WORDS * 4;
const NO_LINE = new Int32Array(HASH_WORDS);

/**
 * Rows by their XID, the hash of their content and the hash of their line. Numbers in typed arrays: about 50 bytes a row, where
 * a Map of texts takes several times as much.
 */
export class RowList {
  private size = 0;
  private lines: Int32Array;
  private hashes: Int32Array;
  /** The same memory. */
  private hashBytes: Buffer;
  /** Where in `texts` the XID of an entry ends; it begins where the one before ends. */
  private ends: Int32Array;
  private texts: Buffer;

  /** Room for so many rows, and for so many bytes of XIDs; more is made when it is needed. */
  constructor(rows = 1_024, textBytes = rows * 8) {
    this.lines = new Int32Array(rows * HASH_WORDS);
    this.hashes = new Int32Array(rows * HASH_WORDS);
    this.hashBytes = bytesOf(this.hashes);
    this.ends = new Int32Array(rows);
    this.texts = Buffer.allocUnsafeSlow(textBytes);
  }

  get count(): number {
    return this.size;
  }

  /** `hash`: 32 hexadecimal digits, or `unreadable`. `line`: null when the row is to be recognised by no line. */
  append(xid: string, hash: string, line: Int32Array | null): Entry {
    const entry = this.size;
    const start = this.startOf(entry);
    const bytes = Buffer.byteLength(xid);
    if (entry === this.ends.length) this.makeRoom(entry * 2, this.texts.length);
    if (start + bytes > this.texts.length) this.makeRoom(this.ends.length, this.texts.length * 2 + bytes);
    this.texts.write(xid, start);
    this.ends[entry] = start + bytes;
    this.hashBytes.write(hash === UNREADABLE ? AS_HASH : hash, entry * HASH_BYTES, 'hex');
    this.lines.set(line ?? NO_LINE, entry * HASH_WORDS);
    this.size += 1;
    return entry;
  }

  dropLast(): void {
    this.size -= 1;
  }

  xidOf(entry: Entry): string {
    return this.texts.toString('utf8', this.startOf(entry), this.ends[entry]);
  }

  hashOf(entry: Entry): string {
    const hash = this.hashBytes.toString('hex', entry * HASH_BYTES, (entry + 1) * HASH_BYTES);
    return hash === AS_HASH ? UNREADABLE : hash;
  }

  copyLine(from: Entry, to: Entry): void {
    this.lines.copyWithin(to * HASH_WORDS, from * HASH_WORDS, (from + 1) * HASH_WORDS);
  }

  hasLine(entry: Entry): boolean {
    return !this.isLine(entry, NO_LINE);
  }

  isLine(entry: Entry, line: Int32Array): boolean {
    const { lines } = this;
    const at = entry * HASH_WORDS;
    return lines[at] === line[0] && lines[at + 1] === line[1] && lines[at + 2] === line[2] && lines[at + 3] === line[3];
  }

  /** Whether two rows have the same XID and the same content. */
  isSameRow(one: Entry, other: Entry): boolean {
    const { hashes, texts } = this;
    for (let word = 0; word < HASH_WORDS; word += 1)
      if (hashes[one * HASH_WORDS + word] !== hashes[other * HASH_WORDS + word]) return false;
    const [start, from] = [this.startOf(one), this.startOf(other)];
    return texts.compare(texts, from, this.ends[other], start, this.ends[one]) === 0;
  }

  /** 32 bits by which equal lines are found. */
  lineKey(entry: Entry): number {
    return this.lines[entry * HASH_WORDS] ?? 0;
  }

  /** 32 bits by which equal rows are found. Of rows that could not be read only the XIDs differ. */
  rowKey(entry: Entry): number {
    let key = this.hashes[entry * HASH_WORDS] ?? 0;
    const end = this.ends[entry] ?? 0;
    for (let at = this.startOf(entry); at < end; at += 1) key = Math.imul(key ^ (this.texts[at] ?? 0), 0x01000193);
    return key;
  }

  /** Keeps only the entries that `isKept` says 1 for, in their order. */
  keepOnly(isKept: Uint8Array): void {
    let kept = 0;
    let start = 0;
    for (let entry = 0; entry < this.size; entry += 1) {
      const end = this.ends[entry] ?? 0;
      if (isKept[entry] === 1) {
        const to = this.startOf(kept);
        if (kept < entry) {
          this.lines.copyWithin(kept * HASH_WORDS, entry * HASH_WORDS, (entry + 1) * HASH_WORDS);
          this.hashes.copyWithin(kept * HASH_WORDS, entry * HASH_WORDS, (entry + 1) * HASH_WORDS);
          this.texts.copyWithin(to, start, end);
        }
        this.ends[kept] = to + end - start;
        kept += 1;
      }
      start = end;
    }
    this.size = kept;
  }

  /** The memory of the list, to be written to a file and read from it: lines, hashes, ends, texts. */
  memory(): readonly Buffer[] {
    return [
      bytesOf(this.lines).subarray(0, this.size * HASH_BYTES),
      this.hashBytes.subarray(0, this.size * HASH_BYTES),
      bytesOf(this.ends).subarray(0, this.size * 4),
      this.texts.subarray(0, this.startOf(this.size)),
    ];
  }

  /** A list of so many rows whose `memory` is to be filled in by the caller. */
  static toFill(rows: number, textBytes: number): { readonly list: RowList; readonly memory: readonly Buffer[] } {
    // With room for those who join, so that nothing of it has to be copied for them.
    const list = new RowList(Math.ceil(rows * 1.05) + 1_024, Math.ceil(textBytes * 1.05) + 8_192);
    list.size = rows;
    const [lines, hashes, ends] = [list.lines, list.hashes, list.ends].map(bytesOf);
    const memory = [
      ...[lines?.subarray(0, rows * HASH_BYTES), hashes?.subarray(0, rows * HASH_BYTES), ends?.subarray(0, rows * 4)],
      list.texts.subarray(0, textBytes),
    ].flatMap((part) => part ?? []);
    return { list, memory };
  }

  get textBytes(): number {
    return this.startOf(this.size);
  }

  private startOf(entry: Entry): number {
    return entry === 0 ? 0 : (this.ends[entry - 1] ?? 0);
  }

  private makeRoom(rows: number, textBytes: number): void {
    const { lines, hashes, ends, texts } = this;
    this.lines = new Int32Array(rows * HASH_WORDS);
    this.hashes = new Int32Array(rows * HASH_WORDS);
    this.ends = new Int32Array(rows);
    this.hashBytes = bytesOf(this.hashes);
    this.lines.set(lines);
    this.hashes.set(hashes);
    this.ends.set(ends);
    if (textBytes === texts.length) return;
    this.texts = Buffer.allocUnsafeSlow(textBytes);
    texts.copy(this.texts);
  }
}

function bytesOf(numbers: Int32Array): Buffer {
  return Buffer.from(numbers.buffer);
}
