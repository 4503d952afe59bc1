import { createHash, randomBytes } from 'node:crypto';
import type { KeyRing, MasterKey } from '../secrets/master-key.js';
import { openText, seal } from '../secrets/seal.js';
import { inTransaction, type Database } from '../store/database.js';
import { findOpenLink, saveOnceLink, takeSecret, type NewOnceLink } from '../store/once-links.js';
import type { CustomerId } from '../sync/ids.js';

export interface OnceSecret {
  readonly customer: CustomerId;
  /** What it is, in a word: `drop-password`. The portal knows what to say about it. */
  readonly what: string;
  readonly secret: string;
  readonly expiresAt: Date;
}

export interface ShownOnce {
  readonly customer: string;
  readonly what: string;
  readonly secret: string;
}

/** Puts a secret behind a link. The token, 256 bits, is answered here and kept nowhere: it belongs into one mail. */
export async function makeOnceLink(
  { database, key }: { readonly database: Database; readonly key: MasterKey },
  secret: OnceSecret,
): Promise<{ readonly token: string }> {
  const token = randomBytes(32).toString('base64url');
  await inTransaction(database, (connection) => saveOnceLink(connection, sealOnce(key, token, secret)));
  return { token };
}

/** The secret sealed for the link of this token. */
export function sealOnce(key: MasterKey, token: string, { secret, ...rest }: OnceSecret): NewOnceLink {
  const tokenHash = hashToken(token);
  return { ...rest, tokenHash, secret: seal(key, secret, contextOf(rest.customer, rest.what, tokenHash)) };
}

/**
 * Shows the secret, once: it is erased by the same statement. null when the link is unknown, expired, withdrawn or was used.
 * @throws WrongKey, Tampered; the secret is then still there.
 */
export async function readOnce(database: Database, keys: KeyRing, token: string): Promise<ShownOnce | null> {
  const tokenHash = hashToken(token);
  return takeSecret(database, tokenHash, ({ customer, what, secret }) => ({
    customer,
    what,
    secret: openText(keys, secret, contextOf(customer, what, tokenHash)),
  }));
}

/** What the link would show, without showing it: whoever follows links in mails must not use them up. */
export async function peekOnce(database: Database, token: string): Promise<{ readonly what: string } | null> {
  return findOpenLink(database, hashToken(token));
}

/** `base` is the portal's public address. */
export function onceAddress(base: string, token: string): string {
  return `${base.replace(/\/+$/, '')}/once/${token}`;
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function contextOf(customer: string, what: string, tokenHash: string): string {
  return `once/${customer}/${what}/${tokenHash}`;
}
