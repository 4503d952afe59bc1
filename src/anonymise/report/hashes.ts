const SMALLEST = 1 << 10;

/** A set of numbers below 2^52, at 8 bytes each and what room it needs to grow. */
export class HashSet {
  private slots = new Float64Array(SMALLEST);
  private count = 0;

  add(hash: number): void {
    if ((this.count + 1) * 2 > this.slots.length) this.grow();
    const at = this.place(hash);
    if (this.slots[at] === 0) this.count += 1;
    this.slots[at] = hash + 1;
  }

  has(hash: number): boolean {
    return this.slots[this.place(hash)] !== 0;
  }

  private place(hash: number): number {
    const mask = this.slots.length - 1;
    let at = Math.floor(hash % 2 ** 31) & mask;
    while (this.slots[at] !== 0 && this.slots[at] !== hash + 1) at = (at + 1) & mask;
    return at;
  }

  private grow(): void {
    const before = this.slots;
    this.slots = new Float64Array(before.length * 2);
    for (const kept of before) if (kept !== 0) this.slots[this.place(kept - 1)] = kept;
  }
}

/** 52 bits that tell texts apart: two of a million are taken for the same once in ten thousand times. Not for secrets. */
export function hashOf(text: string): number {
  let [one, other] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const letter = text.charCodeAt(index);
    one = Math.imul(one ^ letter, 0x9e3779b1);
    other = Math.imul(other ^ letter, 0x5f356495);
  }
  one = Math.imul(one ^ (one >>> 16), 0x85ebca6b) ^ Math.imul(other ^ (other >>> 13), 0xc2b2ae35);
  other = Math.imul(other ^ (other >>> 16), 0x85ebca6b) ^ Math.imul(one ^ (one >>> 13), 0xc2b2ae35);
  return (other >>> 0) * 2 ** 20 + ((one >>> 0) & 0xfffff);
}

/** 52 bits of two. */
export function mixed(one: number, other: number): number {
  const low = Math.imul((one ^ (other << 7)) | 0, 0x9e3779b1) ^ Math.imul(Math.floor(one / 2 ** 26) | 0, 0x85ebca6b);
  const high = Math.imul((other + low) | 0, 0xc2b2ae35) ^ Math.imul(Math.floor(other / 2 ** 26) | 0, 0x27d4eb2f);
  const stirred = Math.imul(low ^ (high >>> 15), 0x2c1b3c6d);
  return (stirred >>> 0) * 2 ** 20 + (((high ^ (stirred >>> 12)) >>> 0) & 0xfffff);
}
