import type { CustomerId } from '../sync/ids.js';
import type { SourceDetails } from './customers.js';
import type { Connection, Database } from './database.js';

/** Where our own drop answers, and the key by which it is known. */
export interface DropAddress {
  readonly host: string;
  readonly port: number;
  readonly hostKeyFingerprint: string;
}

/**
 * A drop whose port was taken listens on another one: the sources that are pinned to its host key follow it. Answers how
 * many had another address; those of a drop elsewhere are left alone.
 */
export async function moveDropSources({ pool }: Database, drop: DropAddress): Promise<number> {
  const { host, port, hostKeyFingerprint } = drop;
  const { rowCount } = await pool.query(
    `UPDATE source SET settings = settings || $1::jsonb, updated_at = now()
     WHERE kind = 'drop' AND settings->'hostKeyFingerprints' @> to_jsonb($2::text) AND NOT settings @> $1::jsonb`,
    [JSON.stringify({ host, port }), hostKeyFingerprint],
  );
  return rowCount ?? 0;
}

/** Whether the customer's source is this drop already. */
export async function readsDrop(connection: Connection, customer: CustomerId, drop: DropAddress): Promise<boolean> {
  const { host, port, hostKeyFingerprint } = drop;
  const settings = JSON.stringify({ host, port, hostKeyFingerprints: [hostKeyFingerprint] });
  const { rowCount } = await connection.query(
    `SELECT 1 FROM source WHERE customer_id = $1 AND kind = 'drop' AND settings @> $2::jsonb`,
    [customer, settings],
  );
  return rowCount === 1;
}

/** Makes this the customer's source, in place of any other. */
export async function saveSource(connection: Connection, customer: CustomerId, source: SourceDetails): Promise<void> {
  await connection.query(
    `INSERT INTO source (customer_id, kind, settings, credentials, updated_at) VALUES ($1, $2, $3, $4, now())
     ON CONFLICT (customer_id) DO UPDATE
       SET kind = excluded.kind, settings = excluded.settings, credentials = excluded.credentials, updated_at = now()`,
    [customer, source.kind, JSON.stringify(source.settings), source.credentials],
  );
}

/** Whether there was one. A source elsewhere stays. */
export async function removeDropSource(connection: Connection, customer: CustomerId): Promise<boolean> {
  const { rowCount } = await connection.query(`DELETE FROM source WHERE customer_id = $1 AND kind = 'drop'`, [
    customer,
  ]);
  return rowCount === 1;
}
