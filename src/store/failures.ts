import type { CustomerId } from '../sync/ids.js';
import { STAYS_DUE } from './due.js';
import { inTransaction, type Connection, type Database } from './database.js';

/** Why somebody is in `due` whom no run looks at before something about them changes. */
export const GIVEN_UP = 'given up';

/**
 * Writes down what failed in a live run that came to its end, and gives up what failed in `giveUpAfter` runs in a row for the
 * same reason; null: nothing, ever. Answers of how many people that was. Repeated, it changes nothing.
 */
export async function noteFailures(
  database: Database,
  customer: CustomerId,
  runId: number,
  giveUpAfter: number | null,
): Promise<number> {
  return inTransaction(database, async (connection) => {
    await countFailures(connection, customer, runId);
    await forgetMended(connection, customer, runId);
    return giveUpAfter === null ? 0 : giveUp(connection, customer, runId, giveUpAfter);
  });
}

/** Another reason begins anew. */
async function countFailures(connection: Connection, customer: CustomerId, runId: number): Promise<void> {
  await connection.query(
    `INSERT INTO failure (customer_id, xid, kind, problem, runs, since, last_run)
     SELECT $1, c.xid, c.kind, coalesce(min(c.problem), ''), 1, min(r.started_at), $2
     FROM change c JOIN run r ON r.id = c.run_id
     WHERE c.run_id = $2 AND c.status = 'failed' AND c.xid IS NOT NULL GROUP BY c.xid, c.kind
     ON CONFLICT (customer_id, xid, kind) DO UPDATE SET
       runs = CASE WHEN failure.problem = excluded.problem THEN failure.runs + 1 ELSE 1 END,
       since = CASE WHEN failure.problem = excluded.problem THEN failure.since ELSE excluded.since END,
       given_up_at = CASE WHEN failure.problem = excluded.problem THEN failure.given_up_at END,
       problem = excluded.problem, last_run = excluded.last_run
     WHERE failure.last_run < excluded.last_run`,
    [customer, runId],
  );
}

/**
 * What was done since, or is not wanted any more: the run looked at the person and had nothing of this kind to do, or nothing
 * at all, which took the person off the list of the due or put them off to a day. What was not tried stays as it is.
 */
async function forgetMended(connection: Connection, customer: CustomerId, runId: number): Promise<void> {
  await connection.query(
    `DELETE FROM failure f WHERE f.customer_id = $1 AND f.last_run < $2 AND (
       EXISTS (SELECT 1 FROM change c WHERE c.run_id = $2 AND c.xid = f.xid)
         AND NOT EXISTS (SELECT 1 FROM change c WHERE c.run_id = $2 AND c.xid = f.xid AND c.kind = f.kind AND c.status <> 'done')
       OR NOT EXISTS (SELECT 1 FROM due d WHERE d.customer_id = $1 AND d.xid = f.xid AND d.reason NOT IN ('date', 'missing')))`,
    [customer, runId],
  );
}

/**
 * Nobody is given up who has anything else to wait for: a decision, a group that could not be made, a conflict, a change that
 * failed less often, or the suspension of somebody who is missing, which the next delivery may bring. A day of the record on
 * which something changes is waited for all the same.
 */
async function giveUp(connection: Connection, customer: CustomerId, runId: number, after: number): Promise<number> {
  const { rows } = await connection.query<{ xid: string }>(
    `UPDATE due d SET reason = $5,
       due_at = coalesce((SELECT w.until FROM plan_wait w WHERE w.run_id = $2 AND w.xid = d.xid), 'infinity')
     FROM plan p
     WHERE p.run_id = $2 AND d.customer_id = $1 AND d.marked_at <= p.created_at AND d.due_at <= p.created_at
       AND EXISTS (SELECT 1 FROM failure f WHERE f.customer_id = $1 AND f.xid = d.xid AND f.last_run = $2)
       AND NOT EXISTS (SELECT 1 FROM failure f WHERE f.customer_id = $1 AND f.xid = d.xid AND f.last_run = $2 AND f.runs < $3)
       AND NOT EXISTS (SELECT 1 FROM change c WHERE c.run_id = $2 AND c.xid = d.xid
         AND c.status NOT IN ('done', 'failed') AND NOT (c.status = 'skipped' AND ${BUILDS_ON_FAILURE}))
       AND NOT EXISTS (SELECT 1 FROM run_warning w WHERE w.run_id = $2 AND w.xid = d.xid AND w.code = ANY ($4))
       AND NOT EXISTS (SELECT 1 FROM plan_wait w WHERE w.run_id = $2 AND w.xid = d.xid AND w.reason = 'missing')
     RETURNING d.xid`,
    [customer, runId, after, STAYS_DUE, GIVEN_UP],
  );
  await connection.query(
    `UPDATE failure SET given_up_at = coalesce(given_up_at, clock_timestamp())
     WHERE customer_id = $1 AND last_run = $2 AND xid = ANY ($3)`,
    [customer, runId, rows.map(({ xid }) => xid)],
  );
  return rows.length;
}

/**
 * Of a change `c` that was left out: because the account itself could not be made or restored, the group that takes the place
 * of the old one not be joined, or what an invitation waits for not be done, and for no reason of its own.
 */
const BUILDS_ON_FAILURE = `EXISTS (SELECT 1 FROM change a WHERE a.run_id = c.run_id AND a.xid = c.xid AND a.status = 'failed'
  AND (a.kind IN ('create', 'restore') OR a.kind = 'join' AND c.kind IN ('leave', 'invite') OR a.kind = 'update' AND c.kind = 'invite'))`;
