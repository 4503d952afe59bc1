import { detectDecoding, type Decoding } from './encoding.js';
import { firstRow } from './separator.js';

const LONGEST_HEADER = 1_000_000;

/** Gathers a file until the line of its header is there, by which separator and line ends are told. */
export class Beginning {
  private readonly decoding: Decoding;
  private readonly pieces: Buffer[] = [];
  private text = '';

  /** @throws NotText when it is a file of another kind. */
  constructor(start: Buffer) {
    this.decoding = detectDecoding(start);
  }

  /** Answers whether it is enough. */
  add(piece: Buffer): boolean {
    this.pieces.push(Buffer.from(piece));
    this.text += this.decoding.write(piece);
    return /[^\s][^\r\n]*[\r\n]/.test(this.text) || this.text.length > LONGEST_HEADER;
  }

  bytes(): Buffer {
    return Buffer.concat(this.pieces);
  }

  get lineEnd(): '\n' | '\r' {
    return this.text.includes('\n') || !this.text.includes('\r') ? '\n' : '\r';
  }

  get header(): string {
    const text = this.text.replaceAll('\0', '\ufffd').replace(/^\ufeff/, '');
    return firstRow(text.trimStart(), this.lineEnd);
  }
}
