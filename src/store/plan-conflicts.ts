import type { CustomerId } from '../sync/ids.js';
import type { Connection } from './database.js';
import { KEPT_DAYS } from './waits.js';

const TEXT =
  'Another person has or is to get the same user name, or the same account that is there already, and who may have it is for a person ' +
  'to say. Nothing was changed for this one; choose user names in the mapping that differ, and mend e-mail addresses that two people have.';

/**
 * Takes everybody out of a draft who would get a user name that somebody else has or is to get, ignoring case, or an account that
 * two newcomers may have had, and warns. Who left and turned out to have no account in the network has no user name there either.
 * Never a guess: both stay as they are, and due, also where the run is for one of them alone. Answers how many people of the run
 * it was about.
 */
export async function leaveOutConflicts(
  connection: Connection,
  { customer, runId }: { readonly customer: CustomerId; readonly runId: number },
  warningsBefore: number,
): Promise<number> {
  // A temporary table has no statistics of its own, and without them the joins below are planned row against row.
  await connection.query('ANALYZE draft (kind, xid)');
  const { rowCount } = await connection.query(
    `WITH claims AS MATERIALIZED (
       SELECT xid, lower(coalesce(change->'person'->>'userName', change->>'userName')) AS user_name
       FROM draft WHERE kind IN ('create', 'update')
     ), returned AS MATERIALIZED (
       SELECT xid, change->>'formerXid' AS former FROM draft WHERE kind = 'restore' AND change ? 'formerXid'
     ), conflicts AS (
       SELECT xid FROM claims
       WHERE user_name IN (SELECT user_name FROM claims GROUP BY user_name HAVING count(DISTINCT xid) > 1)
       UNION
       SELECT xid FROM returned WHERE former IN (SELECT former FROM returned GROUP BY former HAVING count(*) > 1)
       UNION
       SELECT xid FROM draft WHERE kind = 'create' AND change ? 'adoptsByEmail' AND lower(change->'person'->'profile'->>'email') IN (
         SELECT lower(change->'person'->'profile'->>'email') FROM draft WHERE kind = 'create' AND change ? 'adoptsByEmail'
         GROUP BY 1 HAVING count(*) > 1)
       UNION
       SELECT c.xid FROM claims c
       JOIN link l ON l.customer_id = $1 AND l.user_key = c.user_name AND l.xid <> c.xid
        AND NOT EXISTS (SELECT 1 FROM returned r WHERE r.xid = c.xid AND r.former = l.xid)
        AND (l.state = 'suspended' AND (l.suspended_at < now() - $5 * interval '1 day' OR l.scim_id IS NULL)) IS NOT TRUE
     ), gone AS (
       DELETE FROM draft WHERE xid IN (SELECT xid FROM conflicts)
     )
     INSERT INTO run_warning (run_id, stage, seq, code, xid, rows, text)
     SELECT $2, 'plan', $3 + row_number() OVER (ORDER BY xid), 'conflict', xid, '{}', $4 FROM conflicts
     WHERE xid NOT IN (SELECT xid FROM draft WHERE other)`,
    [customer, runId, warningsBefore, TEXT, KEPT_DAYS],
  );
  await connection.query('DELETE FROM draft WHERE other');
  return rowCount ?? 0;
}
