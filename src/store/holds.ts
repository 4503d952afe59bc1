import { CHANGE_ORDER, type ChangeKind } from '../sync/change.js';
import type { PlanFigures, Verdict } from '../sync/guards/judge-plan.js';
import type { GuardedKind, HeldWith } from '../sync/guarded-kind.js';
import type { CustomerId } from '../sync/ids.js';
import { inTransaction, type Connection, type Database } from './database.js';

/** Held changes about which a person decides as one thing. */
export interface Hold {
  readonly with: HeldWith;
  readonly changes: number;
  readonly people: number;
  /** The words of the guard. */
  readonly guard: string | null;
}

interface Holder {
  hold(figures: Omit<PlanFigures, 'arriving' | 'approved'>): Verdict;
}

/** Asks the guards about a draft and holds in it what they say. */
export async function holdDraft(
  connection: Connection,
  customer: CustomerId,
  planner: Holder,
  managed: number,
): Promise<void> {
  const verdict = planner.hold(await figuresOf(connection, customer, managed));
  for (const [kind, text] of verdict.kinds) await holdKind(connection, kind, text);
  if (verdict.everything !== null) await holdEverything(connection, verdict.everything);
}

/** What is still held in a run, in the order of the plan. */
export async function readHolds(queries: Pick<Connection, 'query'>, runId: number): Promise<readonly Hold[]> {
  const { rows } = await queries.query<Hold>(
    `SELECT coalesce(held_with, kind) AS "with", count(*) AS changes, count(DISTINCT xid) AS people, max(guard) AS guard
     FROM change WHERE run_id = $1 AND status = 'held' GROUP BY 1 ORDER BY min(seq)`,
    [runId],
  );
  return rows;
}

/** Which of the held changes a decision is about; nothing said: all of them. */
export interface HeldChoice {
  readonly with?: string;
  /** Id of a list of people that was written down before. */
  readonly selection?: number;
}

/** What a decision left of a kind: what is still held, what is refused, what may be applied now and is not yet. */
export interface DecidedKind {
  readonly kind: ChangeKind;
  readonly held: number;
  readonly refused: number;
  readonly open: number;
}

export interface DecidedHolds {
  readonly changes: number;
  /** Of people whose record, or the mapping, changed since the plan: nobody decides about these any more but the next plan. */
  readonly outdated: number;
  readonly kinds: readonly DecidedKind[];
  readonly holds: readonly Hold[];
}

/**
 * A person's decision about what guards held. What is outdated by then is neither applied nor refused: the next plan makes it
 * anew, or has no need of it. Repeated, it finds nothing more and answers the same kinds.
 */
export async function decideHeld(
  database: Database,
  runId: number,
  { with: heldWith, selection }: HeldChoice,
  decision: 'planned' | 'refused',
  decidedBy: string,
): Promise<DecidedHolds> {
  return inTransaction(database, async (connection) => {
    const outdated = await expireOutdated(connection, runId);
    const about: readonly unknown[] = [runId, heldWith ?? null, selection ?? null];
    if (decision === 'planned') await passOn(connection, about);
    const { rowCount } = await connection.query(
      `UPDATE change SET status = $4::change_status, decided_by = $5 WHERE ${CHOSEN}
       AND ($2::text IS NULL OR coalesce(held_with, kind) = $2 OR $4 = 'refused' AND ${heldLater('$2')})`,
      [...about, decision, decidedBy],
    );
    if (decision === 'planned') await releaseGroups(connection, runId, decidedBy);
    const { rows: kinds } = await connection.query<DecidedKind>(
      `SELECT kind, count(*) FILTER (WHERE status = 'held') AS held, count(*) FILTER (WHERE status = 'refused') AS refused,
         count(*) FILTER (WHERE status = 'planned') AS open
       FROM change WHERE run_id = $1 GROUP BY kind ORDER BY min(seq)`,
      [runId],
    );
    return { changes: rowCount ?? 0, outdated, kinds, holds: await readHolds(connection, runId) };
  });
}

