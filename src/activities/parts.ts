import type { Readable } from 'node:stream';
import type { Network } from '../network/network.js';
import type { Delivery, Source } from '../sources/source.js';
import type { Database } from '../store/database.js';
import type { CustomerId, Xid } from '../sync/ids.js';

/** What the worker hands to its activities. */
export interface ActivityParts {
  readonly database: Database;
  readonly networks: Networks;
  readonly sources: Sources;
  readonly deliveries: Deliveries;
  readonly passwords: Passwords;
  readonly metrics: Metrics;
  readonly heartbeatSeconds: number;
  readonly networkConcurrency: number;
  /** People, or groups, in one batch of changes. */
  readonly batchSize: number;
  /** Events after which a run continues as new. */
  readonly historyEvents: number;
}

export interface Networks {
  /** The customer's network, with one rate budget for the whole worker. @throws UnknownCustomer, NoNetwork */
  of(customer: CustomerId): Promise<Network>;
}

export interface Sources {
  /** Opened for one read; the caller closes it. @throws UnknownCustomer */
  open(customer: CustomerId): Promise<Source>;
}

/** Sealed files of deliveries. */
export interface Deliveries {
  /** Keeps the content; answers the file's name, its plain size and SHA-256. */
  keep(customer: CustomerId, runId: number, delivery: Delivery): Promise<KeptDelivery>;
  read(file: string): Readable;
}

export interface KeptDelivery {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Temporary passwords, sealed for one person of one customer. */
export interface Passwords {
  /** Draws one. */
  make(customer: CustomerId, xid: Xid): string;
  seal(customer: CustomerId, xid: Xid, password: string): string;
  open(customer: CustomerId, xid: Xid, sealed: string): string;
}

export interface Metrics {
  runEnded(customer: CustomerId, status: string): void;
  changesApplied(customer: CustomerId, kind: string, status: string, changes: number): void;
  snapshotAccepted(customer: CustomerId): void;
  heldNow(customer: CustomerId, changes: number): void;
}
