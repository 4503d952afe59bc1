/** How many row numbers are told. */
const FIRST_ROWS = 10;

/** The smallest numbers of all that were added: the same in whatever order they come, and never more than a few. */
export class FirstRows {
  #rows: number[] = [];

  add(rows: readonly number[]): void {
    const last = this.#rows.at(-1) ?? Infinity;
    if (this.#rows.length === FIRST_ROWS && rows.every((row) => row >= last)) return;
    this.#rows = [...new Set([...this.#rows, ...rows])].sort((a, b) => a - b).slice(0, FIRST_ROWS);
  }

  get rows(): readonly number[] {
    return this.#rows;
  }
}

/** Counts by key. */
export class Counts<Key extends string> {
  readonly #counts = new Map<Key, number>();

  add(key: Key, count = 1): void {
    this.#counts.set(key, this.of(key) + count);
  }

  of(key: Key): number {
    return this.#counts.get(key) ?? 0;
  }

  get entries(): readonly (readonly [Key, number])[] {
    return [...this.#counts];
  }
}

/**
 * Entries by key, of which only the `limit` smallest keys are kept: a mapping gone wrong makes a group for every person.
 * What is kept in the end is counted exactly: a key that was ever dropped has `limit` smaller ones, and comes back in vain.
 */
export class SmallestKeys<Key extends string, Entry> {
  readonly #entries = new Map<Key, Entry>();
  #isCut = false;

  constructor(
    private readonly limit: number,
    private readonly make: () => Entry,
  ) {}

  of(key: Key): Entry {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const entry = this.make();
    this.#entries.set(key, entry);
    if (this.#entries.size > 2 * this.limit) this.#cut();
    return entry;
  }

  get isCut(): boolean {
    return this.#isCut || this.#entries.size > this.limit;
  }

  /** In the order of their keys. */
  get entries(): readonly (readonly [Key, Entry])[] {
    return [...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, this.limit);
  }

  #cut(): void {
    const kept = this.entries;
    this.#isCut = true;
    this.#entries.clear();
    for (const [key, entry] of kept) this.#entries.set(key, entry);
  }
}

/** How often something was met, with the first rows where. */
export class Findings {
  readonly #found = new Map<string, { count: number; readonly first: FirstRows; readonly columns: Set<string> }>();

  add(code: string, count: number, rows: readonly number[], column: string | null): void {
    const found = this.#found.get(code) ?? { count: 0, first: new FirstRows(), columns: new Set<string>() };
    found.count += count;
    found.first.add(rows);
    if (column !== null) found.columns.add(column);
    this.#found.set(code, found);
  }

  /** Most frequent first. */
  get counted() {
    return [...this.#found]
      .map(([code, { count, first, columns }]) => ({ code, count, rows: first.rows, columns: [...columns].sort() }))
      .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
  }
}