/** Changes of the run $1 that are held, of the people of the selection $3 if there is one. */
const CHOSEN = `run_id = $1 AND status = 'held'
  AND ($3::int IS NULL OR xid IN (SELECT unnest(xids) FROM selection WHERE id = $3 AND run_id = $1))`;
/** Whether a kind is among those that hold a change after its first one. */
const heldLater = (kind: '$1' | '$2'): string =>
  `held_then @> jsonb_build_array(jsonb_build_object('with', ${kind}::text))`;

/** What several kinds hold and one of them lets go is held by the next one. */
async function passOn(connection: Connection, about: readonly unknown[]): Promise<void> {
  await connection.query(
    `UPDATE change SET held_then = (SELECT jsonb_agg(h.value ORDER BY h.place)
       FROM jsonb_array_elements(held_then) WITH ORDINALITY AS h (value, place) WHERE h.value->>'with' <> $2)
     WHERE ${CHOSEN} AND ${heldLater('$2')}`,
    [...about],
  );
  await connection.query(
    `UPDATE change SET held_with = held_then->0->>'with', guard = held_then->0->>'guard', held_then = nullif(held_then - 0, '[]')
     WHERE ${CHOSEN} AND held_with = $2 AND held_then IS NOT NULL`,
    [...about],
  );
}

const OUTDATED =
  'The record of this person or the mapping changed since the plan was made, or a day of theirs came. The next run decides anew.';

/**
 * A plan may wait for days, while a dry run takes in a newer delivery, or another mapping becomes the active one: who is back
 * in the record, or is left alone by now, must not be suspended since somebody approves what was true before. Nor must somebody
 * get an account whose last day is over by then: a day that the plan waits for changes as much as a row.
 */
async function expireOutdated(connection: Connection, runId: number): Promise<number> {
  const { rowCount } = await connection.query(
    `WITH marked AS (
       SELECT d.xid FROM run r JOIN plan p ON p.run_id = r.id
         JOIN due d ON d.customer_id = r.customer_id AND d.marked_at > p.created_at
       WHERE r.id = $1
       UNION SELECT w.xid FROM plan_wait w WHERE w.run_id = $1 AND w.until <= clock_timestamp()
     ), people AS (
       SELECT xid FROM marked
       UNION SELECT c.xid FROM change c JOIN marked m ON m.xid = c.change->>'formerXid' WHERE c.run_id = $1 AND c.kind = 'restore'
     )
     UPDATE change c SET status = 'expired', problem = $2 FROM people m
     WHERE c.run_id = $1 AND c.xid = m.xid AND c.status IN ('held', 'planned')`,
    [runId, OUTDATED],
  );
  return rowCount ?? 0;
}

/** Whoever may join a group needs it: groups that are held go along with the first joins. */
async function releaseGroups(connection: Connection, runId: number, decidedBy: string): Promise<void> {
  await connection.query(
    `UPDATE change SET status = 'planned', decided_by = $2 WHERE run_id = $1 AND status = 'held' AND kind = 'create_group'
       AND EXISTS (SELECT 1 FROM change j WHERE j.run_id = $1 AND j.kind = 'join' AND j.status = 'planned')`,
    [runId, decidedBy],
  );
}

async function figuresOf(
  connection: Connection,
  customer: CustomerId,
  managed: number,
): Promise<Omit<PlanFigures, 'arriving' | 'approved'>> {
  const { rows } = await connection.query<{ guarded: GuardedKind; people: number }>(
    `SELECT guarded, count(DISTINCT xid) AS people FROM draft WHERE xid IS NOT NULL GROUP BY guarded`,
  );
  const { rows: all } = await connection.query<{ changed: number; first: boolean }>(
    `SELECT (SELECT count(DISTINCT xid) FROM draft) AS changed,
       NOT EXISTS (SELECT 1 FROM run r LEFT JOIN plan p ON p.run_id = r.id
                   WHERE r.customer_id = $1 AND r.kind = 'live' AND r.status = 'done'
                     AND (p.examined > 0 OR r.summary ? 'detailsRemovedAt')
                     AND r.frozen_until IS NULL AND r.pilot_id IS NULL AND NOT r.reconciles)
       AND NOT EXISTS (SELECT 1 FROM release WHERE customer_id = $1 AND status IN ('watching', 'done')) AS first`,
    [customer],
  );
  return {
    managed,
    isFirst: managed === 0 || (all[0]?.first ?? true),
    people: new Map(rows.map(({ guarded, people }) => [guarded, people])),
    changed: all[0]?.changed ?? 0,
  };
}

