import type { CustomerId, Xid } from '../sync/ids.js';
import type { Database } from './database.js';

/** Of these XIDs those that neither a row of the last accepted snapshot nor a link has. */
export async function xidsWithoutRecord(
  { pool }: Database,
  customer: CustomerId,
  xids: readonly Xid[],
): Promise<ReadonlySet<Xid>> {
  if (xids.length === 0) return new Set();
  const { rows } = await pool.query<{ xid: Xid }>(
    `SELECT n.xid FROM unnest($2::text[]) AS n (xid)
     WHERE NOT EXISTS (SELECT 1 FROM record r WHERE r.customer_id = $1 AND r.xid = n.xid)
       AND NOT EXISTS (SELECT 1 FROM link l WHERE l.customer_id = $1 AND l.xid = n.xid)`,
    [customer, xids],
  );
  return new Set(rows.map(({ xid }) => xid));
}

/** Whether a row of the last accepted snapshot names this person. */
export async function isInRecord({ pool }: Database, customer: CustomerId, xid: Xid): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT 1 FROM record WHERE customer_id = $1 AND xid = $2 LIMIT 1', [
    customer,
    xid,
  ]);
  return rowCount === 1;
}
