import type { GroupRef } from '../sync/group.js';
import type { CustomerId, Eid, Xid } from '../sync/ids.js';
import type { Database } from './database.js';

export interface WrittenPerson {
  readonly xid: Xid;
  readonly userEid: Eid;
  /** Whether the network should show the person after the run. */
  readonly present: boolean;
}

export interface WrittenMembership {
  readonly xid: Xid;
  readonly userEid: Eid;
  readonly group: GroupRef;
  readonly member: boolean;
}

/** People whom a run created, restored or suspended. */
export async function writtenPeople(
  { pool }: Database,
  customer: CustomerId,
  runId: number,
): Promise<readonly WrittenPerson[]> {
  const { rows } = await pool.query<WrittenPerson>(
    `SELECT DISTINCT l.xid, l.user_eid AS "userEid", c.kind <> 'suspend' AS present
     FROM change c JOIN link l ON l.customer_id = $1 AND l.xid = c.xid
     WHERE c.run_id = $2 AND c.kind IN ('create', 'restore', 'suspend') AND c.status = 'done' AND l.user_eid IS NOT NULL`,
    [customer, runId],
  );
  return rows;
}

/** Changes that were done and of which a person should know something all the same. */
export async function writtenNotes(
  { pool }: Database,
  runId: number,
): Promise<readonly { readonly xid: Xid; readonly text: string }[]> {
  const { rows } = await pool.query<{ xid: Xid; text: string }>(
    `SELECT xid, problem AS text FROM change
     WHERE run_id = $1 AND status = 'done' AND problem IS NOT NULL AND xid IS NOT NULL ORDER BY seq`,
    [runId],
  );
  return rows;
}

/** Groups that people joined or left in a run; people who were suspended in it are left out, they are in no list any more. */
export async function writtenMemberships(
  { pool }: Database,
  customer: CustomerId,
  runId: number,
): Promise<readonly WrittenMembership[]> {
  const { rows } = await pool.query<WrittenMembership>(
    `SELECT l.xid, l.user_eid AS "userEid", c.change->'group' AS "group", c.kind = 'join' AS member
     FROM change c JOIN link l ON l.customer_id = $1 AND l.xid = c.xid
     WHERE c.run_id = $2 AND c.kind IN ('join', 'leave') AND c.status = 'done' AND l.state = 'active'
       AND l.user_eid IS NOT NULL`,
    [customer, runId],
  );
  return rows;
}
