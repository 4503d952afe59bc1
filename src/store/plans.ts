import type { Change, ChangeKind, PersonChange } from '../sync/change.js';
import { groupKey } from '../sync/group.js';
import type { PlanFigures, Verdict } from '../sync/guards/judge-plan.js';
import { heldWithOf } from '../sync/guarded-kind.js';
import type { CustomerId, Xid } from '../sync/ids.js';
import type { PersonState, Warning } from '../sync/person.js';
import { CHANGE_ORDER } from '../sync/change.js';
import { CopyWriter, toJsonb } from './copy.js';
import { holdDraft, readHolds, type Hold } from './holds.js';
import { savePilotPeople, type Pilot } from './pilots.js';
import { leaveOutConflicts } from './plan-conflicts.js';
import { inTransaction, type Connection, type Database } from './database.js';
import { lockCustomer } from './lock-customer.js';
import { lookAgain } from './look-again.js';
import { vacateAddresses } from './swapped-addresses.js';
import { KEPT_DAYS, noteAbsences, saveWaits, type Wait } from './waits.js';

/** A person the plan has to look at, with everything that decides about it. */
export interface DuePerson {
  readonly xid: Xid;
  /** Empty when the last accepted snapshot has no row of this XID. */
  readonly rows: readonly { readonly row: number; readonly fields: Readonly<Record<string, string>> | null }[];
  readonly link: {
    readonly state: 'creating' | 'active' | 'suspended';
    readonly written: PersonState;
    readonly invited: boolean;
    /** Since when no row of an accepted delivery names the person; null while one does. */
    readonly missingSince: string | null;
    /** In how many accepted deliveries in a row. */
    readonly missingSnapshots: number;
  } | null;
}

/** What a planner makes of a page of people. */
export interface Examined {
  readonly changes: readonly PersonChange[];
  /** Of people whom the run is not for. Nothing of it is planned: it is only known what they claim. */
  readonly others?: readonly PersonChange[];
  readonly warnings: readonly Warning[];
  readonly waits: readonly Wait[];
  /** How many of the page the run is for; left out: all. */
  readonly examined?: number;
}

export interface Planner {
  examine(people: readonly DuePerson[]): Examined;
  /** The groups that must be made first; asked once, after everyone was examined. */
  groups(): readonly Extract<Change, { kind: 'create_group' }>[];
  /** What is odd about the mapping itself; asked once, after everyone was examined. */
  remarks(): readonly Warning[];
  /** What guards stop; asked once, with the numbers of the whole plan. */
  hold(figures: Omit<PlanFigures, 'arriving' | 'approved'>): Verdict;
  /** What becomes of the rest while something is held. */
  readonly whenHeld: 'continue' | 'wait';
  /** Whom the run turned out to be for, where it is limited to a group; asked once, after everyone was examined. */
  readonly pilotPeople?: readonly Xid[];
}

/** The changes of one kind: units `from` to `to`, both included. */
export interface PlannedKind {
  readonly kind: ChangeKind;
  readonly from: number;
  readonly to: number;
  readonly changes: number;
  readonly held: number;
  /** The words of the guard that held them. */
  readonly guard: string | null;
}

export interface PlanCounts {
  readonly examined: number;
  readonly managed: number;
  readonly warnings: number;
  readonly kinds: readonly PlannedKind[];
  /** What is decided about as one thing. */
  readonly holds: readonly Hold[];
  readonly whenHeld: 'continue' | 'wait';
}

export interface PlanOrder {
  readonly customer: CustomerId;
  readonly runId: number;
  /**
   * `due`, as always; `everybody`, for a dry run of another mapping, whose people are not due for it; `linked`, to compare
   * them with the network; those for whom another run, by its id, did something; or those of a pilot, as far as they are due: then
   * all who are due are looked at, since somebody else may claim what they do.
   */
  readonly people?: keyof typeof PEOPLE | { readonly changedIn: number } | { readonly pilot: Pilot };
}

const PAGE = 2000;

/**
 * Writes the plan of a run: everyone who is due is examined page by page, and the changes are put into the safe order
 * by Postgres. One transaction, so a plan is whole or not there; planning a run again replaces its plan. The planner is made
 * when the customer is locked: no delivery and no mapping comes in between.
 */
