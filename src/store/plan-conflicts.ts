import type { CustomerId } from '../sync/ids.js';
import type { Connection } from './database.js';

const TEXT =
  'Another person has or is to get the same user name, and who may have it is for a person to say. ' +
  'Nothing was changed for this one; choose user names in the mapping that differ.';

/**
 * Takes everybody out of a draft who would get a user name that somebody else has or is to get, ignoring case, and warns.
 * Never a guess: both stay as they are, and due. Answers how many people it was about.
 */
export async function leaveOutConflicts(
  connection: Connection,
  { customer, runId }: { readonly customer: CustomerId; readonly runId: number },
  warningsBefore: number,
): Promise<number> {
  const { rowCount } = await connection.query(
    `WITH claims AS (
       SELECT xid, lower(coalesce(change->'person'->>'userName', change->>'userName')) AS user_name
       FROM draft WHERE kind IN ('create', 'update')
     ), conflicts AS (
       SELECT c.xid FROM claims c
       WHERE EXISTS (SELECT 1 FROM claims o WHERE o.user_name = c.user_name AND o.xid <> c.xid)
          OR EXISTS (SELECT 1 FROM link l WHERE l.customer_id = $1 AND lower(l.user_name) = c.user_name AND l.xid <> c.xid)
     ), gone AS (
       DELETE FROM draft d USING conflicts c WHERE d.xid = c.xid
     )
     INSERT INTO run_warning (run_id, stage, seq, code, xid, rows, text)
     SELECT $2, 'plan', $3 + row_number() OVER (ORDER BY xid), 'conflict', xid, '{}', $4 FROM conflicts GROUP BY xid`,
    [customer, runId, warningsBefore, TEXT],
  );
  return rowCount ?? 0;
}
