import { createHmac, hash } from 'node:crypto';

/** Numbers that only the holder of the key can foresee: the same for the same words, and unlike for all others. */
export class Keyed {
  private readonly key: string;

  /** @throws RangeError when the key has fewer than 16 bytes. */
  constructor(key: Uint8Array) {
    if (key.length < 16) throw new RangeError('A key of a test has 16 bytes or more.');
    this.key = createHmac('sha256', key).update('speakap-user-sync anonymise').digest('hex');
  }

  /** 32 bytes, of a hash with the key around the words: a million records need five million, and an HMAC takes twice as long. Words are kept apart: `ab`, `c` is not `a`, `bc`. */
  bytes(...words: readonly string[]): Buffer {
    return hash('sha256', `${this.key}${words.join('\u0000')}\u0000${this.key}`, 'buffer');
  }

  draw(...words: readonly string[]): Draw {
    return new Draw(this.bytes(...words));
  }
}

/** Small numbers out of one keyed block; when it is used up it is stretched. */
export class Draw {
  private at = 0;

  constructor(private block: Buffer) {}

  /** From 0 to below `size`; `size` up to 2^24, so that no number is favoured noticeably. */
  below(size: number): number {
    if (this.at + 6 > this.block.length) {
      this.block = createHmac('sha256', this.block).update('more').digest();
      this.at = 0;
    }
    const number = this.block.readUIntBE(this.at, 6);
    this.at += 6;
    return number % size;
  }

  of<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('Nothing can be drawn from an empty list.');
    return item;
  }
}
