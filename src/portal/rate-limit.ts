const WINDOW_MS = 60_000;
/** More callers than that in a minute are no customers: all begin anew, and memory stays small. */
const MOST_CALLERS = 10_000;

/** Counts requests of each caller within a minute. */
export class RateLimit {
  private readonly counts = new Map<string, number>();
  private windowEnds = 0;

  constructor(
    private readonly mostPerMinute: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Whether this one is still within the limit. */
  admit(caller: string): boolean {
    if (this.now() >= this.windowEnds || this.counts.size >= MOST_CALLERS) this.begin();
    const count = (this.counts.get(caller) ?? 0) + 1;
    this.counts.set(caller, count);
    return count <= this.mostPerMinute;
  }

  private begin(): void {
    this.counts.clear();
    this.windowEnds = this.now() + WINDOW_MS;
  }
}
