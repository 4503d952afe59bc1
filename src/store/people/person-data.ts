import type { Change, ChangeKind } from '../../sync/change.js';
import type { CustomerId, Xid } from '../../sync/ids.js';
import type { PersonState } from '../../sync/person.js';
import type { Connection, Database } from '../database.js';
import { earlierIds } from './earlier-ids.js';

/**
 * Everything that Postgres holds about one person of a customer: record, account and day under the XID of today, all else under those
 * as well that the person had before.
 */
export interface PersonData {
  /** Rows of the last accepted delivery; `fields` is empty for one that could not be read. */
  readonly records: readonly { readonly row: number; readonly fields: Readonly<Record<string, string>> | null }[];
  readonly link: PersonLink | null;
  /** `dueAt` is empty where no day is known: the next delivery, or nothing before something about the person changes. */
  readonly due: { readonly reason: string; readonly dueAt: Date | null } | null;
  /** What failed in the runs that tried it last. */
  readonly failing: readonly PersonFailure[];
  /** What runs planned and did, the oldest first. */
  readonly changes: readonly PersonChangeRow[];
  readonly warnings: readonly PersonWarning[];
  readonly letters: readonly PersonLetter[];
  /** What plans put off. */
  readonly waits: readonly PersonWait[];
  /** Lists of people, written by somebody, that the person stands in. */
  readonly lists: readonly PersonList[];
}

export interface PersonLink {
  readonly state: 'creating' | 'active' | 'suspended';
  readonly userName: string;
  readonly scimId: string | null;
  readonly userEid: string | null;
  readonly membershipEid: string | null;
  /** As last written to the network. */
  readonly written: PersonState;
  /** Whether a sealed temporary password is kept. It is not part of an export: whoever reads it could log in with it. */
  readonly hasTemporaryPassword: boolean;
  readonly invitedAt: Date | null;
  readonly suspendedAt: Date | null;
  readonly updatedAt: Date;
}

export interface PersonChangeRow {
  /** Number of the run. */
  readonly run: number;
  readonly runKind: 'dry' | 'live' | 'test';
  readonly startedAt: Date;
  readonly seq: number;
  readonly status: string;
  readonly change: Change;
  readonly guard: string | null;
  readonly decidedBy: string | null;
  readonly problem: string | null;
  readonly doneAt: Date | null;
}

export interface PersonFailure {
  readonly kind: ChangeKind;
  readonly problem: string;
  /** In so many runs in a row. */
  readonly runs: number;
  readonly since: Date;
  /** No run tries it any more; null: every run does. */
  readonly givenUpAt: Date | null;
}

export interface PersonWarning {
  readonly run: number;
  readonly stage: string;
  readonly code: string;
  readonly rows: readonly number[];
  readonly column: string | null;
  readonly text: string;
}

export interface PersonLetter {
  /** Number of the bundle. */
  readonly bundle: number;
  readonly contactId: string;
  readonly madeBy: string;
  readonly createdAt: Date;
  readonly shownAt: Date | null;
  readonly endedAt: Date | null;
  readonly outcome: string | null;
}

export interface PersonWait {
  /** Number of the run. */
  readonly run: number;
  /** Empty: until the next accepted delivery. */
  readonly until: Date | null;
  readonly reason: string;
}

export interface PersonList {
  /** Whom a run or a wave is for, or about whom somebody decided what was held. */
  readonly what: 'pilot' | 'decision';
  readonly by: string;
  readonly at: Date;
  readonly comment: string | null;
}

/** Sealed files that may hold a row of the person: nobody can tell without opening them. */
export interface SealedPlace {
  readonly what: 'delivery' | 'file of the setup';
  readonly fileName: string;
  readonly at: Date;
}

