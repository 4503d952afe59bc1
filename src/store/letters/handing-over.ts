import { createHash } from 'node:crypto';
import type { Profile } from '../../sync/person.js';
import { audit } from '../audit.js';
import { inTransaction, type Connection, type Database } from '../database.js';
import { LOCATION } from './waiting.js';

/** Minutes in which the page that opened the letters may ask for them again: a printer jams, a connection breaks. */
export const SHOWN_FOR_MINUTES = 60;

/** One person of an opened bundle. */
export interface SealedLetter {
  readonly xid: string;
  readonly userName: string;
  readonly profile: Profile;
  readonly location: string;
  /** Sealed temporary password. */
  readonly password: string;
}

export interface OpenedBundle {
  readonly customer: string;
  readonly customerName: string;
  readonly number: number;
  readonly contactId: string;
  readonly wording: unknown;
  /** By location and name. Whoever left since, or has no such password any more, is not among them. */
  readonly letters: readonly SealedLetter[];
}

/** Both are SHA-256, hexadecimal. `claimHash`: of what only one page knows. */
export interface Opening {
  readonly tokenHash: string;
  readonly claimHash: string;
}

/** How many letters the link would show; null when it was opened, withdrawn, has expired, or never was. Changes nothing. */
export async function findUnopened(
  { pool }: Database,
  tokenHash: string,
): Promise<{ readonly letters: number } | null> {
  const { rows } = await pool.query<{ letters: number }>(
    'SELECT letters FROM letter_bundle WHERE token_hash = $1 AND ended_at IS NULL AND shown_at IS NULL AND expires_at > now()',
    [tokenHash],
  );
  return rows[0] ?? null;
}

/**
 * Opens a bundle for one page, and answers what `read` makes of it; to that page alone again, for a while. When `read`
 * throws, nothing was opened. null as in `findUnopened`, and for every page but the one that opened it.
 */
export async function openBundle<Read>(
  database: Database,
  opening: Opening,
  read: (bundle: OpenedBundle) => Read,
): Promise<Read | null> {
  return inTransaction(database, async (connection) => {
    const found = await lockBundle(connection, opening);
    if (found === null) return null;
    const { id, customer, number, contactId } = found;
    await connection.query(
      'UPDATE letter_bundle SET claim_hash = $2, shown_at = coalesce(shown_at, now()) WHERE id = $1',
      [...[id, opening.claimHash]],
    );
    const { rows: letters } = await connection.query<SealedLetter>(LETTERS, [id]);
    await rememberShown(connection, id, letters);
    const what = found.shownBefore ? 'letters shown again' : 'letters shown';
    await audit(connection, { customer, by: contactId, what, facts: { bundle: number, letters: letters.length } });
    return read({ ...found, letters });
  });
}

/** The page says that it is done with the letters: their passwords are erased now. Answers whether it was this page's to say. */
export async function confirmBundle(database: Database, opening: Opening): Promise<boolean> {
  return inTransaction(database, async (connection) => {
    const found = await lockBundle(connection, opening);
    if (found?.shownBefore !== true) return false;
    await endShown(connection, found, 'confirmed');
    return true;
  });
}

/** Ends what was shown and not confirmed when its time is over, one bundle after the other. Answers how many that were. */
export async function endShownBundles(database: Database): Promise<number> {
  for (let ended = 0; ; ended += 1) {
    const found = await inTransaction(database, async (connection) => {
      const { rows } = await connection.query<Shown>(OVERDUE, [SHOWN_FOR_MINUTES]);
      if (rows[0] !== undefined) await endShown(connection, rows[0], 'shown');
      return rows[0] !== undefined;
    });
    if (!found) return ended;
  }
}

interface Shown {
  readonly id: number;
  readonly customer: string;
  readonly number: number;
  readonly contactId: string;
}

type Found = Shown & Pick<OpenedBundle, 'customerName' | 'wording'> & { readonly shownBefore: boolean };

/** The later of two pages waits for the row, and finds it opened by the other. */
async function lockBundle(connection: Connection, { tokenHash, claimHash }: Opening): Promise<Found | null> {
  const { rows } = await connection.query<Found>(LOCKED, [tokenHash, claimHash, SHOWN_FOR_MINUTES]);
  return rows[0] ?? null;
}

const LOCKED = `
  SELECT b.id, b.customer_id AS customer, c.name AS "customerName", b.number, b.contact_id AS "contactId", b.wording,
    b.shown_at IS NOT NULL AS "shownBefore"
  FROM letter_bundle b JOIN customer c ON c.id = b.customer_id
  WHERE b.token_hash = $1 AND b.ended_at IS NULL AND (
    (b.shown_at IS NULL AND b.expires_at > now())
    OR (b.claim_hash = $2 AND b.shown_at > now() - $3 * interval '1 minute'))
  FOR UPDATE OF b`;

const OVERDUE = `
  SELECT id, customer_id AS customer, number, contact_id AS "contactId" FROM letter_bundle
  WHERE ended_at IS NULL AND shown_at <= now() - $1 * interval '1 minute' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`;

const LETTERS = `
  SELECT * FROM (
    SELECT l.xid, l.user_name AS "userName", l.written->'profile' AS profile, ${LOCATION} AS location, l.password
    FROM letter p JOIN link l ON l.customer_id = p.customer_id AND l.xid = p.xid
    WHERE p.bundle_id = $1 AND l.state = 'active' AND l.password IS NOT NULL
  ) o ORDER BY location, profile->>'familyName', profile->>'givenName', xid`;

async function rememberShown(connection: Connection, id: number, letters: readonly SealedLetter[]): Promise<void> {
  await connection.query(
    `UPDATE letter p SET shown = s.shown FROM unnest($2::text[], $3::text[]) AS s (xid, shown)
     WHERE p.bundle_id = $1 AND p.xid = s.xid`,
    [id, letters.map(({ xid }) => xid), letters.map(({ password }) => hashOf(password))],
  );
}

async function endShown(connection: Connection, shown: Shown, outcome: 'confirmed' | 'shown'): Promise<void> {
  const { id, customer, number, contactId } = shown;
  const { rowCount } = await connection.query(ERASE, [id]);
  await connection.query('UPDATE letter_bundle SET ended_at = now(), outcome = $2::bundle_outcome WHERE id = $1', [
    ...[id, outcome],
  ]);
  const facts = { bundle: number, passwords: rowCount ?? 0 };
  await audit(
    connection,
    outcome === 'confirmed'
      ? { customer, by: contactId, what: 'letters confirmed', facts }
      : { customer, by: 'system', what: 'passwords erased', facts },
  );
}

/** A password that was made anew since was not shown, and stays. */
const ERASE = `
  UPDATE link l SET password = NULL FROM letter p
  WHERE p.bundle_id = $1 AND p.shown IS NOT NULL AND l.customer_id = p.customer_id AND l.xid = p.xid
    AND encode(sha256(convert_to(l.password, 'UTF8')), 'hex') = p.shown`;

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
