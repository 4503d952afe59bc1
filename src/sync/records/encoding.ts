import { isAscii, isUtf8 } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';
import { TextDecoder } from 'node:util';
import { NotText } from './errors.js';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Turns the bytes of a delivery into text, finding out what they are on the way. */
export interface Decoding {
  readonly encoding: Encoding;
  /** Whether a letter was seen, or a mark, that tells the encoding. */
  readonly isDecided: boolean;
  /** Looks at more of the file than is to be decoded next: the more of it decides, the better. */
  look(bytes: Buffer): void;
  /** What is no letter in this encoding becomes U+FFFD. */
  write(bytes: Buffer): string;
  end(): string;
}

/** How a file of another kind begins. Workbooks and PGP messages are opened, or refused, before they come here (src/formats). */
const SIGNATURES: readonly (readonly [readonly number[], string])[] = [
  [[0x1f, 0x8b], 'a gzip archive'],
  [[0x89, 0x50, 0x4e, 0x47], 'a picture (PNG)'],
  [[0xff, 0xd8, 0xff], 'a picture (JPEG)'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a 7-Zip archive'],
];

/**
 * `start` is the first piece of the file, some kilobytes when there are that many.
 * @throws NotText when it is a file of another kind.
 */
export function detectDecoding(start: Buffer): Decoding {
  const marked = MARKS.find(([mark]) => beginsWith(start, mark))?.[1];
  const signature = marked ? undefined : SIGNATURES.find(([bytes]) => beginsWith(start, bytes));
  if (signature) throw new NotText(signature[1]);
  const encoding = marked ?? unmarkedUtf16(start);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return new Utf16(encoding);
  if (start.includes(0)) throw new NotText('a binary file');
  return new Utf8OrAnsi(encoding);
}

const MARKS: readonly (readonly [readonly number[], Encoding])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

function beginsWith(start: Buffer, bytes: readonly number[]): boolean {
  return start.subarray(0, bytes.length).equals(Buffer.from(bytes));
}

/** In UTF-16 every second byte of Western text is 0. */
function unmarkedUtf16(start: Buffer): Encoding | null {
  const sample = start.subarray(0, 4_096);
  let [even, odd] = [0, 0];
  for (const [index, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even++;
    else odd++;
  }
  if (odd > sample.length * 0.35 && even === 0) return 'utf-16le';
  return even > sample.length * 0.35 && odd === 0 ? 'utf-16be' : null;
}

class Utf16 implements Decoding {
  readonly isDecided = true;
  private readonly decoder: TextDecoder;

  constructor(readonly encoding: 'utf-16le' | 'utf-16be') {
    this.decoder = new TextDecoder(encoding);
  }

  look(): void {}

  write(bytes: Buffer): string {
    return this.decoder.decode(bytes, { stream: true });
  }

  end(): string {
    return this.decoder.decode();
  }
}

/**
 * Without a mark, text is UTF-8 or cp1252, and the first piece that holds a letter outside ASCII shows which: up to there
 * the two are the same. So the file need not be read twice.
 */
class Utf8OrAnsi implements Decoding {
  private readonly utf8 = new StringDecoder('utf8');
  private readonly ansi = new TextDecoder('windows-1252');
  private undecided = Buffer.alloc(0);

  constructor(private chosen: Encoding | null) {}

  get encoding(): Encoding {
    return this.chosen ?? 'utf-8';
  }

  get isDecided(): boolean {
    return this.chosen !== null;
  }

  look(bytes: Buffer): void {
    if (this.chosen === null && !isAscii(bytes)) this.chosen = chooseBy(bytes);
  }

  write(bytes: Buffer): string {
    if (this.chosen !== null) return this.decode(bytes);
    const waiting = Buffer.concat([this.undecided, bytes]);
    this.chosen = isAscii(waiting) ? null : chooseBy(waiting);
    this.undecided = Buffer.alloc(0);
    if (this.chosen !== null || isAscii(waiting)) return this.decode(waiting);
    this.undecided = waiting;
    return '';
  }

  end(): string {
    if (this.undecided.length > 0) this.chosen = 'windows-1252';
    return this.decode(this.undecided) + (this.chosen === 'windows-1252' ? this.ansi.decode() : this.utf8.end());
  }

  private decode(bytes: Buffer): string {
    return this.chosen === 'windows-1252' ? this.ansi.decode(bytes, { stream: true }) : this.utf8.write(bytes);
  }
}

/**
 * null when the only letters outside ASCII are the last bytes, which may be the first half of one. UTF-8 that is damaged
 * here and there is still UTF-8: its whole letters outnumber the broken ones.
 */
function chooseBy(bytes: Buffer): Encoding | null {
  const whole = withoutHalfLetter(bytes);
  if (isAscii(whole)) return null;
  if (isUtf8(whole)) return 'utf-8';
  const text = new StringDecoder('utf8').write(whole);
  const broken = text.split('\ufffd').length - 1;
  const letters = text.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0;
  return letters > broken ? 'utf-8' : 'windows-1252';
}

/** A letter has at most four bytes, the first of which is 11xxxxxx and the others 10xxxxxx. */
function withoutHalfLetter(bytes: Buffer): Buffer {
  for (let length = bytes.length - 1; length >= Math.max(0, bytes.length - 3); length--) {
    const byte = bytes[length] ?? 0;
    if (byte >= 0xc0) return bytes.subarray(0, length);
    if (byte < 0x80) break;
  }
  return bytes;
}
