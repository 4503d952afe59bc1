import type { ChangeKind } from '../sync/change.js';
import type { CustomerId, Xid } from '../sync/ids.js';
import type { Profile } from '../sync/person.js';
import { audit } from './audit.js';
import { inTransaction, type Connection, type Database } from './database.js';
import { GIVEN_UP } from './failures.js';
import { lockCustomer } from './lock-customer.js';
import { KEPT_DAYS } from './waits.js';

/** A kind of change of one person that no run tries any more. */
export interface GivenUp {
  readonly xid: Xid;
  readonly kind: ChangeKind;
  /** Why it failed, in a sentence without any value of a record. */
  readonly problem: string;
  /** In so many runs in a row, the first of which began at `since`. */
  readonly runs: number;
  readonly since: Date;
  readonly givenUpAt: Date;
  /** As last written to the network; null when nothing was. */
  readonly profile: Profile | null;
}

/** What was given up in a run or before it and still is, the latest first, and how many there are of it. */
export async function readGivenUp(
  { pool }: Database,
  customer: CustomerId,
  runId: number,
  limit: number,
): Promise<{ readonly rows: readonly GivenUp[]; readonly total: number }> {
  const { rows } = await pool.query<GivenUp & { total: number }>(
    `SELECT f.xid, f.kind, f.problem, f.runs, f.since, f.given_up_at AS "givenUpAt", l.written->'profile' AS profile,
       count(*) OVER () AS total
     FROM failure f JOIN due d ON d.customer_id = $1 AND d.xid = f.xid AND d.reason = $4
     LEFT JOIN link l ON l.customer_id = $1 AND l.xid = f.xid
     WHERE f.customer_id = $1 AND f.given_up_at IS NOT NULL AND f.last_run <= $2
     ORDER BY f.given_up_at DESC, f.xid, f.kind LIMIT $3`,
    [customer, runId, limit, GIVEN_UP],
  );
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}

/** Of some of the people that somebody named nothing was given up. Says how many, since ids are for nobody else. */
export class NotGivenUp extends Error {
  override readonly name = 'NotGivenUp';
  constructor(customer: string, missing: number, named: number) {
    super(
      `Of the ${named} people that were named, nothing is given up for ${missing}: the next run tries whatever failed for them, and ` +
        `need not be asked. Nothing was changed. "usersync sync report ${customer}" lists what is given up; ids are text, 0004711 is not 4711.`,
    );
  }
}

/**
 * The next run tries these people again, or all who were given up, and counts from the beginning. Answers how many people they are.
 * @throws NotGivenUp, and then nothing was changed.
 */
export async function retryGivenUp(
  database: Database,
  customer: CustomerId,
  { by, xids = null }: { readonly by: string; readonly xids?: readonly string[] | null },
): Promise<number> {
  return inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    const wanted = xids === null ? null : [...new Set(xids)];
    const woken = await wake(connection, customer, wanted);
    if (wanted !== null && woken < wanted.length) {
      throw new NotGivenUp(customer, wanted.length - woken, wanted.length);
    }
    if (woken > 0) await audit(connection, { customer, by, what: 'given up tried again', facts: { people: woken } });
    return woken;
  });
}

async function wake(connection: Connection, customer: CustomerId, xids: readonly string[] | null): Promise<number> {
  const { rows } = await connection.query<{ xid: string }>(
    `UPDATE due SET due_at = now(), reason = 'retry', marked_at = clock_timestamp()
     WHERE customer_id = $1 AND reason = $3 AND ($2::text[] IS NULL OR xid = ANY ($2)) RETURNING xid`,
    [customer, xids, GIVEN_UP],
  );
  await connection.query('DELETE FROM failure WHERE customer_id = $1 AND xid = ANY ($2)', [
    customer,
    rows.map(({ xid }) => xid),
  ]);
  return rows.length;
}

/** Addresses that nobody has any more by what a run, $2, did, or by the days that are over since a suspension. */
const FREED = `
  SELECT l.written->'profile'->>'email' AS email FROM change c JOIN link l ON l.customer_id = $1 AND l.xid = c.xid
  WHERE c.run_id = $2 AND c.kind = 'suspend' AND c.status = 'done'
  UNION ALL SELECT c.change->'before'->>'email' FROM change c
  WHERE c.run_id = $2 AND c.kind = 'update' AND c.status = 'done'
    AND lower(c.change->'before'->>'email') IS DISTINCT FROM lower(c.change->'after'->>'email')
  UNION ALL SELECT written->'profile'->>'email' FROM link
  WHERE customer_id = $1 AND state = 'suspended' AND suspended_at < now() - $4 * interval '1 day'`;

/**
 * Whose account or profile was given up and whose row has an address that became free: another account stood in the way, which is
 * theirs under an earlier XID, or not there any more. The next run tries them once.
 */
export async function wakeForFreedAddresses({ pool }: Database, customer: CustomerId, runId: number): Promise<void> {
  await pool.query(
    `WITH freed AS MATERIALIZED (SELECT lower(email) AS email FROM (${FREED}) f WHERE email IS NOT NULL)
     UPDATE due d SET due_at = now(), reason = 'address freed', marked_at = clock_timestamp()
     WHERE d.customer_id = $1 AND d.reason = $3
       AND EXISTS (SELECT 1 FROM failure f WHERE f.customer_id = $1 AND f.xid = d.xid AND f.kind IN ('create', 'update')
         AND f.given_up_at IS NOT NULL)
       AND EXISTS (SELECT 1 FROM record r, jsonb_each_text(r.fields) c
         WHERE r.customer_id = $1 AND r.xid = d.xid AND lower(trim(c.value)) IN (SELECT email FROM freed))`,
    [customer, runId, GIVEN_UP, KEPT_DAYS],
  );
}
