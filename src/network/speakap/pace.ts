import { fullBucket, paceFor, takeToken, type Bucket, type Rate } from './bucket.js';
import { reasonOf, systemClock, type Clock } from './clock.js';

export interface PaceSettings {
  /** null: as fast as the connections allow. */
  readonly requestsPerSecond: number | null;
  /** Requests in flight; nothing queues behind them in the HTTP client, so what is let in is sent at once. */
  readonly concurrency: number;
  /** A pause longer than this is not waited for. */
  readonly maxWaitMs: number;
  readonly clock?: Clock;
}

/** The network asked everybody to wait for longer than we wait inside a call. */
export class LongPause extends Error {
  constructor(readonly leftMs: number) {
    super('The network asked for a pause.');
  }
}

interface Waiting {
  readonly enter: () => void;
  readonly refuse: (error: Error) => void;
}

/** The one gate that all requests to a network pass, first come first served: rate, requests in flight, and pauses after a 429. */
export class Pace {
  private readonly clock: Clock;
  private readonly rate: Rate | null;
  private bucket: Bucket;
  private queue: Waiting[] = [];
  private inFlight = 0;
  private pausedUntil = -Infinity;
  private letting = false;

  constructor(private readonly settings: PaceSettings) {
    this.clock = settings.clock ?? systemClock;
    this.rate = settings.requestsPerSecond === null ? null : paceFor(settings.requestsPerSecond);
    this.bucket = this.rate === null ? { tokens: 0, at: 0 } : fullBucket(this.rate, this.clock.now());
  }

  /** Waits for its turn. `leave` must be called once when the request is over. @throws LongPause, or the signal's reason. */
  async enter(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw reasonOf(signal);
    const left = this.pauseLeftMs();
    if (left > this.settings.maxWaitMs) throw new LongPause(left);
    await new Promise<void>((resolve, reject) => {
      this.line(resolve, reject, signal);
      void this.letIn();
    });
  }

  leave(): void {
    this.inFlight -= 1;
    void this.letIn();
  }

  /** Holds everybody back for this long; those who would wait too long are refused. */
  pause(ms: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + ms);
    const left = this.pauseLeftMs();
    if (left <= this.settings.maxWaitMs) return;
    const refused = this.queue;
    this.queue = [];
    for (const waiting of refused) waiting.refuse(new LongPause(left));
  }

  private line(resolve: () => void, reject: (error: Error) => void, signal?: AbortSignal): void {
    const cancel = () => {
      this.queue = this.queue.filter((other) => other !== waiting);
      reject(reasonOf(signal));
    };
    const done = () => signal?.removeEventListener('abort', cancel);
    const waiting: Waiting = {
      enter: () => (done(), resolve()),
      refuse: (error) => (done(), reject(error)),
    };
    signal?.addEventListener('abort', cancel, { once: true });
    this.queue.push(waiting);
  }

  /** One loop at a time. Tokens are taken at the moment of letting in, so a late timer never makes a crowd. */
  private async letIn(): Promise<void> {
    if (this.letting) return;
    this.letting = true;
    while (this.queue.length > 0 && this.inFlight < this.settings.concurrency) {
      const waitMs = this.waitMs();
      if (waitMs > 0) await this.clock.sleep(waitMs);
      else this.admit();
    }
    this.letting = false;
  }

  private admit(): void {
    this.inFlight += 1;
    this.queue.shift()?.enter();
  }

  private waitMs(): number {
    const pause = this.pauseLeftMs();
    if (pause > 0 || this.rate === null) return Math.max(0, pause);
    const taken = takeToken(this.bucket, this.rate, this.clock.now());
    this.bucket = taken.bucket;
    return taken.waitMs;
  }

  private pauseLeftMs(): number {
    return this.pausedUntil - this.clock.now();
  }
}
