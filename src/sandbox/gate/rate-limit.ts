const WINDOW_MS = 10_000;

/** A token bucket with a burst of one second, and a count of what really came in any ten seconds. */
export class RateLimit {
  /** A burst of one second, and one request at least. */
  readonly #capacity: number;
  #tokens: number;
  #filledAt: number;
  #times: number[] = [];
  #first = 0;
  #most = 0;

  constructor(
    private readonly perSecond: number | null,
    now: number,
  ) {
    this.#capacity = Math.max(1, perSecond ?? 0);
    this.#tokens = this.#capacity;
    this.#filledAt = now;
  }

  /** Counts this request. Answers null when it is allowed, else the whole seconds to wait. `now` in milliseconds. */
  take(now: number): number | null {
    this.#count(now);
    if (this.perSecond === null) return null;
    this.#tokens = Math.min(this.#capacity, this.#tokens + ((now - this.#filledAt) / 1000) * this.perSecond);
    this.#filledAt = now;
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      return null;
    }
    return Math.max(1, Math.ceil((1 - this.#tokens) / this.perSecond));
  }

  /** The most requests in any ten seconds, those answered 429 included. */
  get mostInTenSeconds(): number {
    return this.#most;
  }

  #count(now: number): void {
    this.#times.push(now);
    while ((this.#times[this.#first] ?? now) <= now - WINDOW_MS) this.#first += 1;
    this.#most = Math.max(this.#most, this.#times.length - this.#first);
    if (this.#first < 10_000) return;
    this.#times = this.#times.slice(this.#first);
    this.#first = 0;
  }
}
