const SMALLEST = 1 << 10;

/** How many people share each of many values, known by their hashes: counted up to 255, at 13 bytes a value. */
export class CountedValues {
  private hashes = new Float64Array(SMALLEST);
  private people = new Float32Array(SMALLEST);
  private counts = new Uint8Array(SMALLEST);
  private filled = 0;

  /** `person` counts once for a value as long as no other comes between, as with rows of one person. */
  add(value: number, person: number): void {
    if ((this.filled + 1) * 2 > this.hashes.length) this.grow();
    const at = this.place(value);
    const mark = Math.fround(person);
    if (this.counts[at] === 0) {
      this.filled += 1;
      this.hashes[at] = value + 1;
    } else if (this.people[at] === mark) return;
    this.people[at] = mark;
    this.counts[at] = Math.min(255, (this.counts[at] ?? 0) + 1);
  }

  /** Values that fewer than `k` people share, and those people. */
  below(k: number): { readonly values: number; readonly people: number } {
    let [values, people] = [0, 0];
    for (const count of this.counts) {
      if (count === 0 || count >= k) continue;
      values += 1;
      people += count;
    }
    return { values, people };
  }

  /** How many values there are. */
  get size(): number {
    return this.filled;
  }

  private place(value: number): number {
    const mask = this.hashes.length - 1;
    let at = Math.floor(value % 2 ** 31) & mask;
    while (this.hashes[at] !== 0 && this.hashes[at] !== value + 1) at = (at + 1) & mask;
    return at;
  }

  private grow(): void {
    const { hashes, people, counts } = this;
    this.hashes = new Float64Array(hashes.length * 2);
    this.people = new Float32Array(hashes.length * 2);
    this.counts = new Uint8Array(hashes.length * 2);
    hashes.forEach((hash, index) => {
      if (hash === 0) return;
      const at = this.place(hash - 1);
      this.hashes[at] = hash;
      this.people[at] = people[index] ?? 0;
      this.counts[at] = counts[index] ?? 0;
    });
  }
}
