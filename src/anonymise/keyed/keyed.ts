import { createHmac, hash } from 'node:crypto';

/** Numbers that only the holder of the key can foresee: the same for the same words, and unlike for all others. */
export class Keyed {
  private readonly key: string;

  /** @throws RangeError when the key has fewer than 16 bytes. */
  constructor(key: Uint8Array) {
    if (key.length < 16) throw new RangeError('A key of a test has 16 bytes or more.');
    this.key = createHmac('sha256', key).update('speakap-user-sync anonymise').digest('hex');
  }

  /** 32 bytes. Words are kept apart: `ab`, `c` is not `a`, `bc`. */
  bytes(...words: readonly string[]): Buffer {
    return hash('sha256', this.around(words.join('\u0000')), 'buffer');
  }

  draw(...words: readonly string[]): Draw {
    const message = words.join('\u0000');
    return new Draw((block) => hash('sha512', this.around(`${message}\u0000${block}`), 'binary'));
  }

  /** A hash with the key around the words: a million records need three million, and an HMAC takes four times as long. */
  private around(message: string): string {
    return `${this.key}${message}\u0000${this.key}`;
  }
}

/** Of each number: so no number is favoured by more than one in 65,000. */
const BYTES = 3;

/** Small numbers out of keyed blocks of 64 letters, each a byte: a text is made three times as fast as a buffer. */
export class Draw {
  private block = '';
  private blocks = 0;
  private at = 0;

  constructor(private readonly blockOf: (number: number) => string) {}

  /** From 0 to below `size`; `size` up to 256. */
  below(size: number): number {
    if (this.at + BYTES > this.block.length) {
      this.block = this.blockOf(this.blocks);
      this.blocks += 1;
      this.at = 0;
    }
    const { block, at } = this;
    this.at += BYTES;
    return (block.charCodeAt(at) * 65_536 + block.charCodeAt(at + 1) * 256 + block.charCodeAt(at + 2)) % size;
  }

  of<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('Nothing can be drawn from an empty list.');
    return item;
  }
}
