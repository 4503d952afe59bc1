/** Chance that a seed decides: the same seed makes the same day. */
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 to `below`, without it. */
  number(below: number): number {
    // Mulberry32: small, and even enough for choosing people.
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  }

  one<Each>(list: readonly Each[]): Each | undefined {
    return list[this.number(list.length)];
  }

  shuffled<Each>(list: readonly Each[]): readonly Each[] {
    const copy = [...list];
    for (let last = copy.length - 1; last > 0; last--) {
      const other = this.number(last + 1);
      const [a, b] = [copy[last], copy[other]];
      if (a !== undefined && b !== undefined) [copy[last], copy[other]] = [b, a];
    }
    return copy;
  }
}
