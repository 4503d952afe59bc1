/** Everything that a stranger or a broken client could otherwise exhaust. Times in milliseconds. */
export interface DropLimits {
  /** At the same time, over all addresses. Default 500. */
  readonly connections: number;
  /** At the same time from one address, of those that have not logged in yet. Default 20. */
  readonly strangersPerAddress: number;
  /** At the same time, of one login: all customers may send through one address, as a worker reads from one. Default 10. */
  readonly connectionsPerLogin: number;
  /** From the first byte to a successful login. Default 30 s. */
  readonly loginMs: number;
  /** Refused logins before a connection is ended. Default 6; keys that are merely offered count, as in OpenSSH. */
  readonly loginAttempts: number;
  /** Without a request. Default 10 minutes. */
  readonly idleMs: number;
  /** Open files and listings of one session. Default 32. */
  readonly openHandles: number;
  /** Bytes received and not yet on disk, of one connection; above it, reading from the socket pauses. Default 8 MiB. */
  readonly pendingBytes: number;
  /** Delivered files are removed from `archive/` after this time; null: never. Default 30 days. */
  readonly keepArchivedMs: number | null;
}

export const DEFAULT_LIMITS: DropLimits = {
  connections: 500,
  strangersPerAddress: 20,
  connectionsPerLogin: 10,
  loginMs: 30_000,
  loginAttempts: 6,
  idleMs: 600_000,
  openHandles: 32,
  pendingBytes: 8 * 1024 * 1024,
  keepArchivedMs: 30 * 24 * 3_600_000,
};
