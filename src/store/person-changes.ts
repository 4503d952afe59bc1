import type { Change } from '../sync/change.js';
import type { CustomerId, Xid } from '../sync/ids.js';
import { LINK_COLUMNS, type ChangeToApply, type StoredLink } from './changes.js';
import type { Database } from './database.js';
import type { ChangeStatus } from './prisma/client.js';

export type PersonsChange = ChangeToApply & { readonly status: ChangeStatus };

/** The changes of one person in a plan, in order, and the groups that the plan would make first. Prescribed passwords are left out. */
export async function changesOfPerson(
  { pool }: Database,
  customer: CustomerId,
  runId: number,
  xid: Xid,
): Promise<readonly PersonsChange[]> {
  const { rows } = await pool.query<{ seq: number; change: Change; status: ChangeStatus; known: boolean } & StoredLink>(
    `SELECT c.seq, c.change - 'sealedPassword' AS change, c.status, l.xid IS NOT NULL AS known, ${LINK_COLUMNS}
     FROM change c LEFT JOIN link l ON l.customer_id = $1 AND l.xid = $3
     WHERE c.run_id = $2 AND (c.xid = $3 OR c.kind = 'create_group') ORDER BY c.seq`,
    [customer, runId, xid],
  );
  return rows.map(({ seq, change, status, known, ...link }) => ({ seq, change, status, link: known ? link : null }));
}
