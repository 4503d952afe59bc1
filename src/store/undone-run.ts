import type { PersonChange } from '../sync/change.js';
import type { CustomerId, Eid, Xid } from '../sync/ids.js';
import { TOOK_OVER } from './changes.js';
import type { Database } from './database.js';
import type { Run } from './prisma/client.js';
import { detailsRemovedAt } from './retention.js';
import { findRun } from './runs.js';
import { KEPT_DAYS } from './waits.js';

/** What a run did, as far as it can be undone. */
export interface UndoneRun {
  readonly id: number;
  readonly number: number;
  readonly people: ReadonlyMap<Xid, UndonePerson>;
  /** Groups that it made. */
  readonly groups: number;
}

export interface UndonePerson {
  /** In the order in which they were done. */
  readonly done: readonly PersonChange[];
  readonly userEid: Eid | null;
  /** false: suspended for longer than the network keeps an account. */
  readonly isRestorable: boolean;
  /** The run took over an account that was there before it. */
  readonly wasThere: boolean;
  /** Another run suspended the person or gave the account back, after this one had done so. */
  readonly switchedSince: boolean;
}

/** A run cannot be undone. */
export class UndoRefused extends Error {
  override readonly name = 'UndoRefused';
  constructor(customer: string, run: number, why: string) {
    super(
      `Run ${run} of ${customer} cannot be undone: ${why}. Nothing was changed. See "usersync sync list ${customer}".`,
    );
  }
}

/**
 * Finds a live run that has ended and whose changes are still known. One that somebody terminated has no end of its own: whether a
 * run that has none goes on is asked of `isUnderWay`. @throws UndoRefused
 */
export async function findUndoable(
  database: Database,
  customer: string,
  number: number,
  isUnderWay: (run: Run) => Promise<boolean> = () => Promise.resolve(true),
): Promise<Run> {
  const run = await findRun(database, customer, number);
  const refuse = (why: string): never => {
    throw new UndoRefused(customer, number, why);
  };
  if (run === null) return refuse('there is no such run');
  if (run.kind !== 'live') return refuse('it was a dry run and changed nothing');
  if (run.endedAt === null && (await isUnderWay(run))) return refuse('it is still under way');
  if (detailsRemovedAt(run.summary) !== null) return refuse('what it changed was removed, since its time was over');
  return run;
}

/** What decides whether an account is active. */
const SWITCHES = `'create', 'restore', 'suspend'`;

/** Everything that a run did for people. @throws UndoRefused */
export async function readUndone(database: Database, customer: CustomerId, number: number): Promise<UndoneRun> {
  const { id } = await findUndoable(database, customer, number);
  const { rows } = await database.pool.query<{ xid: Xid } & UndonePerson>(
    `WITH switched AS (
       SELECT DISTINCT c.xid FROM run r JOIN change s ON s.run_id = r.id AND s.status = 'done' AND s.kind IN (${SWITCHES})
         JOIN change c ON c.run_id = $2 AND c.xid = s.xid AND c.status = 'done' AND c.kind IN (${SWITCHES}) AND c.done_at < s.done_at
       WHERE r.customer_id = $1 AND r.id <> $2
     )
     SELECT c.xid, json_agg(c.change ORDER BY c.seq) AS done, l.user_eid AS "userEid",
       (l.state = 'suspended' AND l.suspended_at < now() - $3 * interval '1 day') IS NOT TRUE AS "isRestorable",
       bool_or(${TOOK_OVER}) AS "wasThere",
       c.xid IN (SELECT xid FROM switched) AS "switchedSince"
     FROM change c LEFT JOIN link l ON l.customer_id = $1 AND l.xid = c.xid
     WHERE c.run_id = $2 AND c.status = 'done' AND c.xid IS NOT NULL
     GROUP BY c.xid, l.user_eid, l.state, l.suspended_at`,
    [customer, id, KEPT_DAYS],
  );
  const groups = await database.prisma.change.count({ where: { runId: id, kind: 'create_group', status: 'done' } });
  return { id, number, people: new Map(rows.map(({ xid, ...person }) => [xid, person])), groups };
}
