import { countChanges, type ChangeCount } from '../../store/changes.js';
import type { Database } from '../../store/database.js';
import type { Run, RunStatus } from '../../store/prisma/client.js';

/** The state of a run as a person means it: one that has nothing left to do but what a guard holds waits for a decision. */
export function runStatus({ status }: Run, counts: readonly ChangeCount[]): RunStatus {
  if (status !== 'running') return status;
  const has = (wanted: ChangeCount['status']): boolean => counts.some((count) => count.status === wanted);
  if (!has('held')) return status;
  // Where the mapping says that everything waits, nothing was done yet either.
  const isUntouched = !(['done', 'failed', 'skipped'] as const).some(has);
  return !has('planned') || isUntouched ? 'waiting' : status;
}

export async function readRunStatus(database: Database, run: Run): Promise<RunStatus> {
  return run.status === 'running' ? runStatus(run, await countChanges(database, run.id)) : run.status;
}
