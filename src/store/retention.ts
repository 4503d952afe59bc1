import { inTransaction, type Database } from './database.js';
import type { Prisma } from './prisma/client.js';

/** A sealed file of a delivery. */
export interface KeptDelivery {
  readonly snapshotId: number;
  /** Relative to the folder of deliveries. */
  readonly file: string;
  readonly receivedAt: Date;
}

/**
 * Deliveries of all customers whose time is over. The last accepted one of a customer stays, and what came after it: it may be
 * read again. So does a file that a later delivery of the same content shares with an older one.
 */
export async function oldDeliveries({ pool }: Database, days: number): Promise<readonly KeptDelivery[]> {
  const { rows } = await pool.query<KeptDelivery>(
    `WITH over AS (
       SELECT s.id, s.customer_id, s.file, s.received_at FROM snapshot s
       WHERE s.file IS NOT NULL AND s.received_at < now() - $1 * interval '1 day'
         AND EXISTS (SELECT 1 FROM snapshot n WHERE n.customer_id = s.customer_id AND n.status = 'accepted' AND n.id > s.id)
     )
     SELECT id AS "snapshotId", file, received_at AS "receivedAt" FROM over o
     WHERE NOT EXISTS (SELECT 1 FROM snapshot k WHERE k.customer_id = o.customer_id AND k.file = o.file
                       AND k.id NOT IN (SELECT id FROM over))
     ORDER BY id`,
    [days],
  );
  return rows;
}

/** After its file was removed. Repeated, it changes nothing. */
export async function noteDeliveryRemoved({ prisma }: Database, { snapshotId }: KeptDelivery): Promise<void> {
  await prisma.snapshot.update({ where: { id: snapshotId }, data: { file: null } });
}

/**
 * When a run `r` ended; null: it goes on. A live one that somebody terminated is closed by the next one. A dry run waits for nobody,
 * and no other has its id: one that has no end by the time that others are removed was terminated.
 */
const ENDED = `coalesce(r.ended_at, CASE WHEN r.kind = 'dry' THEN r.started_at END)`;

/**
 * Removes plan, changes and warnings of runs that ended so many days ago, run by run; their counts stay in `summary`. Then the
 * people whom no run of that time and no release that goes on is limited to. Answers how many runs that were.
 */
export async function removeOldRunDetails(database: Database, days: number): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(OLD_RUNS, [days]);
  for (const { id } of rows) {
    await inTransaction(database, async (connection) => {
      await connection.query('DELETE FROM plan WHERE run_id = $1', [id]);
      await connection.query('DELETE FROM run_warning WHERE run_id = $1', [id]);
      await connection.query(
        `UPDATE run SET summary = coalesce(summary, '{}') || jsonb_build_object('detailsRemovedAt', now()) WHERE id = $1`,
        [id],
      );
    });
  }
  await database.pool.query(EMPTY_PILOTS, [days]);
  return rows.length;
}

/** Of several runs for the same people the last one counts, and a release that goes on needs the people of all its waves. */
const EMPTY_PILOTS = `
  UPDATE pilot p SET xids = '{}' WHERE p.xids <> '{}' AND p.created_at < now() - $1 * interval '1 day'
    AND NOT EXISTS (SELECT 1 FROM run r WHERE r.pilot_id = p.id
      AND (${ENDED} >= now() - $1 * interval '1 day') IS NOT FALSE)
    AND NOT EXISTS (SELECT 1 FROM release_wave w JOIN release e ON e.id = w.release_id
      WHERE w.pilot_id = p.id AND e.ended_at IS NULL)`;

const OLD_RUNS = `
  SELECT id FROM run r WHERE ${ENDED} < now() - $1 * interval '1 day' AND summary->'detailsRemovedAt' IS NULL ORDER BY id`;

/** When the changes of a run were removed because their time was over; null: they are there. */
export function detailsRemovedAt(summary: Prisma.JsonValue): Date | null {
  const removed =
    typeof summary === 'object' && summary !== null && !Array.isArray(summary) && summary['detailsRemovedAt'];
  return typeof removed === 'string' ? new Date(removed) : null;
}

/** Erases secrets behind links whose time is over. Answers how many. */
export async function eraseExpiredSecrets({ pool }: Database): Promise<number> {
  const sql = 'UPDATE once_link SET secret = NULL WHERE secret IS NOT NULL AND expires_at <= now()';
  return (await pool.query(sql)).rowCount ?? 0;
}
