import type { Database } from './database.js';
import type { Run } from './prisma/client.js';

/** How fast a run changed people in the network. */
export interface RunPace {
  /** With at least one change that was done. */
  readonly people: number;
  /** From the plan to the last of their changes. */
  readonly milliseconds: number;
  readonly peopleAMinute: number;
}

/** Below this, what a run takes anyway says more than how many people there are. */
const LEAST_MS = 1_000;

/**
 * The pace of a run over what nobody was asked about: waiting for a decision is no work. Null where nobody was changed, or in less
 * than a second.
 */
export async function readRunPace({ pool }: Database, run: Pick<Run, 'id'>): Promise<RunPace | null> {
  const { rows } = await pool.query<{ readonly people: number; readonly milliseconds: number | null }>(PACE, [run.id]);
  const [pace] = rows;
  if (pace === undefined || pace.people === 0 || pace.milliseconds === null || pace.milliseconds < LEAST_MS)
    return null;
  const { people, milliseconds } = pace;
  return { people, milliseconds, peopleAMinute: (people * 60_000) / milliseconds };
}

/** Failed changes took their time too. */
const PACE = `
  SELECT count(DISTINCT c.xid) FILTER (WHERE c.status = 'done')::int AS people,
    round(extract(epoch FROM max(c.done_at) - min(p.created_at)) * 1000)::float8 AS milliseconds
  FROM plan p JOIN change c ON c.run_id = p.run_id AND c.decided_by IS NULL
  WHERE p.run_id = $1`;
