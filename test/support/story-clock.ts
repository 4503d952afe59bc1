/** What moves the time of a virtual world. */
export interface MovableTime {
  /** Milliseconds since 1970. */
  now(): Promise<number>;
  pass(milliseconds: number): Promise<void>;
}

/** Real milliseconds without any story that came to rest, or for time to pass, after which the server is thought to be stuck. */
const STUCK_AFTER = 75_000;

/**
 * Milliseconds after its moment at which a story goes on, when all that was due at the same moment has happened. Java's test
 * server (1.38.0, `processCancelTimer`) refuses a workflow task that cancels a timer which fired while the task was under way,
 * and then neither repeats nor times out that task: the workflow stands still for good.
 */
const AFTER_THE_MOMENT = 30_000;

/** Nothing goes on, and nothing would. */
export class TimeStandsStill extends Error {
  override readonly name = 'TimeStandsStill';
}

/**
 * Lets many stories happen at once in one virtual time: each waits for its next moment, and time passes to the earliest of
 * these moments only when all of them wait. What happens between two moments takes no time worth speaking of.
 */
export class StoryClock {
  #active = 0;
  readonly #waiting: { readonly at: number; readonly go: () => void }[] = [];
  #idle: (() => void) | null = null;
  #rests = 0;

  constructor(private readonly time: MovableTime) {}

  /**
   * Tells them all to their end. What goes wrong in one does not stop the others; answers each error, null where all went well.
   * @throws TimeStandsStill
   */
  async tell(stories: readonly (() => Promise<void>)[]): Promise<readonly (Error | null)[]> {
    const told = stories.map((story) => this.#tellOne(story));
    for (;;) {
      await this.#everybodyWaits();
      const next = Math.min(...this.#waiting.map(({ at }) => at));
      if (!Number.isFinite(next)) break;
      await this.#passTo(next + AFTER_THE_MOMENT);
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
    while (this.#active > 0) {
      const rests = this.#rests;
      const idle = new Promise<void>((resolve) => (this.#idle = resolve));
      if ((await isDoneInTime(idle)) || rests !== this.#rests) continue;
      throw new TimeStandsStill(`${this.#active} stories do not go on.`);
    }
    this.#idle = null;
  }

  async #passTo(instant: number): Promise<void> {
    const left = instant - (await this.time.now());
    if (left > 0 && !(await isDoneInTime(this.time.pass(left)))) throw new TimeStandsStill('Time does not pass.');
  }
}

async function isDoneInTime(work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), STUCK_AFTER)));
  const isDone = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return isDone;
}
