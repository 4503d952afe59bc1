import type { Database } from './database.js';

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
