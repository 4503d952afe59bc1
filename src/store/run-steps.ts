import type { Database } from './database.js';
import type { Run } from './prisma/client.js';

/** A part of a run and how long it took. */
export interface RunStep {
  readonly step: 'fetch' | 'read' | 'plan' | 'apply' | 'verify';
  readonly milliseconds: number;
}

/**
 * Where the time of a run went, told by what it wrote down and when. `apply` ends with its last change, and holds what a run waited
 * for a person in between; what a run did not come to is left out.
 */
export async function readRunSteps({ pool }: Database, run: Run): Promise<readonly RunStep[]> {
  const { rows } = await pool.query<Times>(TIMES, [run.id]);
  const times = rows[0];
  if (times === undefined) return [];
  const ends: readonly (readonly [RunStep['step'], Date | null])[] = [
    ['fetch', times.received],
    ['read', times.decided],
    ['plan', times.planned],
    ['apply', times.applied],
    ['verify', times.applied === null ? null : run.endedAt],
  ];
  const steps: RunStep[] = [];
  let begin = run.startedAt;
  for (const [step, end] of ends) {
    if (end === null || end < begin) continue;
    steps.push({ step, milliseconds: end.getTime() - begin.getTime() });
    begin = end;
  }
  return steps;
}

interface Times {
  readonly received: Date | null;
  readonly decided: Date | null;
  readonly planned: Date | null;
  readonly applied: Date | null;
}

const TIMES = `
  SELECT (SELECT received_at FROM snapshot WHERE run_id = $1) AS received,
    (SELECT decided_at FROM snapshot WHERE run_id = $1) AS decided,
    (SELECT created_at FROM plan WHERE run_id = $1) AS planned,
    (SELECT max(done_at) FROM change WHERE run_id = $1) AS applied`;
