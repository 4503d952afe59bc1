/** What moves the time of a virtual world. */
export interface MovableTime {
  /** Milliseconds since 1970. */
  now(): Promise<number>;
  pass(milliseconds: number): Promise<void>;
}

/** Real milliseconds without any story that came to rest, after which a lost task is thought to be the reason. */
const STUCK_AFTER = 20_000;
/** Virtual milliseconds after which Temporal hands out again a workflow task that nobody finished. */
const TASK_TIMEOUT = 11_000;
const NUDGES = 15;

/**
 * Lets many stories happen at once in one virtual time: each waits for its next moment, and time passes to the earliest of
 * these moments only when all of them wait. What happens between two moments takes no time worth speaking of.
 *
 * The time-skipping server at times hands a task to a poll that its worker gave up a moment before. Where time stands still,
 * such a task never times out; so a few seconds pass when nothing has moved for long.
 */
export class StoryClock {
  #active = 0;
  readonly #waiting: { readonly at: number; readonly go: () => void }[] = [];
  #idle: (() => void) | null = null;
  #rests = 0;

  constructor(private readonly time: MovableTime) {}

  /** Tells them all to their end. What goes wrong in one does not stop the others; answers each error, null where all went well. */
  async tell(stories: readonly (() => Promise<void>)[]): Promise<readonly (Error | null)[]> {
    const told = stories.map((story) => this.#tellOne(story));
    for (;;) {
      await this.#everybodyWaits();
      const next = Math.min(...this.#waiting.map(({ at }) => at));
      if (!Number.isFinite(next)) break;
      await this.#passTo(next);
      const due = this.#waiting.filter(({ at }) => at <= next);
      for (const entry of due) {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1);
        this.#active += 1;
        entry.go();
      }
    }
    return Promise.all(told);
  }

  /** Ends at a moment, which may have passed. */
  until(instant: string): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ at: Date.parse(instant), go: resolve });
      this.#rest();
    });
  }

  async #tellOne(story: () => Promise<void>): Promise<Error | null> {
    this.#active += 1;
    try {
      await story();
      return null;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    } finally {
      this.#rest();
    }
  }

  #rest(): void {
    this.#rests += 1;
    this.#active -= 1;
    if (this.#active === 0) this.#idle?.();
  }

  async #everybodyWaits(): Promise<void> {
    for (let nudges = 0; this.#active > 0; nudges += 1) {
      if (nudges > NUDGES) throw new Error(`${this.#active} stories do not go on.`);
      const rests = this.#rests;
      const isIdle = await this.#becomesIdle();
      if (!isIdle && rests === this.#rests) await this.time.pass(TASK_TIMEOUT);
      else nudges = 0;
    }
  }

  /** false when it takes too long. */
  async #becomesIdle(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const isLong = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), STUCK_AFTER)));
    const isIdle = new Promise<boolean>((resolve) => (this.#idle = () => resolve(true)));
    const answer = await Promise.race([isIdle, isLong]);
    clearTimeout(timer);
    this.#idle = null;
    return answer;
  }

  async #passTo(instant: number): Promise<void> {
    const left = instant - (await this.time.now());
    if (left > 0) await this.time.pass(left);
  }
}
