import type { Database } from './database.js';
import type { Run, Snapshot } from './prisma/client.js';

/** What a run's table says beside the counts of its changes. */
export interface RunFacts {
  readonly kind: Run['kind'];
  readonly rows: number | null;
  readonly people: number | null;
  /** People with an active account under the sync when the plan was made; null without a plan. */
  readonly managed: number | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

export async function readRunFacts(database: Database, run: Run): Promise<RunFacts> {
  const snapshot = await plannedSnapshot(database, run);
  const plan = await database.prisma.plan.findUnique({ where: { runId: run.id }, select: { managed: true } });
  return {
    kind: run.kind,
    rows: snapshot?.rows ?? null,
    people: snapshot?.people ?? null,
    managed: plan?.managed ?? null,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
  };
}

/** The delivery that a run planned, or that it fetched and refused. */
export async function plannedSnapshot({ prisma }: Database, run: Run): Promise<Snapshot | null> {
  const where = run.snapshotUsed === null ? { runId: run.id } : { id: run.snapshotUsed };
  return prisma.snapshot.findFirst({ where });
}
