/** What is being done now, so that whoever closes can wait for it. */
export class UnderWay {
  readonly #works = new Set<Promise<unknown>>();

  async add<T>(work: Promise<T>): Promise<T> {
    this.#works.add(work);
    try {
      return await work;
    } finally {
      this.#works.delete(work);
    }
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.#works);
  }
}
