import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Config } from '../config.js';
import { AccountFolder } from '../drop/account-folder.js';
import { readDropFile } from '../drop/drop-file.js';
import type { Keys } from '../secrets/keys.js';
import type { Database } from '../store/database.js';
import type { CustomerId } from '../sync/ids.js';
import { giveDropAccess, withdrawDropAccess } from './drop-access.js';
import { findDropPlace } from './drop-place.js';
import { onceAddress } from './once-links.js';

export interface AccessRequest {
  readonly customer: CustomerId;
  readonly addresses: readonly string[];
  /** null: a password behind a link that shows it once. */
  readonly publicKey: string | null;
  /** Of the link. */
  readonly expiresAt: Date;
  /** Idempotency key. */
  readonly requestKey: string;
}

/** Customers' logins to our drop, and what they uploaded, for the steps of an onboarding. */
export class UploadAccess {
  readonly #root: string;

  constructor(
    private readonly database: Database,
    private readonly keys: Keys,
    private readonly config: Config,
  ) {
    this.#root = join(config.dropData, 'drop');
  }

  /** @throws DropUnknown, UnusableDropAccess, UnusableAddress, UnusablePublicKey, LoginTaken */
  async give({ publicKey, ...request }: AccessRequest) {
    const { database, keys, config } = this;
    const place = await findDropPlace(config);
    const given = await giveDropAccess(
      { database, keys, place, maxFileBytes: config.maxDeliveryBytes },
      { ...request, withPassword: publicKey === null, ...(publicKey === null ? {} : { publicKey }) },
    );
    const { userName, host, port, hostKeyFingerprint, addresses: allowedFrom, token } = given;
    const portal = config.portalUrl ?? `http://${config.portalAddress}`;
    return {
      userName,
      host,
      port,
      hostKeyFingerprint,
      allowedFrom,
      link: token === null ? null : onceAddress(portal, token),
    };
  }

  withdraw(customer: CustomerId): ReturnType<typeof withdrawDropAccess> {
    return withdrawDropAccess(this.database, customer);
  }

  /** A file of the customer's folder by its name. @throws NoDropFile */
  async read(customer: CustomerId, fileName: string): Promise<Readable> {
    const maxBytes = this.config.maxDeliveryBytes;
    const { content } = await readDropFile({ root: this.#root, customer, fileName, maxBytes });
    return content;
  }

  /** A file that was taken over does not stay: it would be read as an employee record. Repeated, it changes nothing. */
  async discard(customer: CustomerId, fileName: string): Promise<void> {
    const { onDisk } = await new AccountFolder(join(this.#root, customer)).locate(fileName);
    await rm(onDisk, { force: true });
  }

  /** Removes everything that the customer uploaded, archive included; answers how many files. */
  async empty(customer: CustomerId): Promise<number> {
    const folder = join(this.#root, customer);
    const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(noneWhenMissing);
    for (const name of await readdir(folder).catch(noneWhenMissing))
      await rm(join(folder, name), { recursive: true, force: true });
    return entries.filter((entry) => entry.isFile()).length;
  }
}

/** A customer who never uploaded has no folder; one that cannot be read may hold what has to go. */
function noneWhenMissing(error: unknown): [] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}
