import type { PartCounts } from '../release/types.js';
import type { Database } from './database.js';

interface Row {
  readonly wave: number;
  readonly part: number;
  readonly kind: string;
  readonly changes: number;
}

export interface CountedPart extends PartCounts {
  readonly wave: number;
  readonly part: number;
}

/** What a plan for everybody does to each part of a release. Groups that are made belong to nobody and are left out. */
export async function countsByPart(
  { pool }: Database,
  releaseId: number,
  runId: number,
): Promise<readonly CountedPart[]> {
  const { rows: parts } = await pool.query<{ wave: number; part: number; people: number }>(
    `SELECT w.wave, w.part, count(DISTINCT c.xid) AS people
     FROM release_wave w JOIN pilot p ON p.id = w.pilot_id
       LEFT JOIN LATERAL (SELECT unnest(p.xids) AS xid) m ON true
       LEFT JOIN change c ON c.run_id = $2 AND c.xid = m.xid
     WHERE w.release_id = $1 GROUP BY w.wave, w.part ORDER BY w.wave, w.part`,
    [releaseId, runId],
  );
  const { rows } = await pool.query<Row>(
    `SELECT w.wave, w.part, c.kind, count(*) AS changes
     FROM release_wave w JOIN pilot p ON p.id = w.pilot_id
       JOIN LATERAL (SELECT unnest(p.xids) AS xid) m ON true
       JOIN change c ON c.run_id = $2 AND c.xid = m.xid
     WHERE w.release_id = $1 GROUP BY w.wave, w.part, c.kind`,
    [releaseId, runId],
  );
  return parts.map(({ wave, part, people }) => ({
    ...{ wave, part, people },
    kinds: kindsOf(rows.filter((row) => row.wave === wave && row.part === part)),
  }));
}

/** What a fresh plan of a part would do, with what earlier runs of the same part have done already. */
export async function countsOfPart({ pool }: Database, pilotId: number, runId: number): Promise<PartCounts> {
  const whole = `run_id = $2 OR status = 'done' AND run_id IN (SELECT id FROM run WHERE pilot_id = $1 AND kind = 'live')`;
  const { rows } = await pool.query<Row>(
    `SELECT kind, count(*) AS changes FROM change WHERE (${whole}) AND xid IS NOT NULL GROUP BY kind`,
    [pilotId, runId],
  );
  const { rows: all } = await pool.query<{ people: number }>(
    `SELECT count(DISTINCT xid) AS people FROM change WHERE ${whole}`,
    [pilotId, runId],
  );
  return { people: all[0]?.people ?? 0, kinds: kindsOf(rows) };
}

/** How many groups a plan would make. */
export async function groupsIn({ pool }: Database, runId: number): Promise<number> {
  const { rows } = await pool.query<{ groups: number }>(
    `SELECT count(*) AS groups FROM change WHERE run_id = $1 AND kind = 'create_group'`,
    [runId],
  );
  return rows[0]?.groups ?? 0;
}

function kindsOf(rows: readonly Pick<Row, 'kind' | 'changes'>[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...rows].sort((a, b) => (a.kind < b.kind ? -1 : 1)).map(({ kind, changes }) => [kind, changes]),
  );
}
