import type { CustomerId, Eid, GroupKey, Xid } from '../sync/ids.js';
import type { Database } from './database.js';

/** What is known of a link beside what was written. */
export interface LinkFacts {
  readonly userEid: Eid | null;
  readonly isActive: boolean;
  /** Active, and written as administrator of the network. */
  readonly isAdmin: boolean;
  /** Written to since the moment that was asked about. */
  readonly isFresh: boolean;
}

/** Every link of a customer, with whether it changed since `moment`. */
export async function readLinkFacts(
  { pool }: Database,
  customer: CustomerId,
  moment: Date,
): Promise<ReadonlyMap<Xid, LinkFacts>> {
  const { rows } = await pool.query<{ xid: Xid } & LinkFacts>(
    `SELECT xid, user_eid AS "userEid", state = 'active' AS "isActive", state = 'active' AND written->>'networkRole' = 'admin' AS "isAdmin",
       updated_at >= $2 AS "isFresh"
     FROM link WHERE customer_id = $1`,
    [customer, moment],
  );
  return new Map(rows.map(({ xid, ...facts }) => [xid, facts]));
}

/** Whose account this is by the links; null: nobody's. */
export async function ownerOfAccount({ pool }: Database, customer: CustomerId, scimId: string): Promise<Xid | null> {
  const { rows } = await pool.query<{ xid: Xid }>(
    'SELECT xid FROM link WHERE customer_id = $1 AND scim_id = $2 LIMIT 1',
    [customer, scimId],
  );
  return rows[0]?.xid ?? null;
}

/** Groups of which the sync made somebody a member who is in the network. */
export async function writtenGroups({ pool }: Database, customer: CustomerId): Promise<ReadonlySet<GroupKey>> {
  const { rows } = await pool.query<{ key: GroupKey }>(
    `SELECT DISTINCT jsonb_object_keys(written->'memberships') AS key FROM link WHERE customer_id = $1 AND state = 'active'`,
    [customer],
  );
  return new Set(rows.map(({ key }) => key));
}

/** People under the sync, or who were, whom no row of the last accepted record names. */
export async function linksWithoutRecord({ pool }: Database, customer: CustomerId): Promise<readonly Xid[]> {
  const { rows } = await pool.query<{ xid: Xid }>(
    `SELECT l.xid FROM link l WHERE l.customer_id = $1
       AND NOT EXISTS (SELECT 1 FROM record r WHERE r.customer_id = $1 AND r.xid = l.xid) ORDER BY l.xid`,
    [customer],
  );
  return rows.map(({ xid }) => xid);
}
