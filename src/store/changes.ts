import type { Change, ChangeKind } from '../sync/change.js';
import type { GroupKind } from '../sync/group.js';
import type { CustomerId, Eid, Xid } from '../sync/ids.js';
import type { PersonState } from '../sync/person.js';
import { inTransaction, type Connection, type Database } from './database.js';
import { checkFence, type Lease } from './leases.js';
import { lookAgain } from './look-again.js';
import type { ChangeStatus } from './prisma/client.js';

/** A link as it stands in Postgres. */
export interface StoredLink {
  readonly xid: Xid;
  readonly state: 'creating' | 'active' | 'suspended';
  readonly userName: string;
  readonly scimId: string | null;
  readonly userEid: Eid | null;
  readonly membershipEid: Eid | null;
  readonly written: PersonState;
  /** Sealed temporary password. */
  readonly password: string | null;
  readonly invitedAt: Date | null;
  readonly suspendedAt: Date | null;
  /** The XID under which it was kept until now; writing it down moves it. */
  readonly movedFrom?: Xid;
  /** Only intended, and surely not made: writing it down removes it. */
  readonly isDropped?: true;
}

export interface ChangeToApply {
  readonly seq: number;
  readonly change: Change;
  readonly link: StoredLink | null;
  /** Of a leave and an invitation: kinds of groups that the person was to join in the same run, and could not. Absent: none. */
  readonly unjoined?: readonly GroupKind[];
  /** Of an invitation: the profile was to change in the same run, and could not. Absent: it could. */
  readonly notUpdated?: boolean;
}

export interface Outcome {
  readonly seq: number;
  readonly status: 'done' | 'failed' | 'skipped';
  readonly problem: string | null;
}

/** A range of units, both ends included. */
export interface UnitRange {
  readonly from: number;
  readonly to: number;
}

/** Of a link `l`, as a StoredLink. */
export const LINK_COLUMNS = `l.xid, l.state, l.user_name AS "userName", l.scim_id AS "scimId", l.user_eid AS "userEid",
  l.membership_eid AS "membershipEid", l.written, l.password, l.invited_at AS "invitedAt", l.suspended_at AS "suspendedAt"`;

/**
 * The changes of a range that are still to be done, in order, each with the person's link. Links are looked up one by one, by
 * their key: Postgres may take a customer who is new beside many others for one of a single link, and would hold each change
 * against all of them.
 */
export async function readBatch(
  { pool }: Database,
  customer: CustomerId,
  runId: number,
  { from, to }: UnitRange,
): Promise<readonly ChangeToApply[]> {
  const { rows } = await pool.query<
    {
      seq: number;
      change: Change;
      known: boolean;
      unjoined: readonly GroupKind[] | null;
      notUpdated: boolean | null;
    } & StoredLink
  >(
    `SELECT c.seq, c.change, l.xid IS NOT NULL AS known, ${LINK_COLUMNS},
       CASE WHEN c.kind IN ('leave', 'invite') THEN (SELECT json_agg(j.change->'group'->>'kind') FROM change j
         WHERE j.run_id = $2 AND j.xid = c.xid AND j.kind = 'join' AND j.status IN ('failed', 'skipped')) END AS unjoined,
       CASE WHEN c.kind = 'invite' THEN EXISTS (SELECT 1 FROM change u
         WHERE u.run_id = $2 AND u.xid = c.xid AND u.kind = 'update' AND u.status IN ('failed', 'skipped')) END AS "notUpdated"
     FROM change c LEFT JOIN LATERAL (
       SELECT * FROM link WHERE customer_id = $1 AND xid = coalesce(c.change->>'formerXid', c.xid) LIMIT 1
     ) l ON true
     WHERE c.run_id = $2 AND c.unit BETWEEN $3 AND $4 AND c.status = 'planned' ORDER BY c.seq`,
    [customer, runId, from, to],
  );
  return rows.map(({ seq, change, known, unjoined, notUpdated, ...link }) => ({
    ...{ seq, change, link: known ? link : null },
    ...(unjoined === null ? {} : { unjoined }),
    ...(notUpdated === true ? { notUpdated } : {}),
  }));
}