export async function readPersonData({ pool }: Database, customer: CustomerId, xid: Xid): Promise<PersonData> {
  const ids = [xid, ...(await earlierIds(pool, customer, xid))];
  const all = async <Row extends object>(sql: string): Promise<readonly Row[]> =>
    (await pool.query<Row>(sql, [customer, ids])).rows;
  const [link = null] = await all<PersonLink>(LINK);
  const [due = null] = await all<{ reason: string; dueAt: Date | null }>(DUE);
  return {
    records: await all(RECORDS),
    ...{ link, due },
    failing: await all(FAILING),
    changes: await all(CHANGES),
    warnings: await all(WARNINGS),
    letters: await all(PERSON_LETTERS),
    waits: await all(WAITS),
    lists: await all(LISTS),
  };
}

/** Whether anything at all is kept. */
export function isKnown({ link, due, ...lists }: PersonData): boolean {
  return link !== null || due !== null || Object.values(lists).some((rows) => rows.length > 0);
}

/** The oldest first. */
export async function sealedPlaces(
  connection: Pick<Connection, 'query'>,
  customer: CustomerId,
): Promise<readonly SealedPlace[]> {
  const { rows } = await connection.query<SealedPlace>(
    `SELECT 'delivery' AS what, file_name AS "fileName", received_at AS at FROM snapshot
       WHERE customer_id = $1 AND file IS NOT NULL
     UNION ALL SELECT 'file of the setup', f.file_name, f.delivered_at FROM onboarding_file f
       JOIN onboarding o ON o.id = f.onboarding_id WHERE o.customer_id = $1
     ORDER BY at`,
    [customer],
  );
  return rows;
}

const RECORDS = 'SELECT row, fields FROM record WHERE customer_id = $1 AND xid = ANY($2) ORDER BY row';

const LINK = `
  SELECT state, user_name AS "userName", scim_id AS "scimId", user_eid AS "userEid", membership_eid AS "membershipEid",
    written, password IS NOT NULL AS "hasTemporaryPassword", invited_at AS "invitedAt", suspended_at AS "suspendedAt",
    updated_at AS "updatedAt"
  FROM link WHERE customer_id = $1 AND xid = ANY($2)`;

const DUE = `SELECT reason, nullif(due_at, 'infinity') AS "dueAt" FROM due WHERE customer_id = $1 AND xid = ANY($2) ORDER BY array_position($2, xid)`;

const FAILING = `
  SELECT kind, problem, runs, since, given_up_at AS "givenUpAt" FROM failure WHERE customer_id = $1 AND xid = ANY($2) ORDER BY kind`;

const CHANGES = `
  SELECT r.number AS run, r.kind AS "runKind", r.started_at AS "startedAt", c.seq, c.status,
    c.change - 'sealedPassword' AS change, c.guard, c.decided_by AS "decidedBy", c.problem, c.done_at AS "doneAt"
  FROM run r JOIN change c ON c.run_id = r.id WHERE r.customer_id = $1 AND c.xid = ANY($2) ORDER BY r.number, c.seq`;

const WARNINGS = `
  SELECT r.number AS run, w.stage, w.code, w.rows, w."column", w.text
  FROM run r JOIN run_warning w ON w.run_id = r.id WHERE r.customer_id = $1 AND w.xid = ANY($2) ORDER BY r.number, w.stage, w.seq`;

const PERSON_LETTERS = `
  SELECT b.number AS bundle, b.contact_id AS "contactId", b.made_by AS "madeBy", b.created_at AS "createdAt",
    b.shown_at AS "shownAt", b.ended_at AS "endedAt", b.outcome
  FROM letter p JOIN letter_bundle b ON b.id = p.bundle_id WHERE p.customer_id = $1 AND p.xid = ANY($2) ORDER BY b.number`;

const WAITS = `
  SELECT r.number AS run, w.until, w.reason FROM run r JOIN plan_wait w ON w.run_id = r.id
  WHERE r.customer_id = $1 AND w.xid = ANY($2) ORDER BY r.number`;

const LISTS = `
  SELECT 'pilot' AS what, by, created_at AS at, NULL AS comment FROM pilot WHERE customer_id = $1 AND xids && $2
  UNION ALL SELECT 'decision', s.by, s.created_at, s.comment
    FROM run r JOIN selection s ON s.run_id = r.id WHERE r.customer_id = $1 AND s.xids && $2
  ORDER BY what DESC, at`;
