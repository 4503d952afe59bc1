import type { CustomerId } from '../sync/ids.js';
import { inTransaction, type Connection, type Database } from './database.js';

export interface NewOnceLink {
  /** SHA-256 of the token, hexadecimal. The token itself is nowhere but in the link. */
  readonly tokenHash: string;
  readonly customer: CustomerId;
  /** What it shows: `drop-password`. */
  readonly what: string;
  /** Sealed by the caller. */
  readonly secret: string;
  readonly expiresAt: Date;
}

export interface SealedOnce {
  readonly customer: string;
  readonly what: string;
  readonly secret: string;
}

/** Adds it, or fills it anew. Secrets whose time is over are erased on the way. */
export async function saveOnceLink(connection: Connection, link: NewOnceLink): Promise<void> {
  const { tokenHash, customer, what, secret, expiresAt } = link;
  await connection.query('UPDATE once_link SET secret = NULL WHERE secret IS NOT NULL AND expires_at <= now()');
  await connection.query(
    `INSERT INTO once_link (token_hash, customer_id, what, secret, expires_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (token_hash) DO UPDATE
       SET secret = excluded.secret, created_at = now(), expires_at = excluded.expires_at, shown_at = NULL`,
    [tokenHash, customer, what, secret, expiresAt],
  );
}

/** Whether it was ever made, shown and expired ones included. */
export async function hasOnceLink(connection: Connection, tokenHash: string): Promise<boolean> {
  const { rowCount } = await connection.query('SELECT 1 FROM once_link WHERE token_hash = $1', [tokenHash]);
  return rowCount === 1;
}

/** What it would show; null when it was shown, withdrawn, expired, or never made. Changes nothing. */
export async function findOpenLink({ pool }: Database, tokenHash: string): Promise<{ readonly what: string } | null> {
  const { rows } = await pool.query<{ what: string }>(
    'SELECT what FROM once_link WHERE token_hash = $1 AND secret IS NOT NULL AND expires_at > now()',
    [tokenHash],
  );
  return rows[0] ?? null;
}

/**
 * Erases the secret and hands it to `unseal`: of two readers at once exactly one gets it. When `unseal` throws, nothing was
 * erased. null as in `findOpenLink`.
 */
export async function takeSecret<Secret>(
  database: Database,
  tokenHash: string,
  unseal: (sealed: SealedOnce) => Secret,
): Promise<Secret | null> {
  return inTransaction(database, async (connection) => {
    const { rows } = await connection.query<SealedOnce>(TAKE, [tokenHash]);
    return rows[0] === undefined ? null : unseal(rows[0]);
  });
}

/** The later of two readers waits for the row, and finds it erased. */
const TAKE = `
  WITH open AS (
    SELECT token_hash, customer_id, what, secret FROM once_link
    WHERE token_hash = $1 AND secret IS NOT NULL AND expires_at > now() FOR UPDATE
  )
  UPDATE once_link SET secret = NULL, shown_at = now() FROM open WHERE once_link.token_hash = open.token_hash
  RETURNING open.customer_id AS customer, open.what, open.secret`;

/** Erases what was not shown yet, of everything or of one kind. Answers how many links that were. */
export async function withdrawOnceLinks(
  connection: Pick<Connection, 'query'>,
  customer: CustomerId,
  what: string | null = null,
): Promise<number> {
  const { rowCount } = await connection.query(
    'UPDATE once_link SET secret = NULL WHERE customer_id = $1 AND secret IS NOT NULL AND ($2::text IS NULL OR what = $2)',
    [customer, what],
  );
  return rowCount ?? 0;
}