export async function writePlan(
  database: Database,
  order: PlanOrder,
  makePlanner: () => Promise<Planner>,
  onProgress: (examined: number) => void = () => undefined,
): Promise<PlanCounts> {
  const { customer, runId } = order;
  return inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    if (looksAtRecord(order)) await noteAbsences(connection, customer);
    const planner = await makePlanner();
    const managed = await startPlan(connection, customer, runId);
    const { examined, warnings: found } = await examineAll(connection, order, planner, onProgress);
    await notePilot(connection, order, planner);
    const conflicts = await leaveOutConflicts(connection, { customer, runId }, found);
    const warnings = found + conflicts;
    await vacateAddresses(connection);
    await holdDraft(connection, customer, planner, managed);
    await orderChanges(connection, runId);
    await connection.query('UPDATE plan SET examined = $2 WHERE run_id = $1', [runId, examined]);
    const kinds = await plannedKinds(connection, runId);
    return {
      examined,
      managed,
      warnings,
      kinds,
      holds: await readHolds(connection, runId),
      whenHeld: planner.whenHeld,
    };
  });
}

/** Only then it matters since when somebody is missing: undoing and reconciling ask what the record says, and not for how long. */
function looksAtRecord({ people = 'due' }: PlanOrder): boolean {
  return people === 'due' || people === 'everybody' || (typeof people === 'object' && 'pilot' in people);
}

async function notePilot(connection: Connection, { people = 'due' }: PlanOrder, planner: Planner): Promise<void> {
  if (typeof people === 'string' || !('pilot' in people) || people.pilot.group === null) return;
  await savePilotPeople(connection, people.pilot.id, planner.pilotPeople ?? []);
}

async function startPlan(connection: Connection, customer: CustomerId, runId: number): Promise<number> {
  await connection.query('DELETE FROM plan WHERE run_id = $1', [runId]);
  await connection.query(`DELETE FROM run_warning WHERE run_id = $1 AND stage = 'plan'`, [runId]);
  const { rows } = await connection.query<{ managed: number }>(
    `INSERT INTO plan (run_id, examined, managed, created_at)
     SELECT $2, 0, (SELECT count(*) FROM link WHERE customer_id = $1 AND state = 'active'), clock_timestamp()
     RETURNING managed`,
    [customer, runId],
  );
  await connection.query(
    `CREATE TEMPORARY TABLE draft (place int, unit_key text, nth bigint GENERATED ALWAYS AS IDENTITY, kind text, xid text,
       change jsonb, guarded text, held_with text, guard text, held_then jsonb, other boolean) ON COMMIT DROP`,
  );
  return rows[0]?.managed ?? 0;
}

async function examineAll(
  connection: Connection,
  { customer, runId, people: chosen = 'due' }: PlanOrder,
  planner: Planner,
  onProgress: (examined: number) => void,
): Promise<{ examined: number; warnings: number }> {
  let examined = 0;
  let warnings = 0;
  const sql = peopleSql(chosen);
  let people = await readPeople(connection, sql, customer, '');
  for (let last = people.at(-1); last !== undefined; last = people.at(-1)) {
    // While a page is examined, Postgres makes the next one. When examining fails, that one's failure is of no interest.
    const next = readPeople(connection, sql, customer, last.xid);
    next.catch(() => undefined);
    const page = planner.examine(people);
    const following = await next;
    await draftChanges(connection, page.changes);
    await draftChanges(connection, (page.others ?? []).filter(isClaim), true);
    await writeWarnings(connection, runId, warnings, page.warnings);
    await saveWaits(connection, runId, page.waits);
    examined += page.examined ?? people.length;
    warnings += page.warnings.length;
    onProgress(examined);
    people = following;
  }
  await draftChanges(connection, planner.groups());
  const remarks = planner.remarks();
  await writeWarnings(connection, runId, warnings, remarks);
  return { examined, warnings: warnings + remarks.length };
}

/** XIDs of a page, in order, after $2. Both sides of a union are cut to the page: nothing is sorted that is not needed. */
const PEOPLE = {
  due: `SELECT xid FROM due WHERE customer_id = $1 AND due_at <= clock_timestamp() AND xid > $2 ORDER BY xid LIMIT $3`,
  everybody: `(SELECT DISTINCT xid FROM record WHERE customer_id = $1 AND xid > $2 ORDER BY xid LIMIT $3)
    UNION (SELECT xid FROM link WHERE customer_id = $1 AND xid > $2 ORDER BY xid LIMIT $3) ORDER BY xid LIMIT $3`,
  linked: `SELECT xid FROM link WHERE customer_id = $1 AND xid > $2 ORDER BY xid LIMIT $3`,
} as const;

function peopleSql(people: NonNullable<PlanOrder['people']>): string {
  if (typeof people === 'string') return PEOPLE[people];
  if ('pilot' in people) return PEOPLE.due;
  return `SELECT DISTINCT xid FROM change WHERE run_id = ${Math.trunc(people.changedIn)} AND status = 'done' AND $1::text IS NOT NULL
    AND xid > $2 ORDER BY xid LIMIT $3`;
}

