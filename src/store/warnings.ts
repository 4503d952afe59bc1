import type { Warning } from '../sync/person.js';
import type { Database } from './database.js';

/** Where a warning came up: while the delivery was read, or while people were mapped and planned. */
export type WarningStage = 'read' | 'plan' | 'verify';

/** Replaces the run's warnings of one stage. */
export async function saveWarnings(
  { prisma }: Database,
  runId: number,
  stage: WarningStage,
  warnings: readonly Warning[],
): Promise<void> {
  const data = warnings.map(({ rows, ...warning }, index) => ({
    ...warning,
    rows: [...rows],
    runId,
    stage,
    seq: index + 1,
  }));
  await prisma.$transaction([
    prisma.runWarning.deleteMany({ where: { runId, stage } }),
    prisma.runWarning.createMany({ data }),
  ]);
}
