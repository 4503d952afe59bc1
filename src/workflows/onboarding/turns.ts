/** Work that is done one after the other, in the order in which it came: what one changes, the next one sees. */
export class Turns {
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** What is under way or waits. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Whether anything is under way or waits. */
  get isBusy(): boolean {
    return this.#waiting > 0;
  }

  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#waiting += 1;
    const mine = this.#last.then(work, work);
    this.#last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      this.#waiting -= 1;
    }
  }
}
