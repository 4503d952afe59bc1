import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseMasterKey } from '../../src/secrets/master-key.js';
import { listAudit } from '../../src/store/audit.js';
import { recordOutcomes, type StoredLink } from '../../src/store/changes.js';
import type { Database } from '../../src/store/database.js';
import { GONE } from '../../src/store/gone.js';
import { takeLease } from '../../src/store/leases.js';
import { makeBundle } from '../../src/store/letters/bundles.js';
import { erasedChange } from '../../src/store/people/erased-change.js';
import { CannotForget, forgetPerson } from '../../src/store/people/forget.js';
import { isKnown, readPersonData } from '../../src/store/people/person-data.js';
import type { Change } from '../../src/sync/change.js';
import { toXid } from '../../src/sync/ids.js';
import { addAccount } from '../support/letters.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { aCustomer, aRow, aRun, deliver, korenaar } from './builders.js';

const key = parseMasterKey(randomBytes(32).toString('hex'), 'a test');
const XID = toXid('0004711');
const OTHER = toXid('0004712');
/** Values of the person that stand nowhere else. */
const TRACES = /0004711|Zwaluw|zwaluw@/;
const reason = { rule: 'active', text: 'is active (rule active, row 7)', rows: [7] };
let place: TestDatabase;
let database: Database;

beforeEach(async () => {
  place = await createTestDatabase();
  database = await aCustomer(place.url);
});

afterEach(async () => {
  await database.close();
  await place.close();
});

describe('a person who left', () => {
  test('is forgotten in every table, and nobody else is touched', async () => {
    await aPersonEverywhere();
    await deliver(database, [aRow(OTHER, { Name: 'Merel' })]);
    await database.pool.query(`UPDATE link SET state = 'suspended' WHERE xid = $1`, [XID]);
    const others = await readPersonData(database, korenaar, OTHER);

    const forgotten = await forgetPerson(database, { customer: korenaar, xid: XID, by: 'pm-1', evenSo: false });
    expect(forgotten).toEqual({ records: 0, links: 1, letters: 1, changes: 6, warnings: 1, isInRecord: false });
    expect(isKnown(await readPersonData(database, korenaar, XID))).toBe(false);
    expect(await everything()).not.toMatch(TRACES);
    expect(await readPersonData(database, korenaar, OTHER)).toEqual(others);
  });

  test('leaves the counts of the runs as they were, under one pseudonym that says nothing', async () => {
    await aPersonEverywhere();
    const counts = () => database.pool.query('SELECT kind, status, count(*) FROM change GROUP BY 1, 2 ORDER BY 1, 2');
    const before = (await counts()).rows;
    await forgetPerson(database, { customer: korenaar, xid: XID, by: 'pm-1', evenSo: true });
    expect((await counts()).rows).toEqual(before);
    const changes = await database.prisma.change.findMany({ where: { xid: { startsWith: 'forgotten-' } } });
    expect(new Set(changes.map(({ xid }) => xid)).size).toBe(1);
    expect(changes).toHaveLength(6);
  });

  test('stands in the audit as an act, without the XID', async () => {
    await aPersonEverywhere();
    await forgetPerson(database, { customer: korenaar, xid: XID, by: 'pm-1', evenSo: true });
    const [entry] = await listAudit(database, korenaar);
    expect(entry).toMatchObject({ by: 'pm-1', what: 'person forgotten', facts: { changes: 6, evenSo: true } });
    expect(JSON.stringify(entry)).not.toMatch(/0004711|forgotten-/);
  });
});

test('no table that names people is left out', async () => {
  await aPersonEverywhere();
  const named = await Promise.all(
    (await columnsWithXids()).map(async (column) => {
      const [table = ''] = column.split('.');
      const { rows } = await database.pool.query<{ row: unknown }>(`SELECT to_jsonb(t) AS row FROM ${table} t`);
      return [column, JSON.stringify(rows).includes(XID)] as const;
    }),
  );
  const unnamed = named.filter(([, isNamed]) => !isNamed).map(([column]) => column);
  expect(unnamed).toEqual([]);
});

