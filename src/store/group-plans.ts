import type { Change } from '../sync/change.js';
import { groupKey, type GroupRef } from '../sync/group.js';
import type { CustomerId } from '../sync/ids.js';
import { inTransaction, type Database } from './database.js';
import { lockCustomer } from './lock-customer.js';

const GUARD = 'Groups of the overview are created when both sides have approved them.';

/** Writes down the groups that a run is to create, held until somebody approves them. Parents come first. Repeated, it replaces them. */
export async function writeGroupPlan(
  database: Database,
  customer: CustomerId,
  runId: number,
  groups: readonly GroupRef[],
): Promise<void> {
  await inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    await connection.query('DELETE FROM plan WHERE run_id = $1', [runId]);
    await connection.query(
      `INSERT INTO plan (run_id, examined, managed, created_at)
       SELECT $2, 0, (SELECT count(*) FROM link WHERE customer_id = $1 AND state = 'active'), clock_timestamp()`,
      [customer, runId],
    );
    await connection.query(
      `INSERT INTO change (run_id, seq, unit, kind, change, status, guard)
       SELECT $1, ordinality, ordinality, 'create_group', change, 'held', $3
       FROM unnest($2::jsonb[]) WITH ORDINALITY AS c (change, ordinality)`,
      [runId, groups.map((group) => JSON.stringify(toChange(group))), GUARD],
    );
  });
}

/**
 * Closes the runs for groups of an onboarding that nobody will finish any more, but for `except`: what they planned expires.
 * Answers how many there were.
 */
export async function closeGroupRuns(
  database: Database,
  onboardingId: number,
  { problem, except = null }: { readonly problem: string; readonly except?: number | null },
): Promise<number> {
  return inTransaction(database, async (connection) => {
    const { rows } = await connection.query<{ id: number }>(
      `UPDATE run SET status = 'rejected', problem = $2, ended_at = clock_timestamp()
       WHERE request_key LIKE $1 AND status IN ('running', 'waiting') AND id IS DISTINCT FROM $3 RETURNING id`,
      [groupRunKey(onboardingId, '%'), problem, except],
    );
    await connection.query(
      `UPDATE change SET status = 'expired' WHERE run_id = ANY($1) AND status IN ('planned', 'held')`,
      [rows.map(({ id }) => id)],
    );
    return rows.length;
  });
}

/** Idempotency key of the run that creates one version of the groups. */
export function groupRunKey(onboardingId: number, version: number | '%'): string {
  return `onboarding/${onboardingId}/groups/${version}`;
}

function toChange(group: GroupRef): Change {
  const text = 'The overview of locations and departments names it, and the network does not have it';
  return { kind: 'create_group', group, reason: { rule: `overview ${groupKey(group).split(':')[0]}`, text, rows: [] } };
}
