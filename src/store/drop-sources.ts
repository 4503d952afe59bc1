import type { Database } from './database.js';

/** Where our own drop answers, and the key by which it is known. */
export interface DropAddress {
  readonly host: string;
  readonly port: number;
  readonly hostKeyFingerprint: string;
}

/** Points the sources that read our own drop at where it is now; it may have got another port. Answers how many were wrong. */
export async function moveDropSources({ pool }: Database, drop: DropAddress): Promise<number> {
  const { host, port, hostKeyFingerprint } = drop;
  const settings = JSON.stringify({ host, port, hostKeyFingerprints: [hostKeyFingerprint] });
  const { rowCount } = await pool.query(
    `UPDATE source SET settings = settings || $1::jsonb, updated_at = now()
     WHERE kind = 'drop' AND NOT settings @> $1::jsonb`,
    [settings],
  );
  return rowCount ?? 0;
}