describe('a person who returned under another XID', () => {
  const NEW = toXid('0009000');
  const wish = { customer: korenaar, by: 'pm-1', evenSo: true } as const;

  beforeEach(async () => {
    await aPersonEverywhere();
    await database.pool.query('UPDATE link SET xid = $2 WHERE xid = $1', [XID, NEW]);
    await aPlannedRun([{ kind: 'restore', xid: NEW, formerXid: XID, reason }], 'done');
    await database.pool.query(`UPDATE run SET status = 'done'`);
  });

  test('is named by no change under the XID of before once that is forgotten, and stays who they are', async () => {
    await forgetPerson(database, { ...wish, xid: XID });
    expect(await everything()).not.toContain('formerXid');
    const { link, changes } = await readPersonData(database, korenaar, NEW);
    expect(link?.state).toBe('active');
    expect(changes.map(({ change }) => change)).toEqual([{ kind: 'restore', xid: NEW, reason }]);
  });

  test('is shown what was written down under both', async () => {
    const shown = () => readPersonData(database, korenaar, NEW);
    expect(await shown()).toMatchObject({ changes: [{}], letters: [], warnings: [], lists: [] });
    await database.pool.query('DELETE FROM record WHERE xid = $1', [XID]);
    const { changes, ...others } = await shown();
    expect(changes).toHaveLength(7);
    expect(others).toMatchObject({ letters: [{}], warnings: [{}], link: { state: 'active' } });
    expect(others.lists).not.toEqual([]);
  });

  test('is forgotten under both, since both are the same person', async () => {
    await database.pool.query('DELETE FROM record WHERE xid = $1', [XID]);
    expect(await forgetPerson(database, { ...wish, xid: NEW })).toMatchObject({ links: 1, letters: 1, changes: 7 });
    expect(await everything()).not.toMatch(TRACES);
    expect(await everything()).not.toContain(NEW);
  });

  test('is forgotten under both where the account was gone by then, and not where giving it back failed otherwise', async () => {
    const fail = `UPDATE change SET status = 'failed', problem = $1 WHERE kind = 'restore'`;
    await database.pool.query('DELETE FROM record WHERE xid = $1', [XID]);
    await database.pool.query(fail, ['Speakap failed.']);
    expect((await readPersonData(database, korenaar, NEW)).changes).toHaveLength(1);
    await database.pool.query(fail, [GONE]);
    expect(await forgetPerson(database, { ...wish, xid: NEW })).toMatchObject({ links: 1, letters: 1, changes: 7 });
  });

  test('is forgotten under the new one alone where somebody has the old one by now', async () => {
    expect(await forgetPerson(database, { ...wish, xid: NEW })).toMatchObject({ links: 1, changes: 1 });
    expect((await readPersonData(database, korenaar, XID)).records).toHaveLength(1);
    expect((await readPersonData(database, korenaar, XID)).changes).toHaveLength(6);
  });

  test('is not forgotten under either while a run gives the account the new one', async () => {
    await aPlannedRun([{ kind: 'restore', xid: NEW, formerXid: OTHER, reason }], 'planned');
    await expect(forgetPerson(database, { ...wish, xid: OTHER })).rejects.toThrow(CannotForget);
  });
});

describe('a person who would come back', () => {
  test('is not forgotten while in the newest record, unless told even so', async () => {
    await deliver(database, [aRow(XID, { Name: 'Zwaluw' })]);
    const wish = { customer: korenaar, xid: XID, by: 'pm-1' };
    await expect(forgetPerson(database, { ...wish, evenSo: false })).rejects.toThrow(
      /the next delivery would bring them back.*Nothing was changed/,
    );
    expect((await readPersonData(database, korenaar, XID)).records).toHaveLength(1);
    expect(await forgetPerson(database, { ...wish, evenSo: true })).toMatchObject({ records: 1, isInRecord: true });
    await deliver(database, [aRow(XID, { Name: 'Zwaluw' }), aRow(OTHER)]);
    expect((await readPersonData(database, korenaar, XID)).due).not.toBeNull();
  });

  test('is not forgotten while the account is under the sync', async () => {
    await addAccount(database, key, korenaar, { xid: XID });
    const wish = { customer: korenaar, xid: XID, by: 'pm-1', evenSo: false };
    await expect(forgetPerson(database, wish)).rejects.toThrow(/never suspend it: let a run suspend it first/);
  });

  test('is never forgotten while a run has something to do for them', async () => {
    await addAccount(database, key, korenaar, { xid: XID });
    const run = await aPlannedRun([suspend()], 'planned');
    const wish = { customer: korenaar, xid: XID, by: 'pm-1', evenSo: true };
    await expect(forgetPerson(database, wish)).rejects.toThrow(CannotForget);
    await expect(forgetPerson(database, wish)).rejects.not.toThrow(TRACES);
    await database.pool.query(`UPDATE run SET status = 'done' WHERE id = $1`, [run]);
    expect(await forgetPerson(database, wish)).toMatchObject({ links: 1 });
  });
});

test('what is exported holds no password, sealed or not', async () => {
  await aPersonEverywhere();
  const data = await readPersonData(database, korenaar, XID);
  expect(data.link?.hasTemporaryPassword).toBe(true);
  expect(JSON.stringify(data)).not.toMatch(/sealed/i);
  expect(data.changes.map(({ change }) => change.kind)).toContain('update');
  expect(JSON.stringify(data)).toContain('zwaluw@mail.example');
});

test('what is exported tells what a plan waits for, and the lists of people that somebody wrote', async () => {
  await aPersonEverywhere();
  const { waits, lists } = await readPersonData(database, korenaar, XID);
  expect(waits).toMatchObject([{ reason: 'date' }]);
  expect(lists).toMatchObject([
    { what: 'pilot', by: 'pm-1', comment: null },
    { what: 'decision', by: 'pm-1', comment: 'Both are right.' },
  ]);
});

