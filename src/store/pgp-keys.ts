import type { CustomerId } from '../sync/ids.js';
import { audit } from './audit.js';
import { inTransaction, type Database } from './database.js';
import type { PgpKey, PgpSender } from './prisma/client.js';

export type { PgpKey, PgpSender };

export interface NewPgpKey {
  readonly fingerprint: string;
  readonly kind: string;
  /** Armoured. */
  readonly publicKey: string;
  /** Armoured, sealed by the caller. */
  readonly privateKey: string;
}

/** Adds a key pair of ours; those that are there go on opening messages. */
export async function savePgpKey(
  database: Database,
  customer: CustomerId,
  { fingerprint, kind, publicKey, privateKey }: NewPgpKey,
  by: string,
): Promise<void> {
  await inTransaction(database, async (connection) => {
    await connection.query(
      `INSERT INTO pgp_key (customer_id, fingerprint, kind, public_key, private_key, created_by)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [customer, fingerprint, kind, publicKey, privateKey, by],
    );
    await audit(connection, { customer, by, what: 'PGP key made', facts: { fingerprint, kind } });
  });
}

/** The same private part, sealed with another master key by the caller. */
export async function resealPgpKey(
  { prisma }: Database,
  customerId: CustomerId,
  fingerprint: string,
  privateKey: string,
): Promise<void> {
  await prisma.pgpKey.updateMany({ where: { customerId, fingerprint }, data: { privateKey } });
}

/** Messages for this key are not opened any more. False: there is none of this fingerprint. */
export async function removePgpKey(
  database: Database,
  customer: CustomerId,
  fingerprint: string,
  by: string,
): Promise<boolean> {
  return inTransaction(database, async (connection) => {
    const { rowCount } = await connection.query('DELETE FROM pgp_key WHERE customer_id = $1 AND fingerprint = $2', [
      ...[customer, fingerprint],
    ]);
    if (rowCount === 0) return false;
    await audit(connection, { customer, by, what: 'PGP key removed', facts: { fingerprint } });
    return true;
  });
}

/** The newest first: that is the one to give out. */
export async function listPgpKeys({ prisma }: Database, customer: string): Promise<readonly PgpKey[]> {
  return prisma.pgpKey.findMany({ where: { customerId: customer }, orderBy: { createdAt: 'desc' } });
}

export type NewPgpSender = Omit<PgpSender, 'customerId'>;

/** Replaces the key by which the customer signs. */
export async function savePgpSender(
  database: Database,
  customer: CustomerId,
  { fingerprint, publicKey, mustSign }: NewPgpSender,
  by: string,
): Promise<void> {
  await inTransaction(database, async (connection) => {
    await connection.query(
      `INSERT INTO pgp_sender (customer_id, fingerprint, public_key, must_sign) VALUES ($1, $2, $3, $4)
       ON CONFLICT (customer_id) DO UPDATE SET fingerprint = $2, public_key = $3, must_sign = $4`,
      [customer, fingerprint, publicKey, mustSign],
    );
    await audit(connection, { customer, by, what: 'PGP sender set', facts: { fingerprint, mustSign } });
  });
}

/** Signatures are not looked at any more. False: there was no key to look by. */
export async function removePgpSender(database: Database, customer: CustomerId, by: string): Promise<boolean> {
  return inTransaction(database, async (connection) => {
    const { rowCount } = await connection.query('DELETE FROM pgp_sender WHERE customer_id = $1', [customer]);
    if (rowCount === 0) return false;
    await audit(connection, { customer, by, what: 'PGP sender removed', facts: {} });
    return true;
  });
}

export async function findPgpSender({ prisma }: Database, customer: string): Promise<PgpSender | null> {
  return prisma.pgpSender.findUnique({ where: { customerId: customer } });
}

/** A customer that is not connected any more. Answers how many key pairs of ours there were. */
export async function forgetPgpKeys(database: Database, customer: CustomerId): Promise<number> {
  return inTransaction(database, async (connection) => {
    await connection.query('DELETE FROM pgp_sender WHERE customer_id = $1', [customer]);
    const { rowCount } = await connection.query('DELETE FROM pgp_key WHERE customer_id = $1', [customer]);
    return rowCount ?? 0;
  });
}
