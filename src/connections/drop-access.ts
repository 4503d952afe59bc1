import { hashPassword } from '../drop/password.js';
import { parsePublicKeys } from '../drop/public-keys.js';
import { checkUploadAddresses } from '../drop/upload-addresses.js';
import type { Keys } from '../secrets/keys.js';
import { deriveKey } from '../secrets/master-key.js';
import { inTransaction, type Connection, type Database } from '../store/database.js';
import { disableDropAccounts, lockDropAccount, upsertDropAccount } from '../store/drop-accounts.js';
import { readsDrop, removeDropSource, saveSource } from '../store/drop-sources.js';
import { lockCustomer } from '../store/lock-customer.js';
import { hasOnceLink, saveOnceLink, withdrawOnceLinks } from '../store/once-links.js';
import type { CustomerId } from '../sync/ids.js';
import { sealSourceCredentials } from './credentials.js';
import { drawDropPassword, findOwnLogin, isUserName, saveUploadLogin } from './drop-logins.js';
import type { DropPlace } from './drop-place.js';
import { intakeUserName, makeDropSource, type DropSource } from './drop-source.js';
import { hashToken, sealOnce } from './once-links.js';

/** What the links of this file show. */
export const DROP_PASSWORD = 'drop-password';

export interface DropAccessParts {
  readonly database: Database;
  readonly keys: Keys;
  readonly place: DropPlace;
  readonly maxFileBytes: number;
}

export interface DropAccessWish {
  readonly customer: CustomerId;
  /** Default: `korenaar-hr`. */
  readonly userName?: string;
  /** From where the customer uploads: addresses and ranges. */
  readonly addresses: readonly string[];
  /** In OpenSSH's format, one a line. */
  readonly publicKey?: string;
  readonly withPassword: boolean;
  /** Of the link that shows the password. */
  readonly expiresAt: Date;
  /** Idempotency key: the same wish, repeated after a crash, makes no second password. Another key makes a new one. */
  readonly requestKey: string;
}

export interface GivenDropAccess {
  readonly userName: string;
  readonly host: string;
  readonly port: number;
  readonly hostKeyFingerprint: string;
  readonly addresses: readonly string[];
  readonly publicKeys: number;
  /** Of the link that shows the password, for one mail; nothing that Temporal keeps may hold it. null without password. */
  readonly token: string | null;
}

/** The wish leaves no way in, or names what cannot be a user name. */
export class UnusableDropAccess extends Error {
  override readonly name = 'UnusableDropAccess';
}

/**
 * Gives a customer its login to our drop, by key, by password or both, and makes the drop its source. Everything is written at
 * once or not at all; what the login of this name had before is replaced.
 * @throws UnusableDropAccess, UnusableAddress, UnusablePublicKey, LoginTaken
 */
export async function giveDropAccess(parts: DropAccessParts, wish: DropAccessWish): Promise<GivenDropAccess> {
  const { database, keys, place, maxFileBytes } = parts;
  const { customer, userName = uploadUserName(customer) } = wish;
  const addresses = checkUploadAddresses(wish.addresses, place.publicHost);
  const publicKeys = wish.publicKey === undefined ? [] : parsePublicKeys(wish.publicKey, 'What was sent as public key');
  refuseSenseless(userName, wish);

  // Slow on purpose, and so done before anything is locked.
  const password = wish.withPassword ? await makePassword(keys, wish) : null;
  const source = await makeDropSource(customer, place.reading, maxFileBytes);
  await inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    const passwordHash = await settlePassword(connection, keys, { ...wish, userName }, password);
    const login = { userName, customer, publicKeys, allowedFrom: addresses, maxFileBytes };
    await saveUploadLogin(connection, { ...login, passwordHash });
    await readFromDrop(connection, keys, place, customer, source);
  });
  return {
    ...{ userName, addresses, publicKeys: publicKeys.length, token: password?.token ?? null },
    ...{ host: place.publicHost, port: place.publicPort, hostKeyFingerprint: place.reading.hostKeyFingerprint },
  };
}

export interface WithdrawnDropAccess {
  /** Logins of the customer and of our own intake. */
  readonly logins: number;
  /** Links that had not been used yet. */
  readonly links: number;
  /** Whether the drop was the customer's source. */
  readonly source: boolean;
}

/** Takes back what `giveDropAccess` gave: nobody gets in, and no credential is left. Uploaded files stay. */
export async function withdrawDropAccess(
  database: Database,
  customer: CustomerId,
  userName = uploadUserName(customer),
): Promise<WithdrawnDropAccess> {
  return inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    return {
      logins: await disableDropAccounts(connection, customer, [userName, intakeUserName(customer)]),
      links: await withdrawOnceLinks(connection, customer, DROP_PASSWORD),
      source: await removeDropSource(connection, customer),
    };
  });
}

function uploadUserName(customer: CustomerId): string {
  return `${customer}-hr`;
}

function refuseSenseless(userName: string, { withPassword, publicKey }: DropAccessWish): void {
  if (!isUserName(userName)) {
    throw new UnusableDropAccess(
      'The user name cannot be used: it has letters, digits, dots, hyphens and underscores, at least two. No login was made.',
    );
  }
  if (!withPassword && publicKey === undefined) {
    throw new UnusableDropAccess('A login needs a public key or a password. No login was made. Ask for one of them.');
  }
}

interface MadePassword {
  readonly token: string;
  readonly password: string;
  readonly hash: string;
}

/** The token follows from the request, so that a repeated one finds the link that it made. */
async function makePassword({ key }: Keys, { customer, requestKey }: DropAccessWish): Promise<MadePassword> {
  const token = deriveKey(key, `once token v1\0${customer}\0${requestKey}`).toString('base64url');
  const password = drawDropPassword();
  return { token, password, hash: await hashPassword(password) };
}

/** What the login's password hash is from now on; its link is made with it. A repeated request keeps what it made. */
async function settlePassword(
  connection: Connection,
  { key }: Keys,
  { customer, userName, expiresAt }: DropAccessWish & { readonly userName: string },
  made: MadePassword | null,
): Promise<string | null> {
  const present = (await findOwnLogin(connection, { userName, customer }))?.passwordHash ?? null;
  if (made !== null && present !== null && (await hasOnceLink(connection, hashToken(made.token)))) return present;
  await withdrawOnceLinks(connection, customer, DROP_PASSWORD);
  if (made === null) return null;
  const secret = { customer, what: DROP_PASSWORD, secret: made.password, expiresAt };
  await saveOnceLink(connection, sealOnce(key, made.token, secret));
  return made.hash;
}

/** Unless our side reads it already: its password would change for nothing. */
async function readFromDrop(
  connection: Connection,
  { key }: Keys,
  { reading }: DropPlace,
  customer: CustomerId,
  { settings, password, account }: DropSource,
): Promise<void> {
  const intake = await lockDropAccount(connection, account.userName);
  const isReady = intake !== null && !intake.isDisabled && intake.customer === customer;
  if (isReady && (await readsDrop(connection, customer, reading))) return;
  await upsertDropAccount(connection, account);
  const credentials = sealSourceCredentials(key, customer, { password });
  await saveSource(connection, customer, { kind: 'drop', settings, credentials });
}