test('of a change that was done nothing is kept of a password that the mapping prescribed', async () => {
  const lease = await takeLease(database, korenaar, 'run 1', 60_000);
  if (lease === null) throw new Error('The lease is taken.');
  const run = await aPlannedRun(changesOf(), 'planned');
  const link = {
    xid: XID,
    state: 'creating',
    userName: 'x',
    written: {},
    password: 'sealed.v1.x',
  } as unknown as StoredLink;
  const outcomes = changesOf().map((_, index) => ({ seq: index + 1, status: 'done', problem: null }) as const);
  await recordOutcomes(database, lease, run, outcomes, [link]);
  expect(JSON.stringify(await database.prisma.change.findMany())).not.toContain('sealedPassword');
});

test.each(changesOf().map((change) => [change.kind, change] as const))(
  'an erased change "%s" says nobody',
  (_, change) => {
    const erased = erasedChange(change, toXid('forgotten-1'));
    expect(JSON.stringify(erased)).not.toMatch(TRACES);
    expect(JSON.stringify(erased)).not.toContain('sealedPassword');
    expect(erased.kind).toBe(change.kind);
    expect(erased.reason).toEqual({ rule: change.reason.rule, text: 'the person was forgotten', rows: [] });
  },
);

/** Rows of everything that the sync writes down about somebody. */
async function aPersonEverywhere(): Promise<void> {
  await deliver(database, [aRow(XID, { Name: 'Zwaluw' }), aRow(OTHER, { Name: 'Merel' })]);
  const profile = { givenName: 'Zwaluw', email: 'zwaluw@mail.example' };
  await addAccount(database, key, korenaar, { xid: XID, profile });
  await addAccount(database, key, korenaar, { xid: OTHER, location: 'Arnhem' });
  const run = await aPlannedRun(changesOf(), 'done');
  await database.pool.query(`UPDATE run SET status = 'done'`);
  await database.prisma.runWarning.createMany({
    data: [
      { runId: run, stage: 'plan', seq: 1, code: 'odd', xid: XID, rows: [7], text: 'Something is odd.' },
      { runId: run, stage: 'plan', seq: 2, code: 'odd', xid: OTHER, rows: [8], text: 'Something is odd.' },
    ],
  });
  const xids = [XID, OTHER];
  const failure = { kind: 'join', problem: 'Speakap failed.', runs: 1, since: new Date(), lastRun: run };
  await database.prisma.failure.create({ data: { customerId: korenaar, xid: XID, ...failure } });
  await database.prisma.planWait.create({ data: { runId: run, xid: XID, reason: 'date', until: new Date() } });
  await database.prisma.selection.create({ data: { runId: run, xids, by: 'pm-1', comment: 'Both are right.' } });
  await database.prisma.pilot.create({ data: { customerId: korenaar, xids, by: 'pm-1' } });
  const expiresAt = new Date(Date.now() + 3_600_000);
  const bundle = { customer: korenaar, contactId: 'c-hr', tokenHash: 'x', wording: {}, madeBy: 'pm-1', expiresAt };
  await makeBundle(database, { ...bundle, again: false });
}

async function aPlannedRun(changes: readonly Change[], status: 'planned' | 'done'): Promise<number> {
  const run = await aRun(database);
  await database.prisma.plan.create({ data: { runId: run, examined: 1, managed: 1 } });
  for (const [index, change] of changes.entries()) {
    const seq = index + 1;
    await database.prisma.change.create({
      data: {
        runId: run,
        seq,
        unit: seq,
        kind: change.kind,
        xid: change.kind === 'create_group' ? null : change.xid,
        status,
        change: JSON.parse(JSON.stringify(change)) as object,
      },
    });
  }
  return run;
}

function suspend(): Change {
  return { kind: 'suspend', xid: XID, reason };
}

function changesOf(): readonly Change[] {
  const profile = { givenName: 'Zwaluw', email: 'zwaluw@mail.example' };
  const group = { kind: 'department', name: 'Bakery' } as const;
  const person = { userName: XID, profile, audience: 'letter', networkRole: 'member', memberships: {} } as const;
  return [
    { kind: 'create', xid: XID, person, sealedPassword: 'sealed.v1.x', reason },
    { kind: 'update', xid: XID, before: profile, after: { ...profile, jobTitle: 'Baker' }, userName: XID, reason },
    { kind: 'join', xid: XID, group, reason },
    { kind: 'change_role', xid: XID, group, before: 'member', after: 'admin', reason },
    { kind: 'invite', xid: XID, audience: 'letter', reason },
    suspend(),
  ];
}

/** Where an XID stands in a column of its own. */
async function columnsWithXids(): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ column: string }>(
    `SELECT table_name || '.' || column_name AS column FROM information_schema.columns
     WHERE table_schema = current_schema() AND column_name IN ('xid', 'xids') ORDER BY 1`,
  );
  return rows.map(({ column }) => column);
}

/** All tables that there are, as one text: nobody has to remember a new one here. */
async function everything(): Promise<string> {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`,
  );
  expect(tables.map(({ name }) => name)).toContain('plan_wait');
  const texts = tables.map(async ({ name }) => {
    const { rows } = await database.pool.query<{ row: unknown }>(`SELECT to_jsonb(t) AS row FROM "${name}" t`);
    return JSON.stringify(rows);
  });
  return (await Promise.all(texts)).join('\n');
}
