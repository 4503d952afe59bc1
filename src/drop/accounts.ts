import type { CustomerId } from '../sync/ids.js';

/** A login to the drop. All accounts of one customer share that customer's folder. */
export interface DropAccount {
  readonly userName: string;
  readonly customer: CustomerId;
  /** Made by `hashPassword`; null: only keys open this account. */
  readonly passwordHash: string | null;
  /** As in OpenSSH's `.pub` files. */
  readonly publicKeys: readonly string[];
  /** Addresses and CIDR ranges. Empty: nobody. Everybody is `['0.0.0.0/0', '::/0']` (timelines: the customer names its addresses). */
  readonly allowedFrom: readonly string[];
  readonly maxFileBytes: number;
  /**
   * `upload`, for the customer: everything within the folder. `fetch`, for our own intake: reads, and moves to `archive/`.
   * Default `upload`.
   */
  readonly access?: DropAccess;
}

export type DropAccess = 'upload' | 'fetch';

/** Where the drop looks its accounts up, at every login: a change counts from the next login on. */
export interface DropAccounts {
  find(userName: string): Promise<DropAccount | null>;
}
