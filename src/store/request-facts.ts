import type { ChangeKind } from '../sync/change.js';
import type { CustomerId } from '../sync/ids.js';
import { MAY_TAKE_ADMINISTRATOR } from './changes.js';
import type { Database } from './database.js';
import type { ChangeStatus } from './prisma/client.js';

/** What decides how many requests a plan takes: counts only. */
export interface RequestFacts {
  /** By kind, the people who have such changes; of groups to create, the groups. */
  readonly units: Readonly<Partial<Record<ChangeKind, number>>>;
  readonly updates: { readonly readFirst: number; readonly newEmail: number };
  readonly roles: { readonly inNetwork: number; readonly membershipUnknown: number; readonly inGroups: number };
  /** People who are suspended, or get another role in the network than administrator: whether one stays is looked up first. */
  readonly leaving: number;
  readonly invitations: { readonly sent: number; readonly again: number };
  /** Of each group that people join or leave, how many do. */
  readonly groupsWritten: readonly number[];
  readonly network: {
    readonly groups: number;
    /** People with an account by the sync. */
    readonly people: number;
    /** Of those of the plan, who have no EID yet. */
    readonly withoutEid: number;
    /** In the network and in its groups; 0 where nobody has to look at them. */
    readonly memberships: number;
  };
}

/** Counts, set-wise, the changes of a plan that have one of these states. */
export async function readRequestFacts(
  { pool }: Database,
  customer: CustomerId,
  runId: number,
  statuses: readonly ChangeStatus[],
): Promise<RequestFacts> {
  const one = async <Row extends object>(sql: string, parameters: readonly unknown[] = [runId, statuses]) =>
    (await pool.query<Row>(sql, [...parameters])).rows;
  const units = await one<{ kind: ChangeKind; units: number }>(UNITS);
  const [updates] = await one<RequestFacts['updates']>(UPDATES, [runId, statuses, customer]);
  const [roles] = await one<RequestFacts['roles']>(ROLES, [runId, statuses, customer]);
  const [invitations] = await one<RequestFacts['invitations']>(INVITATIONS);
  const groups = await one<{ people: number }>(GROUPS);
  const [network] = await one<Omit<RequestFacts['network'], 'memberships'>>(NETWORK, [runId, statuses, customer]);
  const [gone] = await one<{ people: number }>(LEAVING);
  const leaving = gone?.people ?? 0;
  const [held] = (roles?.membershipUnknown ?? 0) > 0 ? await one<{ memberships: number }>(MEMBERSHIPS, [customer]) : [];
  return {
    units: Object.fromEntries(units.map(({ kind, units }) => [kind, units])),
    updates: updates ?? { readFirst: 0, newEmail: 0 },
    roles: roles ?? { inNetwork: 0, membershipUnknown: 0, inGroups: 0 },
    leaving,
    invitations: invitations ?? { sent: 0, again: 0 },
    groupsWritten: groups.map(({ people }) => people),
    network: { ...(network ?? { groups: 0, people: 0, withoutEid: 0 }), memberships: held?.memberships ?? 0 },
  };
}

const CHOSEN = 'c.run_id = $1 AND c.status::text = ANY ($2)';

const UNITS = `SELECT c.kind, count(DISTINCT c.unit) AS units FROM change c WHERE ${CHOSEN} GROUP BY c.kind`;

/** Whose own values are looked at first, and who by that is seen to have another login e-mail (`apply/own-values.ts`). */
const UPDATES = `
  SELECT count(*) AS "readFirst",
    count(*) FILTER (WHERE audience <> 'sso' AND c.change->'before'->>'email' IS NOT NULL
      AND lower(c.change->'before'->>'email') IS DISTINCT FROM lower(c.change->'after'->>'email')) AS "newEmail"
  FROM change c JOIN link l ON l.customer_id = $3 AND l.xid = c.xid,
    coalesce(c.change->>'audience', l.written->>'audience') audience
  WHERE ${CHOSEN} AND c.kind = 'update' AND l.user_eid IS NOT NULL AND (audience <> 'sso' OR c.change ? 'kept')`;

const ROLES = `
  SELECT count(DISTINCT c.unit) FILTER (WHERE c.change->'group' = 'null') AS "inNetwork",
    count(DISTINCT c.unit) FILTER (WHERE c.change->'group' = 'null' AND l.membership_eid IS NULL) AS "membershipUnknown",
    count(*) FILTER (WHERE c.change->'group' <> 'null') AS "inGroups"
  FROM change c LEFT JOIN link l ON l.customer_id = $3 AND l.xid = c.xid WHERE ${CHOSEN} AND c.kind = 'change_role'`;

const LEAVING = `
  SELECT count(DISTINCT c.xid) AS people FROM change c
  WHERE ${CHOSEN} AND ${MAY_TAKE_ADMINISTRATOR}`;

const INVITATIONS = `
  SELECT count(*) AS sent, count(*) FILTER (WHERE c.change->>'again' = 'true') AS again
  FROM change c WHERE ${CHOSEN} AND c.kind = 'invite' AND c.change->>'audience' IN ('email', 'sms')`;

const GROUPS = `
  SELECT count(*) AS people FROM change c WHERE ${CHOSEN} AND c.kind IN ('join', 'leave') GROUP BY c.change->'group'`;

const NETWORK = `
  SELECT (SELECT count(*) FROM network_group WHERE customer_id = $3) AS groups,
    (SELECT count(*) FROM link WHERE customer_id = $3 AND state = 'active') AS people,
    (SELECT count(DISTINCT c.xid) FROM change c JOIN link l ON l.customer_id = $3 AND l.xid = c.xid
     WHERE ${CHOSEN} AND l.state = 'active' AND l.user_eid IS NULL) AS "withoutEid"`;

const MEMBERSHIPS = `
  SELECT (count(*) + coalesce(sum((SELECT count(*) FROM jsonb_object_keys(written->'memberships'))), 0))::bigint AS memberships
  FROM link WHERE customer_id = $1 AND state = 'active'`;
