import type { CustomerId, Xid } from '../../sync/ids.js';
import type { Connection } from '../database.js';
import { GONE } from '../gone.js';

/** Under which the person had the account, where it got this XID on their return or was gone by then; without those that anybody has now. */
export async function earlierIds(
  connection: Pick<Connection, 'query'>,
  customer: CustomerId,
  xid: Xid,
): Promise<readonly Xid[]> {
  const { rows } = await connection.query<{ xid: Xid }>(
    `WITH RECURSIVE earlier (xid) AS (
       SELECT $2::text
       UNION
       SELECT c.change->>'formerXid' FROM earlier e CROSS JOIN run r JOIN change c ON c.run_id = r.id AND c.xid = e.xid
       WHERE r.customer_id = $1 AND c.kind = 'restore' AND c.change ? 'formerXid'
         AND (c.status = 'done' OR c.status = 'failed' AND c.problem = $3)
     )
     SELECT xid FROM earlier e WHERE xid <> $2
       AND NOT EXISTS (SELECT 1 FROM record WHERE customer_id = $1 AND xid = e.xid)
       AND NOT EXISTS (SELECT 1 FROM link WHERE customer_id = $1 AND xid = e.xid)`,
    [customer, xid, GONE],
  );
  return rows.map((row) => row.xid);
}
