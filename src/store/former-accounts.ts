import type { CustomerId } from '../sync/ids.js';
import type { Database } from './database.js';
import { LINK_IN_PLAN, ROWS_IN_PLAN, type DuePerson } from './plans.js';
import { KEPT_DAYS } from './waits.js';

/** Everybody whose account is suspended and can still be restored, with the rows that name them today. */
export async function readSuspended({ pool }: Database, customer: CustomerId): Promise<readonly DuePerson[]> {
  const { rows } = await pool.query<DuePerson>(
    `SELECT p.xid, ${ROWS_IN_PLAN} AS rows, ${LINK_IN_PLAN} AS link
     FROM link p JOIN link l ON l.customer_id = p.customer_id AND l.xid = p.xid
     WHERE p.customer_id = $1 AND p.state = 'suspended' AND p.suspended_at >= now() - $2 * interval '1 day'
       AND p.scim_id IS NOT NULL ORDER BY p.xid`,
    [customer, KEPT_DAYS],
  );
  return rows;
}
