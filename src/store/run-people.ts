import type { Database } from './database.js';

/** People whom a run changed, each counted once. */
export interface RunPeople {
  /** Created or restored. */
  readonly joiners: number;
  /** Suspended. */
  readonly leavers: number;
  /** Everybody else: profile, groups or role. */
  readonly movers: number;
}

export async function countPeople({ pool }: Database, runId: number): Promise<RunPeople> {
  const { rows } = await pool.query<RunPeople>(
    `SELECT count(*) FILTER (WHERE joined) AS joiners, count(*) FILTER (WHERE "left" AND NOT joined) AS leavers,
       count(*) FILTER (WHERE NOT joined AND NOT "left") AS movers
     FROM (SELECT bool_or(kind IN ('create', 'restore')) AS joined, bool_or(kind = 'suspend') AS "left"
           FROM change WHERE run_id = $1 AND status = 'done' AND xid IS NOT NULL GROUP BY xid) people`,
    [runId],
  );
  return rows[0] ?? { joiners: 0, leavers: 0, movers: 0 };
}
