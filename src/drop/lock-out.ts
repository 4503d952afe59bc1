import { addressGroup } from './allow-list.js';

/** Remembers refused logins. Handed in when several drops must share what they know. */
export interface LockOut {
  /** Milliseconds for which this login is refused unseen; 0: it may be tried. */
  remainingMs(userName: string, address: string): number;
  recordFailure(userName: string, address: string): void;
  recordSuccess(userName: string, address: string): void;
}

export interface LockOutSettings {
  /** Failures of one account from one address that cost nothing. Default 5. */
  readonly freePerLogin: number;
  /** Failures of one address, whatever the account, that cost nothing. Default 20. */
  readonly freePerAddress: number;
  /** The first lock-out; each further failure doubles it. Default 30 s. */
  readonly firstMs: number;
  /** Default 1 hour. */
  readonly longestMs: number;
  /** Failures are forgotten after this time without another. Default 24 hours. */
  readonly forgetAfterMs: number;
  /** Logins and addresses remembered; beyond it the one that was longest without a failure is forgotten. Default 10,000. */
  readonly entries: number;
}

interface Failures {
  readonly count: number;
  readonly lastAt: number;
}

const DEFAULTS: LockOutSettings = {
  freePerLogin: 5,
  freePerAddress: 20,
  firstMs: 30_000,
  longestMs: 3_600_000,
  forgetAfterMs: 24 * 3_600_000,
  entries: 10_000,
};

/** Kept in memory: a restart forgets, which costs a guesser more time than it gains. */
export function createLockOut(settings: Partial<LockOutSettings> = {}, now: () => number = Date.now): LockOut {
  const limits = { ...DEFAULTS, ...settings };
  const failures = new Map<string, Failures>();

  function remaining(key: string, free: number): number {
    const found = failures.get(key);
    if (found === undefined || found.count < free) return 0;
    return Math.max(0, found.lastAt + lockedFor(found.count - free, limits) - now());
  }

  function count(key: string): void {
    const found = failures.get(key);
    const known = found !== undefined && now() - found.lastAt < limits.forgetAfterMs;
    failures.delete(key); // To the end: a map keeps the order of insertion, and the first one is forgotten first.
    failures.set(key, { count: (known ? found.count : 0) + 1, lastAt: now() });
    forgetOldest(failures, limits.entries);
  }

  return {
    remainingMs: (userName, address) =>
      Math.max(
        remaining(loginKey(userName, address), limits.freePerLogin),
        remaining(addressKey(address), limits.freePerAddress),
      ),
    recordFailure(userName, address) {
      count(loginKey(userName, address));
      count(addressKey(address));
    },
    // The address keeps its count: one good account must not pay for guesses at others.
    recordSuccess: (userName, address) => void failures.delete(loginKey(userName, address)),
  };
}

function lockedFor(beyond: number, { firstMs, longestMs }: LockOutSettings): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(beyond, 30));
}

function forgetOldest(failures: Map<string, Failures>, entries: number): void {
  for (const key of failures.keys()) {
    if (failures.size <= entries) return;
    failures.delete(key);
  }
}

function addressKey(address: string): string {
  return addressGroup(address);
}

function loginKey(userName: string, address: string): string {
  return `${addressGroup(address)} ${userName.slice(0, 128)}`;
}