/** Links of people in this run's plan that lack an EID, or that lack a network membership which a role change needs. */
export async function linksWithout(
  { pool }: Database,
  customer: CustomerId,
  runId: number,
  what: 'userEid' | 'membershipEid',
): Promise<readonly StoredLink[]> {
  const [meant, lacks] =
    what === 'userEid'
      ? ['true', 'l.user_eid IS NULL']
      : [`kind = 'change_role' AND change->'group' = 'null'`, 'l.user_eid IS NOT NULL AND l.membership_eid IS NULL'];
  const { rows } = await pool.query<StoredLink>(
    `SELECT ${LINK_COLUMNS} FROM (SELECT DISTINCT xid FROM change WHERE run_id = $2 AND ${meant}) c,
       LATERAL (SELECT * FROM link WHERE customer_id = $1 AND xid = c.xid LIMIT 1) l
     WHERE l.state = 'active' AND ${lacks}`,
    [customer, runId],
  );
  return rows;
}

/** After a run in which many accounts were made, as after every large writing. */
export async function lookAtNewLinks({ pool }: Database, runId: number): Promise<void> {
  const { rows } = await pool.query<{ made: number }>(
    `SELECT count(*) AS made FROM change WHERE run_id = $1 AND kind = 'create' AND status = 'done'`,
    [runId],
  );
  await lookAgain(pool, rows[0]?.made ?? 0, 'link');
}

/**
 * Whom a run suspends, or gives a role in the network that is not administrator, done or not, with their XIDs. Whether they
 * administer the network until then, only the network knows: somebody there may have made them so.
 */
export async function leavingPeople(
  { pool }: Database,
  customer: CustomerId,
  runId: number,
): Promise<ReadonlyMap<Eid, Xid>> {
  const { rows } = await pool.query<{ userEid: Eid; xid: Xid }>(
    `SELECT DISTINCT l.user_eid AS "userEid", l.xid FROM change c JOIN link l ON l.customer_id = $1 AND l.xid = c.xid
     WHERE c.run_id = $2 AND c.status IN ('planned', 'done') AND l.user_eid IS NOT NULL
       AND ${MAY_TAKE_ADMINISTRATOR}`,
    [customer, runId],
  );
  return new Map(rows.map(({ userEid, xid }) => [userEid, xid]));
}

/** How many changes of a range ended in which way. */
export async function countRange(
  { pool }: Database,
  runId: number,
  { from, to }: UnitRange,
): Promise<{ readonly done: number; readonly failed: number; readonly skipped: number }> {
  const { rows } = await pool.query<{ done: number; failed: number; skipped: number }>(
    `SELECT count(*) FILTER (WHERE status = 'done') AS done, count(*) FILTER (WHERE status = 'failed') AS failed,
       count(*) FILTER (WHERE status = 'skipped') AS skipped
     FROM change WHERE run_id = $1 AND unit BETWEEN $2 AND $3`,
    [runId, from, to],
  );
  return rows[0] ?? { done: 0, failed: 0, skipped: 0 };
}

/**
 * Writes down what became of changes together with the links that they changed, in one transaction.
 * @throws LeaseLost, and then nothing is written.
 */
export async function recordOutcomes(
  database: Database,
  lease: Lease,
  runId: number,
  outcomes: readonly Outcome[],
  links: readonly StoredLink[],
): Promise<void> {
  await inTransaction(database, async (connection) => {
    await checkFence(connection, lease);
    await writeOutcomes(connection, runId, outcomes);
    await writeLinks(
      connection,
      lease.customer,
      links.filter(({ isDropped }) => isDropped !== true),
    );
    await removeLinks(connection, lease.customer, links);
  });
}

/** Of an account that is made, the password that the mapping prescribed is in its link; the plan need not keep it too. */
async function writeOutcomes(connection: Connection, runId: number, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  await connection.query(
    `UPDATE change c SET status = o.status::change_status, problem = o.problem, done_at = now(),
       change = CASE WHEN c.kind = 'create' AND o.status = 'done' THEN c.change - 'sealedPassword' ELSE c.change END
     FROM unnest($2::int[], $3::text[], $4::text[]) AS o (seq, status, problem)
     WHERE c.run_id = $1 AND c.seq = o.seq`,
    [
      runId,
      outcomes.map((outcome) => outcome.seq),
      outcomes.map((outcome) => outcome.status),
      outcomes.map((outcome) => outcome.problem),
    ],
  );
}

/**
 * A password comes with a new account alone. Of one that is there, what was erased meanwhile, since its letter was handed
 * over, stays erased: whoever writes the link had read it before.
 */
