import { NetworkError } from '../network/errors.js';
import type { Eid } from '../sync/ids.js';
import type { Profile } from '../sync/person.js';
import { stopsEverything, type ApplyParts } from './batch.js';

/** People who are read in one request: about as many as are written side by side, so the last one is written a moment later. */
export const READ_TOGETHER = 10;

type Found = ReadonlyMap<Eid, Profile>;

/** What the network shows of people now, read a few at a time when the first of them is asked for. */
export class ReadTogether {
  readonly #lots = new Map<Eid, Lot>();

  /** `users` in the order in which they will be asked for. */
  constructor(
    private readonly network: ApplyParts['network'],
    users: readonly Eid[],
  ) {
    for (let start = 0; start < users.length; start += READ_TOGETHER) {
      const lot: Lot = { users: users.slice(start, start + READ_TOGETHER), found: null };
      for (const user of lot.users) this.#lots.set(user, lot);
    }
  }

  /**
   * Null when the person is suspended or gone. Whoever an answer leaves out is asked for alone, and so is everybody when the
   * network refuses to show several at once. @throws NetworkError
   */
  async profile(user: Eid): Promise<Profile | null> {
    const lot = this.#lots.get(user);
    const found = lot === undefined ? undefined : (await (lot.found ??= this.#read(lot.users))).get(user);
    return found ?? this.network.profile(user);
  }

  async #read(users: readonly Eid[]): Promise<Found> {
    try {
      return await this.network.profiles(users);
    } catch (error) {
      if (!(error instanceof NetworkError) || stopsEverything(error)) throw error;
      return new Map();
    }
  }
}

interface Lot {
  readonly users: readonly Eid[];
  found: Promise<Found> | null;
}
