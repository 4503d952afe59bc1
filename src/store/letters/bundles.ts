import type { CustomerId } from '../../sync/ids.js';
import { audit } from '../audit.js';
import { inTransaction, type Connection, type Database } from '../database.js';
import { lockCustomer } from '../lock-customer.js';
import type { LetterBundle } from '../prisma/client.js';
import { waitingLetters, type WaitingFilter, type WaitingLetter } from './waiting.js';

export type { LetterBundle };

/** What a browser prints in one go without trouble; who is left over is in the next bundle. */
export const MOST_LETTERS = 2_000;

export interface NewBundle extends WaitingFilter {
  readonly customer: CustomerId;
  readonly contactId: string;
  /** SHA-256 of the token, hexadecimal. */
  readonly tokenHash: string;
  readonly wording: object;
  readonly madeBy: string;
  readonly expiresAt: Date;
  /** Letters that lie in bundles which nobody opened are taken into this one; those bundles are withdrawn. */
  readonly again: boolean;
}

export interface MadeBundle {
  readonly id: number;
  readonly number: number;
  readonly letters: readonly WaitingLetter[];
  /** Who waits, and is not in it: one bundle holds only so many. */
  readonly leftOver: number;
  /** Numbers of the bundles that were withdrawn for it. */
  readonly withdrawn: readonly number[];
}

/** Nobody is left who could be in a bundle. Nothing was made. */
export interface NothingToMake {
  /** Letters that lie in bundles which may still be opened, or are open just now. */
  readonly inBundles: number;
  readonly bundles: readonly number[];
}

/** Makes a bundle of everybody who waits and is in no other one: nobody's letter is in two that may be opened. */
export async function makeBundle(database: Database, wish: NewBundle): Promise<MadeBundle | NothingToMake> {
  const { customer, again } = wish;
  return inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    const withdrawn = again ? await withdrawUnopened(connection, wish) : [];
    const waiting = await waitingLetters(connection, customer, wish);
    const free = waiting.filter(({ bundle }) => bundle === null);
    if (free.length === 0) {
      const taken = waiting.flatMap(({ bundle }) => bundle ?? []);
      return { inBundles: taken.length, bundles: [...new Set(taken)].sort((one, other) => one - other) };
    }
    const letters = free.slice(0, MOST_LETTERS);
    const bundle = await insertBundle(connection, wish, letters);
    const facts = { bundle: bundle.number, to: wish.contactId, letters: letters.length };
    await audit(connection, { customer, by: wish.madeBy, what: 'letters made', facts });
    return { ...bundle, letters, leftOver: free.length - letters.length, withdrawn };
  });
}

/** The newest first. */
export async function listBundles({ prisma }: Database, customer: string, take = 50): Promise<readonly LetterBundle[]> {
  return prisma.letterBundle.findMany({ where: { customerId: customer }, orderBy: { number: 'desc' }, take });
}

/** Answers false when there is no such bundle that nobody opened. Its letters wait again. */
export async function withdrawBundle(
  database: Database,
  customer: CustomerId,
  number: number,
  by: string,
): Promise<boolean> {
  return inTransaction(database, async (connection) => {
    const { rows } = await connection.query<{ letters: number }>(
      `UPDATE letter_bundle SET ended_at = now(), outcome = 'withdrawn'
       WHERE customer_id = $1 AND number = $2 AND ended_at IS NULL AND shown_at IS NULL RETURNING letters`,
      [customer, number],
    );
    const [bundle] = rows;
    if (bundle === undefined) return false;
    const facts = { bundle: number, letters: bundle.letters };
    await audit(connection, { customer, by, what: 'letters withdrawn', facts });
    return true;
  });
}

/** Of the bundles that the wish has people in, those that nobody opened. */
async function withdrawUnopened(connection: Connection, wish: NewBundle): Promise<readonly number[]> {
  const { customer, madeBy: by } = wish;
  const waiting = await waitingLetters(connection, customer, wish);
  const numbers = [...new Set(waiting.flatMap(({ bundle }) => bundle ?? []))];
  const { rows } = await connection.query<{ number: number; letters: number }>(
    `UPDATE letter_bundle SET ended_at = now(), outcome = 'withdrawn'
     WHERE customer_id = $1 AND number = ANY ($2) AND ended_at IS NULL AND shown_at IS NULL RETURNING number, letters`,
    [customer, numbers],
  );
  for (const { number, letters } of rows)
    await audit(connection, { customer, by, what: 'letters withdrawn', facts: { bundle: number, letters } });
  return rows.map(({ number }) => number);
}

async function insertBundle(
  connection: Connection,
  { customer, contactId, tokenHash, wording, madeBy, expiresAt }: NewBundle,
  letters: readonly WaitingLetter[],
): Promise<{ readonly id: number; readonly number: number }> {
  const { rows } = await connection.query<{ id: number; number: number }>(
    `INSERT INTO letter_bundle (customer_id, number, contact_id, token_hash, wording, letters, made_by, expires_at)
     SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6, $7 FROM letter_bundle WHERE customer_id = $1
     RETURNING id, number`,
    [customer, contactId, tokenHash, JSON.stringify(wording), letters.length, madeBy, expiresAt],
  );
  const bundle = rows[0];
  if (bundle === undefined) throw new Error('Postgres answered no number for the letters.');
  await connection.query('INSERT INTO letter (bundle_id, customer_id, xid) SELECT $1, $2, unnest($3::text[])', [
    ...[bundle.id, customer],
    letters.map(({ xid }) => xid),
  ]);
  return bundle;
}
