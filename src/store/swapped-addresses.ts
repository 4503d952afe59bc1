import type { UnitRange } from './changes.js';
import type { Connection, Database } from './database.js';

const TEXT =
  'Gives the e-mail address up for a moment: somebody else of this plan is to get it, and the network keeps an address for one person at a time';

/**
 * Whoever has another address in the end and stands in the way of somebody who is to get theirs gives it up before any profile is
 * written, so that two people can swap addresses and a row of people can pass them on, in whatever order they are written.
 */
export async function vacateAddresses(connection: Connection): Promise<void> {
  await connection.query(
    `WITH moved AS (
       SELECT place, unit_key, xid, change, guarded, lower(change->'before'->>'email') AS before, lower(change->'after'->>'email') AS after
       FROM draft WHERE kind = 'update'
     )
     INSERT INTO draft (place, unit_key, kind, xid, change, guarded)
     SELECT place - 1, unit_key, 'update', xid,
       (change - 'userNameBefore') || jsonb_build_object('vacates', true, 'after', (change->'before') - 'email',
         'userName', coalesce(change->'userNameBefore', change->'userName'),
         'reason', (change->'reason') || jsonb_build_object('text', $1::text)), guarded
     FROM moved WHERE before IS DISTINCT FROM after
       AND before IN (SELECT after FROM moved WHERE before IS DISTINCT FROM after)
     ORDER BY xid`,
    [TEXT],
  );
}

/** Whether somebody in a range of units has an address to give up that is not given up yet. What is held does not count. */
export async function areVacating({ pool }: Database, runId: number, { from, to }: UnitRange): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT 1 FROM change WHERE run_id = $1 AND unit BETWEEN $2 AND $3 AND kind = 'update' AND status = 'planned'
       AND change ? 'vacates' LIMIT 1`,
    [runId, from, to],
  );
  return rowCount === 1;
}
