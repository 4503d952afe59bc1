import type { Warning } from '../person.js';

/** Enough to mend a record by; the counts say how many there are in all. */
const KEPT = 1_000;

/** Collects warnings without growing with the file: the first ones are kept whole, and all are counted by their code. */
export class WarningLog {
  readonly kept: Warning[] = [];
  readonly counts = new Map<string, number>();

  constructor(private readonly limit = KEPT) {}

  add(warning: Warning): void {
    this.counts.set(warning.code, (this.counts.get(warning.code) ?? 0) + 1);
    if (this.kept.length < this.limit) this.kept.push(warning);
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }
}
