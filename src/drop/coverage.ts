/** Which bytes of a file were written: clients write several pieces at once, in any order. */
export class Coverage {
  /** Everything before it was written. */
  private solid = 0;
  private readonly islands = new Map<number, number>();

  /** Pieces that wait for one before them. */
  get gaps(): number {
    return this.islands.size;
  }

  get isWhole(): boolean {
    return this.islands.size === 0;
  }

  add(start: number, end: number): void {
    if (start > this.solid) {
      this.islands.set(start, Math.max(end, this.islands.get(start) ?? 0));
      return;
    }
    this.solid = Math.max(this.solid, end);
    if (this.islands.size > 0) this.join();
  }

  private join(): void {
    const sorted = [...this.islands].sort(([one], [other]) => one - other);
    for (const [start, end] of sorted) {
      if (start > this.solid) return;
      this.solid = Math.max(this.solid, end);
      this.islands.delete(start);
    }
  }
}