async function writeLinks(connection: Connection, customer: CustomerId, links: readonly StoredLink[]): Promise<void> {
  if (links.length === 0) return;
  await connection.query(
    `INSERT INTO link (customer_id, xid, state, user_name, scim_id, user_eid, membership_eid, written, password,
       invited_at, suspended_at, updated_at)
     SELECT $1, l.xid, l.state::link_state, l.user_name, l.scim_id, l.user_eid, l.membership_eid, l.written, l.password,
       l.invited_at, l.suspended_at, now()
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::jsonb[], $9::text[],
       $10::timestamptz[], $11::timestamptz[])
       AS l (xid, state, user_name, scim_id, user_eid, membership_eid, written, password, invited_at, suspended_at)
     ON CONFLICT (customer_id, xid) DO UPDATE SET state = excluded.state, user_name = excluded.user_name,
       scim_id = excluded.scim_id, user_eid = excluded.user_eid, membership_eid = excluded.membership_eid,
       written = excluded.written,
       password = CASE WHEN link.password IS NULL AND link.state <> 'creating' AND excluded.state <> 'creating' THEN NULL
         ELSE excluded.password END,
       invited_at = excluded.invited_at, suspended_at = excluded.suspended_at, updated_at = now()`,
    [
      customer,
      links.map((link) => link.xid),
      links.map((link) => link.state),
      links.map((link) => link.userName),
      links.map((link) => link.scimId),
      links.map((link) => link.userEid),
      links.map((link) => link.membershipEid),
      links.map((link) => JSON.stringify(link.written)),
      links.map((link) => link.password),
      links.map((link) => link.invitedAt),
      links.map((link) => link.suspendedAt),
    ],
  );
}

/** An account has one link, and none that was not made has any. */
async function removeLinks(connection: Connection, customer: CustomerId, links: readonly StoredLink[]): Promise<void> {
  const gone = links.flatMap(({ xid, movedFrom, isDropped }) => (isDropped === true ? xid : (movedFrom ?? [])));
  if (gone.length === 0) return;
  await connection.query('DELETE FROM link WHERE customer_id = $1 AND xid = ANY ($2)', [customer, gone]);
}

/** A change `c` after which its person administers the network no more, if they do until then. */
export const MAY_TAKE_ADMINISTRATOR = `(c.kind = 'suspend' OR c.kind = 'change_role' AND c.change->'group' = 'null' AND c.change->>'after' <> 'admin')`;

/** A change `c` found its account there before the sync: what is to be known of that is noted at it. */
export const TOOK_OVER = `c.kind = 'create' AND c.problem IS NOT NULL`;

/** What was planned or held and will not be done by this run any more. The next plan decides about it anew. */
export async function expireChanges({ pool }: Database, runId: number): Promise<number> {
  const { rowCount } = await pool.query(
    `UPDATE change SET status = 'expired' WHERE run_id = $1 AND status IN ('planned', 'held')`,
    [runId],
  );
  return rowCount ?? 0;
}

export interface ChangeCount {
  readonly kind: ChangeKind;
  readonly status: ChangeStatus;
  readonly changes: number;
  readonly people: number;
}

export async function countChanges({ pool }: Database, runId: number): Promise<readonly ChangeCount[]> {
  const { rows } = await pool.query<ChangeCount>(
    `SELECT kind, status, count(*) AS changes, count(DISTINCT xid) AS people FROM change WHERE run_id = $1
     GROUP BY kind, status ORDER BY min(seq)`,
    [runId],
  );
  return rows;
}

export interface ListedChange {
  readonly seq: number;
  readonly xid: Xid | null;
  readonly change: Change;
  readonly status: ChangeStatus;
  readonly guard: string | null;
  readonly problem: string | null;
  readonly decidedBy: string | null;
}

/** The changes of a run in their order, from position `after` on. */
export async function listChanges(
  { pool }: Database,
  runId: number,
  { after = 0, limit = 1000, status = null as ChangeStatus | null } = {},
): Promise<readonly ListedChange[]> {
  const { rows } = await pool.query<ListedChange>(
    `SELECT seq, xid, change, status, guard, problem, decided_by AS "decidedBy" FROM change
     WHERE run_id = $1 AND seq > $2 AND ($4::text IS NULL OR status::text = $4) ORDER BY seq LIMIT $3`,
    [runId, after, limit, status],
  );
  return rows;
}
