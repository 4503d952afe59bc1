import type { CustomerId, Xid } from '../sync/ids.js';
import type { Database } from './database.js';

/** What the records of these people say in this column; who has nothing there is absent. */
export async function marksOf(
  { pool }: Database,
  customer: CustomerId,
  xids: readonly Xid[],
  column: string,
): Promise<ReadonlyMap<Xid, string>> {
  const { rows } = await pool.query<{ xid: Xid; mark: string }>(
    `SELECT DISTINCT ON (xid) xid, fields->>$3 AS mark FROM record
     WHERE customer_id = $1 AND xid = ANY($2) AND fields->>$3 IS NOT NULL ORDER BY xid`,
    [customer, xids, column],
  );
  return new Map(rows.map(({ xid, mark }) => [xid, mark]));
}
