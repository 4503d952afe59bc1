import { fullBucket, paceFor, takeToken, type Bucket, type Rate } from './bucket.js';
import { reasonOf, systemClock, type Clock } from './clock.js';
import { Slots } from './slots.js';
import type { RateBudget } from '../budget.js';

export interface PaceSettings {
  /** null: as fast as the connections allow. */
  readonly requestsPerSecond: number | null;
  /** Where the rate is shared with others; without it, it is kept here. */
  readonly budget?: RateBudget | null;
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
  private readonly slots: Slots | null;
  private bucket: Bucket;
  private queue: Waiting[] = [];
  private inFlight = 0;
  private pausedUntil = -Infinity;
  private letting = false;

  constructor(private readonly settings: PaceSettings) {
    this.clock = settings.clock ?? systemClock;
    this.rate = settings.requestsPerSecond === null ? null : paceFor(settings.requestsPerSecond);
    const { budget = null } = settings;
    this.slots =
      this.rate === null || budget === null ? null : new Slots(budget, this.rate, this.clock, (ms) => this.hold(ms));
    this.bucket = this.rate === null ? { tokens: 0, at: 0 } : fullBucket(this.rate, this.clock.now());
  }

  /**
   * Waits for its turn. `leave` must be called once when the request is over.
   * @throws LongPause, the signal's reason, or what the shared budget throws.
   */
  async enter(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw reasonOf(signal);
    const left = this.pauseLeftMs();
    if (left > this.settings.maxWaitMs) throw new LongPause(left);
    if (this.rate === null && left <= 0 && this.hasRoom()) {
      this.inFlight += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      this.line(resolve, reject, signal);
      void this.letIn();
    });
  }

  leave(): void {
    this.inFlight -= 1;
    if (this.queue.length > 0) void this.letIn();
  }

  /** Nobody waits who came before. */
  private hasRoom(): boolean {
    return this.queue.length === 0 && this.inFlight < this.settings.concurrency;
  }

  /**
   * Holds everybody back for this long, also those who share the budget; those who would wait too long are refused. Where the
   * budget cannot be told, the others learn of the pause from the network, as we did.
   */
  async pause(ms: number): Promise<void> {
    this.hold(ms);
    if (this.slots !== null) await this.settings.budget?.pause(ms).catch(() => undefined);
  }

  private hold(ms: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + ms);
    const left = this.pauseLeftMs();
    if (left > this.settings.maxWaitMs) this.refuseAll(new LongPause(left));
  }

  private refuseAll(error: Error): void {
    const refused = this.queue;
    this.queue = [];
    for (const waiting of refused) waiting.refuse(error);
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
    try {
      while (this.queue.length > 0 && this.inFlight < this.settings.concurrency) {
        const waitMs = this.slots === null ? this.waitMs() : await this.waitForSlot(this.slots);
        // Whoever was waiting may have been refused meanwhile.
        if (this.queue.length === 0) break;
        if (waitMs > 0) await this.clock.sleep(waitMs);
        else this.admit();
      }
    } catch (error) {
      this.refuseAll(error instanceof Error ? error : new Error(String(error)));
    } finally {
      this.letting = false;
    }
  }

  private admit(): void {
    this.inFlight += 1;
    this.queue.shift()?.enter();
  }

  /** While a slot was asked for, a pause may have begun. */
  private async waitForSlot(slots: Slots): Promise<number> {
    const waitMs = Math.max(0, this.pauseLeftMs()) || (await slots.take(this.queue.length));
    return Math.max(waitMs, this.pauseLeftMs());
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
