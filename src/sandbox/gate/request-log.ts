/** A request that was refused, without any value that it carried. */
export interface Violation {
  readonly at: string;
  readonly network: string | null;
  readonly method: string;
  /** `/networks/{net}/users/{user}/`; `(unknown)` for a path that is none. */
  readonly path: string;
  readonly status: number;
  readonly code: number;
  readonly reason: string;
  /** `rules`: not what the documents allow. `state`: allowed, but not as the network is now. */
  readonly of: 'rules' | 'state';
}

export interface RequestCount {
  readonly method: string;
  readonly path: string;
  /** Null when no answer was given: a reset, or a hanging call. */
  readonly status: number | null;
  readonly count: number;
}

type Counts = Map<string, { readonly shown: Omit<RequestCount, 'count'>; count: number }>;

const MOST_VIOLATIONS = 10_000;

/** Counts by method, path pattern and status, and every refusal. In memory: a restart begins anew. */
export class RequestLog {
  readonly #counts = new Map<string, Counts>();
  #violations: Violation[] = [];

  count(network: string, method: string, path: string, status: number | null): void {
    let counts: Counts | undefined = this.#counts.get(network);
    if (counts === undefined) {
      counts = new Map();
      this.#counts.set(network, counts);
    }
    const key = `${method} ${path} ${status ?? ''}`;
    const entry = counts.get(key);
    if (entry === undefined) counts.set(key, { shown: { method, path, status }, count: 1 });
    else entry.count += 1;
  }

  counts(network: string): readonly RequestCount[] {
    return [...(this.#counts.get(network)?.values() ?? [])].map(({ shown, count }) => ({ ...shown, count }));
  }

  clearCounts(network: string): void {
    this.#counts.delete(network);
  }

  refused(violation: Violation): void {
    if (this.#violations.length < MOST_VIOLATIONS) this.#violations.push(violation);
  }

  violations(network?: string, of?: string): readonly Violation[] {
    return this.#violations.filter(
      (one) => (network === undefined || one.network === network) && (of === undefined || one.of === of),
    );
  }

  clearViolations(): void {
    this.#violations = [];
  }
}