/**
 * All rows of a person `p` of the customer $1, and the link `l`, as a plan looks at them. One file that several runs found in
 * its place, as dry runs leave it, is one delivery.
 */
export const ROWS_IN_PLAN = `coalesce((SELECT json_agg(json_build_object('row', r.row, 'fields', r.fields) ORDER BY r.row_hash)
  FROM record r WHERE r.customer_id = $1 AND r.xid = p.xid), '[]')`;
export const LINK_IN_PLAN = `CASE WHEN l.xid IS NULL THEN NULL ELSE
  json_build_object('state', l.state, 'written', l.written, 'invited', l.invited_at IS NOT NULL,
    'missingSince', l.missing_since, 'missingSnapshots', CASE WHEN l.missing_snapshot IS NULL THEN 0 ELSE (SELECT count(DISTINCT (s.file_name, s.modified_at, s.sha256))
      FROM snapshot s WHERE s.customer_id = $1 AND s.status = 'accepted' AND s.id >= l.missing_snapshot) END) END`;

async function readPeople(
  connection: Connection,
  xids: string,
  customer: CustomerId,
  after: string,
): Promise<readonly DuePerson[]> {
  const { rows } = await connection.query<DuePerson>(
    `SELECT p.xid, ${ROWS_IN_PLAN} AS rows, ${LINK_IN_PLAN} AS link
     FROM (${xids}) p LEFT JOIN link l ON l.customer_id = $1 AND l.xid = p.xid
       AND (l.state = 'suspended' AND l.suspended_at < now() - $4 * interval '1 day') IS NOT TRUE
     ORDER BY p.xid`,
    [customer, after, PAGE, KEPT_DAYS],
  );
  return rows;
}

/** What two people may be in conflict about. */
function isClaim({ kind }: Change): boolean {
  return kind === 'create' || kind === 'update' || kind === 'restore';
}

async function draftChanges(connection: Connection, changes: readonly Change[], other = false): Promise<void> {
  if (changes.length === 0) return;
  const writer = new CopyWriter(connection, 'draft (place, unit_key, kind, xid, change, guarded, other)');
  for (const change of changes) {
    const xid = change.kind === 'create_group' ? null : change.xid;
    await writer.write([
      placeOf(change),
      xid ?? unitOfGroup(change),
      change.kind,
      xid,
      toJsonb(change),
      heldWithOf(change),
      other,
    ]);
  }
  await writer.end();
}

/** Local departments come after the groups they stand in. */
function placeOf(change: Change): number {
  const place = CHANGE_ORDER.indexOf(change.kind) * 2;
  return change.kind === 'create_group' && change.group.kind === 'local_department' ? place + 1 : place;
}

function unitOfGroup(change: Change): string {
  return change.kind === 'create_group' ? groupKey(change.group) : '';
}

async function writeWarnings(
  connection: Connection,
  runId: number,
  before: number,
  warnings: readonly Warning[],
): Promise<void> {
  if (warnings.length === 0) return;
  const writer = new CopyWriter(connection, 'run_warning (run_id, stage, seq, code, xid, rows, "column", text)');
  for (const [index, warning] of warnings.entries()) {
    const rows = `{${warning.rows.join(',')}}`;
    await writer.write([
      runId,
      'plan',
      before + index + 1,
      warning.code,
      warning.xid,
      rows,
      warning.column,
      warning.text,
    ]);
  }
  await writer.end();
}

async function orderChanges(connection: Connection, runId: number): Promise<void> {
  const { rowCount } = await connection.query(
    `INSERT INTO change (run_id, seq, unit, kind, xid, change, status, guard, held_with, held_then)
     SELECT $1, row_number() OVER (ORDER BY place, unit_key, nth), dense_rank() OVER (ORDER BY place, unit_key),
       kind, xid, change, (CASE WHEN held_with IS NULL THEN 'planned' ELSE 'held' END)::change_status, guard, held_with, held_then
     FROM draft`,
    [runId],
  );
  await lookAgain(connection, rowCount ?? 0, 'change');
}

async function plannedKinds(connection: Connection, runId: number): Promise<readonly PlannedKind[]> {
  const { rows } = await connection.query<PlannedKind>(
    `SELECT kind, min(unit) AS "from", max(unit) AS "to", count(*) AS changes,
       count(*) FILTER (WHERE status = 'held') AS held, max(guard) AS guard
     FROM change WHERE run_id = $1 GROUP BY kind ORDER BY min(seq)`,
    [runId],
  );
  return rows;
}
