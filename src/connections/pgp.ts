import type { Readable } from 'node:stream';
import { openContent } from '../formats/open-content.js';
import type { KeyKind } from '../formats/pgp/key-pair.js';
import type { PgpKeys } from '../formats/pgp/open-message.js';
import type { Keys } from '../secrets/keys.js';
import type { KeyRing, MasterKey } from '../secrets/master-key.js';
import { openText, seal, sealedWith } from '../secrets/seal.js';
import type { Database } from '../store/database.js';
import { findPgpSender, listPgpKeys, resealPgpKey, savePgpKey } from '../store/pgp-keys.js';
import type { CustomerId } from '../sync/ids.js';

/** A key pair of ours, without its private part. */
export interface GivenOutKey {
  /** 40 hexadecimal digits, in capitals. */
  readonly fingerprint: string;
  /** Armoured. */
  readonly publicKey: string;
}

/** Draws a key pair for a customer and seals its private part. Earlier ones go on opening messages. */
export async function makePgpKey(
  database: Database,
  key: MasterKey,
  customer: CustomerId,
  { kind, by }: { readonly kind: KeyKind; readonly by: string },
): Promise<GivenOutKey> {
  const { makeKeyPair } = await import('../formats/pgp/key-pair.js');
  const { fingerprint, publicKey, privateKey } = await makeKeyPair(`Speakap User Sync (${customer})`, kind);
  const sealed = seal(key, privateKey, contextOf(customer, fingerprint));
  await savePgpKey(database, customer, { fingerprint, kind, publicKey, privateKey: sealed }, by);
  return { fingerprint, publicKey };
}

/** What opens the messages of a customer; without a key of ours, no message opens. @throws WrongKey, Tampered */
export async function openPgpKeys(database: Database, keys: KeyRing, customer: CustomerId): Promise<PgpKeys> {
  const own = await listPgpKeys(database, customer);
  return {
    own: own.map(({ fingerprint, privateKey }) => openText(keys, privateKey, contextOf(customer, fingerprint))),
    sender: await findPgpSender(database, customer),
  };
}

/** After a change of the master key: the key pairs of a customer are sealed with the new one. @throws WrongKey, Tampered */
export async function resealPgpKeys(database: Database, { key, ring }: Keys, customer: CustomerId): Promise<void> {
  for (const { fingerprint, privateKey } of await listPgpKeys(database, customer)) {
    if (sealedWith(privateKey) === key.id) continue;
    const context = contextOf(customer, fingerprint);
    await resealPgpKey(database, customer, fingerprint, seal(key, openText(ring, privateKey, context), context));
  }
}

/**
 * Opens what a customer delivered, a workbook or a PGP message; everything else comes back as the stream that it is.
 * @throws CannotOpen, WrongKey, Tampered, and what the content fails with; the stream fails with the same
 */
export function openDelivered(
  database: Database,
  keys: KeyRing,
  customer: CustomerId,
  content: Readable,
): Promise<Readable> {
  return openContent(content, () => openPgpKeys(database, keys, customer));
}

function contextOf(customer: CustomerId, fingerprint: string): string {
  return `pgp/${customer}/${fingerprint}`;
}