/**
 * What later changes of a person build on: without the account there is nobody to add to a group, an invitation goes to the
 * address that the profile has by then, and whoever does not join the new group yet must not leave the old one, have a role in
 * it, or be told that everything is in place.
 */
const BUILT_ON: Readonly<Partial<Record<HeldWith, readonly ChangeKind[]>>> = {
  create: CHANGE_ORDER,
  restore: CHANGE_ORDER,
  update: ['invite'],
  join: ['change_role', 'invite', 'leave'],
};

/**
 * A change may be held for several reasons, and goes when the last of them is decided: `held_with`, then those of `held_then`. Only
 * who gets an account, new or back, is decided about with it as a whole: nobody is left half there.
 */
async function holdKind(connection: Connection, kind: HeldWith, text: string): Promise<void> {
  await connection.query(
    `UPDATE draft SET held_with = coalesce(held_with, $1), guard = coalesce(guard, $2),
       held_then = CASE WHEN held_with IS NULL THEN NULL
         ELSE coalesce(held_then, '[]') || jsonb_build_array(jsonb_build_object('with', $1::text, 'guard', $2::text)) END
     WHERE (held_with IS NULL OR held_with NOT IN ('create', 'restore', $1)) AND ${heldLater('$1')} IS NOT TRUE
       AND (guarded = $1 OR kind = ANY ($3) AND xid IN (SELECT xid FROM draft WHERE guarded = $1 AND xid IS NOT NULL))`,
    [kind, text, BUILT_ON[kind] ?? []],
  );
}

/** What builds on another change is held with it here as well, so that deciding about one kind makes sense. */
async function holdEverything(connection: Connection, text: string): Promise<void> {
  for (const kind of ['create', 'restore', 'update', 'join'] as const) await holdKind(connection, kind, text);
  await connection.query('UPDATE draft SET held_with = guarded WHERE held_with IS NULL');
  await connection.query('UPDATE draft SET guard = $1', [text]);
}

/** Some of the people that somebody named have nothing held in the run. Says how many, since ids are for nobody else. */
export class NotHeld extends Error {
  override readonly name = 'NotHeld';
  constructor(
    readonly missing: number,
    named: number,
    run: number,
  ) {
    super(
      `Of the ${named} people that were named, ${missing} have no held change in run ${run}. Nothing was decided and nothing was ` +
        'changed. "usersync sync held" lists who is held; ids are text, 0004711 is not 4711.',
    );
  }
}

/** Writes down for whom a decision is meant; answers the id that the message carries. @throws NotHeld */
export async function saveSelection(
  database: Database,
  run: { readonly id: number; readonly number: number },
  { xids, by, comment }: { readonly xids: readonly string[]; readonly by: string; readonly comment: string },
): Promise<number> {
  const wanted = [...new Set(xids)];
  const { rows } = await database.pool.query<{ xid: string }>(
    `SELECT DISTINCT xid FROM change WHERE run_id = $1 AND status = 'held' AND xid = ANY ($2)`,
    [run.id, wanted],
  );
  if (rows.length < wanted.length) throw new NotHeld(wanted.length - rows.length, wanted.length, run.number);
  const { id } = await database.prisma.selection.create({ data: { runId: run.id, xids: wanted, by, comment } });
  return id;
}
