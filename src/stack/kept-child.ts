import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningChild } from './children.js';

const RESTARTS = 5;
const WITHIN_MS = 60_000;

/**
 * A child that is started again, on the same port, when it ends by itself: a Postgres or Temporal that was killed comes
 * back, and whoever uses it only sees a pause. One that keeps ending is given up.
 */
export class KeptChild {
  /** Resolves when it was stopped or given up, with how it ended the last time. */
  readonly ended: Promise<string>;
  #stopping = false;

  constructor(
    private readonly name: string,
    private current: RunningChild,
    private readonly startAgain: () => Promise<RunningChild>,
    private readonly log: (step: string) => void,
  ) {
    this.ended = this.#watch();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.current.stop();
  }

  async #watch(): Promise<string> {
    const restarts: number[] = [];
    for (;;) {
      const how = await this.current.ended;
      const recent = restarts.filter((at) => performance.now() - at < WITHIN_MS).length;
      if (this.#stopping || recent >= RESTARTS) return how;
      await sleep(300 * 2 ** recent);
      restarts.push(performance.now());
      if (!(await this.#restart(how))) return how;
    }
  }

  /** false when it was stopped meanwhile, or cannot be started. */
  async #restart(how: string): Promise<boolean> {
    if (this.#stopping) return false;
    try {
      this.current = await this.startAgain();
      this.log(`${this.name} ${how} and was started again.`);
      return true;
    } catch {
      return false;
    }
  }
}
