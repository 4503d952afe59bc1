/** Different values that one column is followed for: 2 MB at most, whatever the size of the file. */
const MOST_VALUES = 131_072;
const SMALLEST_TABLE = 64;

/** Counts different texts by their hashes: the texts themselves are not kept. */
export class DistinctCounter {
  distinct = 0;
  /** Texts that were met before. */
  repeats = 0;
  isCapped = false;
  private table = new Float64Array(SMALLEST_TABLE);

  /** Answers whether the text is a new one. */
  add(text: string): boolean {
    const hash = hashOf(text);
    const slot = this.slotOf(hash);
    if (this.table[slot] === hash) {
      this.repeats++;
      return false;
    }
    if (this.distinct === MOST_VALUES) {
      this.isCapped = true;
      return false;
    }
    this.table[slot] = hash;
    this.distinct++;
    if (this.distinct * 2 > this.table.length) this.grow();
    return true;
  }

  /** Where the hash stands, or the empty place where it belongs. */
  private slotOf(hash: number): number {
    const mask = this.table.length - 1;
    let slot = hash % this.table.length;
    while (this.table[slot] !== 0 && this.table[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const older = this.table;
    this.table = new Float64Array(older.length * 2);
    for (const hash of older) if (hash !== 0) this.table[this.slotOf(hash)] = hash;
  }
}

/** 53 bits of two mixed 32-bit hashes (cyrb53, public domain), never 0. Nothing depends on it being hard to reverse. */
function hashOf(text: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0) + 1;
}
