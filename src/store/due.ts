import type { CustomerId } from '../sync/ids.js';
import { TOOK_OVER } from './changes.js';
import type { Database } from './database.js';

/** How many people the next plan looks at, as far as is known now. */
export async function countDue({ pool }: Database, customer: CustomerId): Promise<number> {
  const { rows } = await pool.query<{ due: number }>(
    'SELECT count(*) AS due FROM due WHERE customer_id = $1 AND due_at <= now()',
    [customer],
  );
  return rows[0]?.due ?? 0;
}

/** Warnings about people with whom the sync is not finished, though there is no change to do for them now. */
export const STAYS_DUE = ['conflict', 'unknown_group', 'not_removed'];

/** A change `c` took over an account with another e-mail address than HR's, and left it for the next run to look at. */
const KEPT_ADDRESS = `${TOOK_OVER} AND EXISTS (SELECT 1 FROM link l WHERE l.customer_id = $1 AND l.xid = c.xid
  AND lower(l.written->'profile'->>'email') IS DISTINCT FROM lower(c.change->'person'->'profile'->>'email'))`;

/**
 * Whether a run, $2, with a plan `p` did all there was to do for somebody due, `d`, of the customer $1, who was not marked again
 * since. $3: STAYS_DUE.
 */
const FINISHED = `d.customer_id = $1 AND d.marked_at <= p.created_at AND d.due_at <= p.created_at
  AND NOT EXISTS (SELECT 1 FROM change c WHERE c.run_id = $2 AND c.xid = d.xid AND (c.status <> 'done' OR ${KEPT_ADDRESS}))
  AND NOT EXISTS (SELECT 1 FROM run_warning n WHERE n.run_id = $2 AND n.xid = d.xid AND n.code = ANY ($3))`;

/** Whether somebody who is due was looked at by a run that may be limited to a pilot. */
const IN_PILOT = `((SELECT pilot_id FROM run WHERE id = $2) IS NULL
  OR d.xid IN (SELECT unnest(o.xids) FROM run r JOIN pilot o ON o.id = r.pilot_id WHERE r.id = $2))`;

/**
 * Whoever a live run leaves for later is due then, and not before; but not who waits for something else as well, which may
 * come any day.
 */
export async function postpone({ pool }: Database, customer: CustomerId, runId: number): Promise<void> {
  await pool.query(
    `UPDATE due d SET due_at = coalesce(w.until, 'infinity'), reason = w.reason
     FROM plan_wait w JOIN plan p ON p.run_id = w.run_id
     WHERE w.run_id = $2 AND d.xid = w.xid AND ${FINISHED}`,
    [customer, runId, STAYS_DUE],
  );
}

/**
 * Takes everyone off the list of the due for whom this run did all there was to do. Who was marked again after the plan
 * was made, has a change that was not done, or is outside of the pilot that the run was for, stays for the next run.
 */
export async function settle({ pool }: Database, customer: CustomerId, runId: number): Promise<number> {
  const { rowCount } = await pool.query(
    `DELETE FROM due d USING plan p WHERE p.run_id = $2 AND ${FINISHED} AND ${IN_PILOT}`,
    [customer, runId, STAYS_DUE],
  );
  return rowCount ?? 0;
}

/** What failed is looked at by the next run, also where nobody was due. `gone`: only people whose account was found gone. */
export async function markFailedDue(
  { pool }: Database,
  customer: CustomerId,
  runId: number,
  whom: 'all' | 'gone',
): Promise<void> {
  await pool.query(
    `INSERT INTO due (customer_id, xid, reason)
     SELECT DISTINCT $1, c.xid, 'failed' FROM change c WHERE c.run_id = $2 AND c.status = 'failed' AND c.xid IS NOT NULL
       AND ($3 = 'all' OR EXISTS (SELECT 1 FROM link l WHERE l.customer_id = $1 AND l.xid = c.xid AND l.state = 'creating'))
     ON CONFLICT (customer_id, xid) DO UPDATE SET due_at = least(due.due_at, excluded.due_at), marked_at = excluded.marked_at`,
    [customer, runId, whom],
  );
}
