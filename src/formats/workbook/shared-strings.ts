import { DamagedWorkbook } from '../errors.js';
import type { Archive } from './archive.js';
import { readXml, unescaped } from './xml.js';

/** Bytes of XML; the texts are held in memory. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Texts that cells point to. Kept as bytes, one after the other: as texts a million of them would take several times as much. */
export class SharedStrings {
  private bytes: Buffer = Buffer.allocUnsafe(64 * 1024);
  private ends: Uint32Array = new Uint32Array(1024);
  private count = 0;

  add(text: string): void {
    const begin = this.endOf(this.count - 1);
    const length = Buffer.byteLength(text);
    if (begin + length > this.bytes.length) this.bytes = grown(this.bytes, begin + length);
    if (this.count === this.ends.length) {
      const ends = new Uint32Array(this.ends.length * 2);
      ends.set(this.ends);
      this.ends = ends;
    }
    this.bytes.write(text, begin);
    this.ends[this.count++] = begin + length;
  }

  /** @throws DamagedWorkbook when there is none of this number */
  at(index: number): string {
    if (!Number.isInteger(index) || index < 0 || index >= this.count)
      throw new DamagedWorkbook('a cell points to a text that is not there');
    return this.bytes.toString('utf8', this.endOf(index - 1), this.endOf(index));
  }

  private endOf(index: number): number {
    return this.ends[index] ?? 0;
  }
}

/** Reads the part; none where a workbook has none. @throws DamagedWorkbook, WorkbookTooLarge */
export async function readSharedStrings(archive: Archive, part: string | null): Promise<SharedStrings> {
  const strings = new SharedStrings();
  if (part === null) return strings;
  const text = new RichText();
  await readXml(archive.read(part, MOST_BYTES), {
    open: (name) => (name === 'si' ? text.begin() : text.open(name)),
    close(name) {
      if (name === 'si') strings.add(unescaped(text.end()));
      else text.close(name);
    },
    text: (piece) => text.add(piece),
  });
  return strings;
}

/** A text that may be in pieces, each with its own looks; how it is pronounced (`rPh`) is no part of it. */
export class RichText {
  private whole = '';
  private isText = false;
  private isPhonetic = false;

  begin(): void {
    this.whole = '';
    this.isText = false;
    this.isPhonetic = false;
  }

  open(name: string): void {
    if (name === 't') this.isText = !this.isPhonetic;
    else if (name === 'rPh') this.isPhonetic = true;
  }

  close(name: string): void {
    if (name === 't') this.isText = false;
    else if (name === 'rPh') this.isPhonetic = false;
  }

  add(piece: string): void {
    if (this.isText) this.whole += piece;
  }

  end(): string {
    return this.whole;
  }
}

function grown(bytes: Buffer, needed: number): Buffer {
  const larger = Buffer.allocUnsafe(Math.max(needed, bytes.length * 2));
  bytes.copy(larger);
  return larger;
}
