import type { Change, ChangeKind } from '../sync/change.js';
import type { CustomerId, Xid } from '../sync/ids.js';
import type { Profile } from '../sync/person.js';
import type { Database } from './database.js';
import type { ChangeStatus, RunWarning } from './prisma/client.js';

/** A change with what a report says of its person. */
export interface ChangeRow {
  readonly seq: number;
  readonly status: ChangeStatus;
  readonly xid: Xid | null;
  readonly change: Change;
  readonly guard: string | null;
  readonly decidedBy: string | null;
  readonly problem: string | null;
  /** As last written to the network; null when nothing was. */
  readonly profile: Profile | null;
}

export interface Page {
  /** Position after which the page begins. */
  readonly after?: number;
  readonly limit: number;
  /** Left out: any. */
  readonly status?: ChangeStatus;
}

/** A run's changes in the order in which they are applied, page by page. */
export async function readChangeRows(
  { pool }: Database,
  customer: CustomerId,
  runId: number,
  { after = 0, limit, status }: Page,
): Promise<readonly ChangeRow[]> {
  const { rows } = await pool.query<ChangeRow>(
    `SELECT c.seq, c.status, c.xid, c.change, c.guard, c.decided_by AS "decidedBy", c.problem,
       l.written->'profile' AS profile
     FROM change c LEFT JOIN link l ON l.customer_id = $1 AND l.xid = c.xid
     WHERE c.run_id = $2 AND c.seq > $3 AND ($5::text IS NULL OR c.status::text = $5) ORDER BY c.seq LIMIT $4`,
    [customer, runId, after, limit, status ?? null],
  );
  return rows;
}

export interface HeldKind {
  readonly kind: ChangeKind;
  readonly changes: number;
  readonly guard: string;
}

/** What guards hold in a run now, with their words. */
export async function readHeldKinds({ pool }: Database, runId: number): Promise<readonly HeldKind[]> {
  const { rows } = await pool.query<HeldKind>(
    `SELECT kind, coalesce(guard, '') AS guard, count(*) AS changes FROM change
     WHERE run_id = $1 AND status = 'held' GROUP BY kind, guard ORDER BY min(seq)`,
    [runId],
  );
  return rows;
}

/** The first warnings of a run and how many there are. */
export async function readWarningRows(
  { prisma }: Database,
  runId: number,
  limit: number,
): Promise<{ readonly warnings: readonly RunWarning[]; readonly total: number }> {
  const orderBy = [{ stage: 'asc' as const }, { seq: 'asc' as const }];
  const warnings = await prisma.runWarning.findMany({ where: { runId }, orderBy, take: limit });
  const total = warnings.length < limit ? warnings.length : await prisma.runWarning.count({ where: { runId } });
  return { warnings, total };
}
