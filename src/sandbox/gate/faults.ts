/** Something that goes wrong on purpose. Faults live in memory only: a restart heals everything. */
export interface FaultInput {
  /** Only for this network; otherwise for all. */
  readonly network?: string | undefined;
  readonly method?: string | undefined;
  /** What follows `/networks/{eid}`; `*` stands for anything: `/scim/v2/*`. Absent: every path. */
  readonly path?: string | undefined;
  readonly kind: 'status' | 'reset_before' | 'reset_after' | 'slow' | 'hang';
  /** For `status`. */
  readonly status?: number | undefined;
  /** For `status` 429 and 503, in seconds. */
  readonly retryAfter?: number | undefined;
  /** For `slow`, in milliseconds. */
  readonly delayMs?: number | undefined;
  /** `status` and `hang` come before the effect, unless this is set. */
  readonly afterEffect?: boolean | undefined;
  /** Share of the matching calls, from 0 to 1; spread evenly, so that a test repeats. */
  readonly share?: number | undefined;
  /** How many matching calls are left alone first. */
  readonly skip?: number | undefined;
  /** How often it happens; absent: until it is switched off. */
  readonly times?: number | undefined;
}

export interface Fault extends FaultInput {
  readonly id: number;
  readonly happened: number;
}

interface Armed {
  readonly id: number;
  readonly input: FaultInput;
  readonly pattern: RegExp | null;
  matched: number;
  happened: number;
}

/** The faults that are switched on. The first one that matches and is due happens. */
export class Faults {
  #armed: Armed[] = [];
  #nextId = 1;

  add(input: FaultInput): Fault {
    const pattern = input.path === undefined ? null : toPattern(input.path);
    const armed: Armed = { id: this.#nextId, input, pattern, matched: 0, happened: 0 };
    this.#nextId += 1;
    this.#armed.push(armed);
    return toFault(armed);
  }

  list(): readonly Fault[] {
    return this.#armed.map(toFault);
  }

  remove(id: number): boolean {
    const before = this.#armed.length;
    this.#armed = this.#armed.filter((armed) => armed.id !== id);
    return this.#armed.length < before;
  }

  clear(): void {
    this.#armed = [];
  }

  /** `path` is what follows `/networks/{eid}`, without the query. */
  next(network: string, method: string, path: string): FaultInput | null {
    for (const armed of this.#armed) {
      if (!matches(armed, network, method, path) || !isDue(armed)) continue;
      armed.happened += 1;
      return armed.input;
    }
    return null;
  }
}

function matches({ input, pattern }: Armed, network: string, method: string, path: string): boolean {
  if (input.network !== undefined && input.network.toLowerCase() !== network) return false;
  if (input.method !== undefined && input.method !== method) return false;
  return pattern === null || pattern.test(path);
}

function isDue(armed: Armed): boolean {
  const { skip = 0, share = 1, times = Number.POSITIVE_INFINITY } = armed.input;
  if (armed.happened >= times) return false;
  armed.matched += 1;
  const counted = armed.matched - skip;
  return counted > 0 && Math.floor(counted * share) > Math.floor((counted - 1) * share);
}

function toPattern(path: string): RegExp {
  const parts = path.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

function toFault(armed: Armed): Fault {
  return { ...armed.input, id: armed.id, happened: armed.happened };
}
