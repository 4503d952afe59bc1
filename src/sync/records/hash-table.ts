/**
 * Finds the entries of a list by a hash of theirs: an open table of entry numbers, which costs 8 bytes an entry and no object.
 * Entries of one hash are met in the order in which they were added.
 */
export class HashTable {
  private slots: Int32Array;
  private used = 0;

  /** `hashOf`: any 32 bits of an entry, asked again when the table grows. */
  constructor(
    private readonly hashOf: (entry: number) => number,
    expected: number,
  ) {
    this.slots = new Int32Array(sizeFor(expected));
  }

  add(entry: number): void {
    this.used += 1;
    if (this.used * 2 > this.slots.length) this.grow();
    this.place(entry);
  }

  /** The first entry of this hash that `isIt`; -1 when there is none. */
  find(hash: number, isIt: (entry: number) => boolean): number {
    const mask = this.slots.length - 1;
    for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      const entry = (this.slots[slot] ?? 0) - 1;
      if (entry < 0) return -1;
      if (this.hashOf(entry) === hash && isIt(entry)) return entry;
    }
  }

  private place(entry: number): void {
    const mask = this.slots.length - 1;
    let slot = spread(this.hashOf(entry)) & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = entry + 1;
  }

  private grow(): void {
    const before = this.slots;
    this.slots = new Int32Array(before.length * 2);
    const entries = before.filter((slot) => slot !== 0).sort();
    for (const slot of entries) this.place(slot - 1);
  }
}

function sizeFor(expected: number): number {
  return 2 ** Math.max(10, Math.ceil(Math.log2(expected * 2 + 2)));
}

function spread(hash: number): number {
  return hash ^ (hash >>> 15);
}
