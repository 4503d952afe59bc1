import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { coverageOfMapping } from '../../src/activities/coverage-of-mapping.js';
import { effectOfMapping } from '../../src/activities/effect-of-mapping.js';
import { usableMapping } from '../../src/activities/mapping.js';
import { NothingDelivered } from '../../src/activities/refusals.js';
import { RunPlanner } from '../../src/activities/run-planner.js';
import { readCoverage, saveCoverage } from '../../src/store/coverage.js';
import type { Database } from '../../src/store/database.js';
import { DryRunMissing, mappingVersion, saveMapping } from '../../src/store/mappings.js';
import { writePlan } from '../../src/store/plans.js';
import { updateRun } from '../../src/store/runs.js';
import { xidsWithoutRecord } from '../../src/store/unknown-xids.js';
import { toXid } from '../../src/sync/ids.js';
import { MissingColumn } from '../../src/sync/records/errors.js';
import { csvOf, madeUpPeople, MAPPING, type MadeUpPerson } from '../support/people.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { aCustomer, aRow, aRun, deliver, dueXids, forgetDue, korenaar } from './builders.js';

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

const PEOPLE: readonly MadeUpPerson[] = [
  ...madeUpPeople(1, 30),
  { id: '31', status: 'Gone' },
  { id: '32', unit: '' },
  { id: '33', title: 'Director' },
  { id: '34', mail: 'shared@people.example' },
  { id: '35', mail: 'Shared@people.example' },
];
const EXCEPTIONS =
  'exceptions:\n  - externalIds: ["3"]\n    leaveAlone: true\n  - externalIds: ["4"]\n    notInNetwork: true\n';
const BY_MAIL = `${MAPPING.replace('- audience: email', '- audience: email\n    userName: Mail')}${EXCEPTIONS}`;

function keep(document: string): Promise<number> {
  return saveMapping(database, { customer: korenaar, document, importedBy: 'test', comment: '' });
}

/** Takes the file in as the last accepted snapshot. */
async function accept(people: readonly MadeUpPerson[]): Promise<void> {
  const [header = '', ...rows] = csvOf(people).trim().split('\r\n');
  const columns = header.split(';');
  await deliver(
    database,
    rows.map((row, index) => {
      const cells = row.split(';');
      return aRow(
        cells[0] ?? '',
        Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ''])),
        index + 2,
      );
    }),
  );
  await database.pool.query('UPDATE snapshot SET columns = $1', [columns]);
}

const fileOf = (people: readonly MadeUpPerson[]): Readable => Readable.from([Buffer.from(csvOf(people))]);

/** Everybody planned with this version, as a dry run of it does. */
async function dryRun(version: number): Promise<number> {
  const runId = await aRun(database, 'dry');
  const mapping = usableMapping(await mappingVersion(database, korenaar, version));
  await writePlan(database, { customer: korenaar, runId, people: 'everybody' }, async () => {
    const parts = {
      mapping,
      existing: new Set<never>(),
      rowsWithoutId: 0,
      ...{ now: new Date(), today: '2026-11-30' },
      unknownXids: new Set<never>(),
    };
    return new RunPlanner({ ...parts, seal: () => 'sealed' });
  });
  await updateRun(database, runId, { status: 'done', mappingVersion: version });
  return runId;
}

async function plannedPeople(runId: number, kind: string): Promise<number> {
  const { rows } = await database.pool.query<{ people: number }>(
    'SELECT count(*) AS people FROM change WHERE run_id = $1 AND kind = $2',
    [runId, kind],
  );
  return rows[0]?.people ?? 0;
}

test('the effect of a draft is that of a plan made from scratch, and nothing is changed', async () => {
  await accept(PEOPLE);
  await forgetDue(database);
  const version = await keep(BY_MAIL);
  const { effect, columns, snapshotId } = await effectOfMapping(database, korenaar, version);
  expect(snapshotId).not.toBeNull();
  expect(columns).toContain('Unit');
  expect(effect.people).toMatchObject({ read: 35, active: 29, inactive: 1, leftOut: 3, leftAlone: 1, keptOut: 1 });
  expect(effect.leftOver).toContainEqual({ code: 'conflict', count: 2, rows: [35, 36], columns: [] });
  expect(await dueXids(database)).toEqual([]);
  expect((await database.pool.query('SELECT 1 FROM plan')).rowCount).toBe(0);

  const runId = await dryRun(version);
  expect(effect.people.active).toBe(await plannedPeople(runId, 'create'));
  expect(effect.audiences.email).toBe(await plannedPeople(runId, 'invite'));
  expect(effect.roles).toEqual([
    { target: 'network', role: 'admin', people: await plannedPeople(runId, 'change_role') },
  ]);
  expect(effect.groups.reduce((sum, { people }) => sum + people, 0)).toBe(await plannedPeople(runId, 'join'));
  expect(effect.groups).toHaveLength(await plannedPeople(runId, 'create_group'));
  expect(await dueXids(database)).toEqual([]);
});

