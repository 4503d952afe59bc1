import type { Readable } from 'node:stream';
import type { Network } from '../network/network.js';
import type { TestSpaces } from '../connections/test/test-spaces.js';
import type { Mailer } from '../mail/transport.js';
import type { Delivery, Source } from '../sources/source.js';
import type { Keys } from '../secrets/keys.js';
import type { Database } from '../store/database.js';
import type { CustomerId, Eid, Xid } from '../sync/ids.js';

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
  readonly schedules: Schedules;
  readonly mailer: Mailer;
  /** Whether an approval has to carry the code that was mailed; else the login of Temporal's UI is trusted. */
  readonly approvalsNeedCodes: boolean;
  readonly uploads: UploadAccess;
  readonly tests: TestSpaces;
  readonly workflows: Workflows;
  /** Fewer people than this who share what a test keeps of them are told of. */
  readonly kAnonymity: number;
  readonly keys: Keys;
  /** Where everything lies that is no table. */
  readonly dataFolder: string;
  /** Opens what the customer delivered, a workbook or a PGP message; else it comes back as it is. @throws CannotOpen */
  openDelivered(customer: CustomerId, content: Readable): Promise<Readable>;
  /** Tries a first read of the customer's source, whatever its kind. */
  probe(
    customer: CustomerId,
  ): Promise<{ readonly ok: boolean; readonly sentence: string; readonly retryable: boolean }>;
}

/** Logins of customers to our drop, and what they uploaded there. */
export interface UploadAccess {
  /** Makes the login, or brings it to these addresses and this key; the customer's source reads the drop from then on. */
  give(request: {
    readonly customer: CustomerId;
    readonly addresses: readonly string[];
    readonly publicKey: string | null;
    readonly expiresAt: Date;
    /** Repeated, it makes no second password. */
    readonly requestKey: string;
  }): Promise<GivenAccess>;
  /** Logins, links and the source with its credentials are gone. */
  withdraw(
    customer: CustomerId,
  ): Promise<{ readonly logins: number; readonly links: number; readonly source: boolean }>;
  /** A file of the customer's folder by its name. @throws NoDropFile */
  read(customer: CustomerId, fileName: string): Promise<Readable>;
  /** A file that was taken over does not stay where employee records are looked for. */
  discard(customer: CustomerId, fileName: string): Promise<void>;
  /** Removes everything that the customer uploaded; answers how many files. */
  empty(customer: CustomerId): Promise<number>;
}

/** What is asked of Temporal beside a workflow. */
export interface Workflows {
  isUnderWay(workflowId: string): Promise<boolean>;
  /** Everything that the histories of this workflow and of those whose id begins with it say, decoded. */
  texts(workflowId: string): AsyncIterable<string>;
  /** Begins a release that was planned. Repeated, it changes nothing. */
  startRelease(customer: string, number: number): Promise<void>;
}

export interface GivenAccess {
  readonly userName: string;
  readonly host: string;
  readonly port: number;
  readonly hostKeyFingerprint: string;
  readonly allowedFrom: readonly string[];
  /** Shows the password once; null where a key logs in. For one mail, never for Temporal. */
  readonly link: string | null;
}

/** When a customer is synced every day. */
export interface DailyTime {
  readonly customer: string;
  readonly dailyAt: string;
  readonly timeZone: string;
  /** Percent of the limits that hold in its runs; null: all of it; left out: as before. */
  readonly limits?: number | null;
}

/** Daily schedules in Temporal. */
export interface Schedules {
  /** Makes it, paused, or brings it to this time; whether it is paused is kept when it exists. */
  save(schedule: DailyTime): Promise<void>;
  /** Makes it or brings it to this time, and switches it on. */
  switchOn(schedule: DailyTime, note: string): Promise<void>;
  /** Whether there was one. */
  remove(customer: string): Promise<boolean>;
  /** No daily run until a person resumes it. Without a schedule nothing happens. */
  pause(customer: string, note: string): Promise<void>;
}

/** A network whose connections somebody has to close. */
export type OwnNetwork = Network & { close(): Promise<void> };

export interface Networks {
  /**
   * The customer's network, with one rate budget for the whole worker. Where a signal is given, calls end with its reason when it is
   * aborted, and none is sent again. @throws UnknownCustomer, NoNetwork
   */
  of(customer: CustomerId, signal?: AbortSignal): Promise<Network>;
  /** Another network that takes the same credentials: a copy. The caller closes it. @throws UnknownCustomer, NoNetwork */
  another(customer: CustomerId, eid: Eid): Promise<OwnNetwork>;
}

export interface Sources {
  /** Opened for one read; the caller closes it. @throws UnknownCustomer */
  open(customer: CustomerId): Promise<Source>;
}

/** Sealed files of deliveries. */
export interface Deliveries {
  /** Keeps the content; answers the file's name, its plain size and SHA-256. That of `last` is not written again. */
  keep(
    customer: CustomerId,
    runId: number,
    delivery: Delivery,
    last: Omit<KeptDelivery, 'bytes'> | null,
  ): Promise<KeptDelivery>;
  read(file: string): Readable;
  /** What a file of the customer that is kept under this name is called. */
  fileOf(customer: CustomerId, name: string): string;
  /** Keeps a file under a name of its own: letters, digits and hyphens. */
  keepFile(
    customer: CustomerId,
    name: string,
    file: { readonly content: Readable; readonly size: number | null },
  ): Promise<Omit<KeptDelivery, 'marks'>>;
  /** Repeated, it changes nothing. */
  remove(file: string): Promise<void>;
}

export interface KeptDelivery {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Hashes of its beginnings, by which a later delivery is compared while it is read. */
  readonly marks: Uint8Array;
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
