import type { ChangeKind } from '../sync/change.js';
import type { PlanFacts } from '../sync/coverage/coverage.js';
import type { Database } from './database.js';

/** What a dry run planned, as far as it shows that rules are in force; null when the run has no plan. */
export async function readPlanFacts({ pool, prisma }: Database, runId: number): Promise<PlanFacts | null> {
  const run = await prisma.run.findUnique({ where: { id: runId }, include: { plan: { select: { managed: true } } } });
  if (run === null || run.plan === null) return null;
  const { rows: kinds } = await pool.query<{ kind: ChangeKind; changes: number; held: number; guard: string | null }>(
    `SELECT kind, count(*) AS changes, count(*) FILTER (WHERE status = 'held') AS held, max(guard) AS guard
     FROM change WHERE run_id = $1 GROUP BY kind ORDER BY min(seq)`,
    [runId],
  );
  const { rows: suspendedBy } = await pool.query<{ rule: string; people: number }>(
    `SELECT change->'reason'->>'rule' AS rule, count(DISTINCT xid) AS people FROM change
     WHERE run_id = $1 AND kind = 'suspend' GROUP BY 1 ORDER BY 1`,
    [runId],
  );
  return {
    run: run.number,
    managed: run.plan.managed,
    kinds: kinds.map(({ kind, changes, held }) => ({ kind, changes, held })),
    suspendedBy,
    guard: kinds.find(({ guard }) => guard !== null)?.guard ?? null,
  };
}

/** The newest finished dry run of exactly this version; null when there is none. */
export async function dryRunOf(
  { prisma }: Database,
  customer: string,
  version: number,
): Promise<{ readonly id: number; readonly number: number } | null> {
  return prisma.run.findFirst({
    where: { customerId: customer, kind: 'dry', status: 'done', mappingVersion: version },
    orderBy: { id: 'desc' },
    select: { id: true, number: true },
  });
}
