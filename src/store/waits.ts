import type { CustomerId, Xid } from '../sync/ids.js';
import type { Connection, Database } from './database.js';

/** Somebody about whom a plan decides nothing more today, though another day it may. */
export interface Wait {
  readonly xid: Xid;
  /** An instant, or a day at the customer (`2026-11-30`); null: until the next accepted delivery. */
  readonly until: string | null;
  readonly reason: 'date' | 'missing';
}

/** The network keeps a suspended account for so many days (`speakap-user-sync.md`, 11). */
export const KEPT_DAYS = 30;

/** The moment of a plan at the customer. */
export async function planMoment(
  { pool }: Database,
  customer: CustomerId,
): Promise<{ readonly now: Date; readonly today: string }> {
  const { rows } = await pool.query<{ now: Date; today: string }>(
    `SELECT clock_timestamp() AS now, to_char(clock_timestamp() AT TIME ZONE time_zone, 'YYYY-MM-DD') AS today
     FROM customer WHERE id = $1`,
    [customer],
  );
  return rows[0] ?? { now: new Date(), today: new Date().toISOString().slice(0, 10) };
}

/**
 * Notes since which delivery no row names somebody with an account, and forgets it for those who are back. `record` is asked
 * person by person, which costs the same whatever Postgres believes of a customer's size.
 */
export async function noteAbsences(connection: Connection, customer: CustomerId): Promise<void> {
  await connection.query(
    `WITH seen AS MATERIALIZED (
       SELECT d.xid, (SELECT 1 FROM record r WHERE r.customer_id = $1 AND r.xid = d.xid LIMIT 1) IS NULL AS is_gone
       FROM due d WHERE d.customer_id = $1 AND d.due_at <= clock_timestamp()
     )
     UPDATE link l SET missing_since = CASE WHEN s.is_gone THEN clock_timestamp() END,
       missing_snapshot = CASE WHEN s.is_gone
         THEN (SELECT max(id) FROM snapshot WHERE customer_id = $1 AND status = 'accepted') END
     FROM seen s
     WHERE l.customer_id = $1 AND l.xid = s.xid AND (l.missing_since IS NULL) = s.is_gone`,
    [customer],
  );
}

export async function saveWaits(connection: Connection, runId: number, waits: readonly Wait[]): Promise<void> {
  if (waits.length === 0) return;
  await connection.query(
    `INSERT INTO plan_wait (run_id, xid, until, reason)
     SELECT $1, w.xid, CASE WHEN length(w.until) = 10 THEN w.until::timestamp AT TIME ZONE c.time_zone
                            ELSE w.until::timestamptz END, w.reason
     FROM unnest($2::text[], $3::text[], $4::text[]) AS w (xid, until, reason)
     JOIN run r ON r.id = $1 JOIN customer c ON c.id = r.customer_id`,
    [runId, waits.map(({ xid }) => xid), waits.map(({ until }) => until), waits.map(({ reason }) => reason)],
  );
}

/** With every accepted delivery whoever is still missing is looked at again. Repeated, it changes nothing. */
export async function wakeMissing({ pool }: Database, customer: CustomerId): Promise<void> {
  await pool.query(
    `UPDATE due SET due_at = now() WHERE customer_id = $1 AND reason = 'missing' AND due_at = 'infinity'`,
    [customer],
  );
}

/** Links to accounts that the network has deleted by now: who comes back gets a new one. */
export async function retireLinks({ pool }: Database, customer: CustomerId): Promise<number> {
  const { rowCount } = await pool.query(
    `DELETE FROM link WHERE customer_id = $1 AND state = 'suspended' AND suspended_at < now() - $2 * interval '1 day'`,
    [customer, KEPT_DAYS],
  );
  return rowCount ?? 0;
}