test('a file that nobody accepted yet has the same effect, whatever the order of its rows', async () => {
  await accept(PEOPLE);
  const version = await keep(BY_MAIL);
  const accepted = await effectOfMapping(database, korenaar, version);
  const delivered = await effectOfMapping(database, korenaar, version, fileOf(PEOPLE));
  expect(delivered).toEqual({ ...accepted, snapshotId: null });
  const turned = await effectOfMapping(database, korenaar, version, fileOf([...PEOPLE].reverse()));
  expect(turned.effect.people).toEqual(accepted.effect.people);
  expect(turned.effect.groups).toEqual(accepted.effect.groups);
});

test('rows of a file that cannot be read are warned of, and rows of one person may stand apart', async () => {
  const version = await keep(MAPPING.replace('options:', 'options:\n  mergeDuplicates: true'));
  const people = [{ id: '1', unit: 'A' }, { id: '2' }, { id: '1', unit: 'B' }];
  const { effect } = await effectOfMapping(
    database,
    korenaar,
    version,
    Readable.from([Buffer.from(`${csvOf(people)}9;x\r\n`)]),
  );
  expect(effect.people).toMatchObject({ read: 3, active: 2, leftOut: 1 });
  expect(effect.warnings).toContainEqual({ code: 'too_few_fields', count: 1, rows: [5], columns: [] });
});

test('without any record, or without a column that is read, nothing is shown', async () => {
  const version = await keep(MAPPING);
  await expect(effectOfMapping(database, korenaar, version)).rejects.toThrow(NothingDelivered);
  await accept(madeUpPeople(1, 3));
  const other = await keep(MAPPING.replace('jobTitle: Title', 'jobTitle: Function'));
  await expect(effectOfMapping(database, korenaar, other)).rejects.toThrow(MissingColumn);
  await expect(effectOfMapping(database, korenaar, other, fileOf(PEOPLE))).rejects.toThrow(MissingColumn);
  await expect(effectOfMapping(database, korenaar, 99)).rejects.toThrow(/no mapping of version 99/);
});

test('ids of exceptions are unknown when neither a row nor a link has them', async () => {
  await accept(madeUpPeople(1, 2));
  await database.pool.query(
    `INSERT INTO link (customer_id, xid, state, user_name, written) VALUES ('korenaar', '9', 'active', 'n', '{}')`,
  );
  const xids = ['1', '9', '01', '8'].map(toXid);
  expect([...(await xidsWithoutRecord(database, korenaar, xids))].sort()).toEqual(['01', '8']);
});

test('the coverage of the six rules needs a dry run of exactly this version, and is kept', async () => {
  await accept(PEOPLE);
  const version = await keep(BY_MAIL);
  await expect(coverageOfMapping(database, korenaar, version)).rejects.toThrow(DryRunMissing);
  const runId = await dryRun(version);
  const covered = await coverageOfMapping(database, korenaar, version);
  expect(covered.runId).toBe(runId);
  expect(covered.coverages.map(({ item, state, people }) => [item, state, people])).toEqual([
    ['rule-invitations', 'covered', 29],
    ['rule-prefill', 'covered', 29],
    ['rule-groups', 'covered', 29],
    ['rule-removal', 'covered', 1],
    ['rule-roles', 'covered', 1],
    ['rule-exceptions', 'covered', 2],
  ]);

  const { id } = await database.prisma.onboarding.create({
    data: {
      ...{ customerId: korenaar, number: 1, requestKey: 'first', workflowId: 'onboarding/korenaar', status: 'running' },
      ...{ phase: 'implementation', health: 'on track', manager: 'pm-1', view: {} },
    },
  });
  await saveCoverage(database, id, null, covered.coverages.slice(0, 1));
  await saveCoverage(database, id, runId, covered.coverages);
  const saved = await readCoverage(database, id);
  expect(saved.map(({ runId: of, checkedAt: _, ...coverage }) => [of, coverage])).toEqual(
    covered.coverages.map((coverage) => [runId, coverage]),
  );
});
