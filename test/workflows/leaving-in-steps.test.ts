import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NetworkReport } from '../../src/sandbox/control/report.js';
import type { Eid } from '../../src/sync/ids.js';
import { decide, startRun } from '../../src/temporal/runs.js';
import type { RunResult } from '../../src/workflows/messages.js';
import { networkOf } from '../support/network-of.js';
import { csvOf, madeUpPeople, MAPPING, type MadeUpPerson } from '../support/people.js';
import { until } from '../support/until.js';
import { openWorld, type World } from '../support/world.js';

const IN_STEPS = `${MAPPING.trimEnd()}
  leaves: { percent: 10, count: 50, floor: 2 }
  missing: { snapshots: 3, leaveGroups: { snapshots: 2 } }
exceptions:
  - externalIds: ["29"]
    leaveAlone: true
`;

const DONE = { status: 'done', failed: 0, skipped: 0, held: 0 };
const GROUPS = ['Department 0', 'Unit 0'];
const everybody = madeUpPeople(1, 30);
let world: World;

beforeEach(async () => {
  world = await openWorld();
  await world.useMapping(IN_STEPS.replace(/exceptions:[^]*/, ''));
  await world.startWorker();
  expect(await deliver(everybody)).toMatchObject(DONE);
  await world.useMapping(IN_STEPS);
});

afterEach(() => world.close());

let deliveries = 0;

/** A file of its own: the same content that comes again is another delivery. */
async function upload(people: readonly MadeUpPerson[]): Promise<void> {
  deliveries += 1;
  await world.deliver(csvOf(people), `people-${deliveries}.csv`);
}

async function deliver(people: readonly MadeUpPerson[]): Promise<RunResult> {
  await upload(people);
  return (await world.start('live')).result();
}

function person(id: string): NetworkReport['people'][number] | undefined {
  return world.network().people.find(({ xid }) => xid === id);
}

function groupsOf(id: string): readonly string[] {
  return (person(id)?.groups ?? []).map(({ name }) => name).sort();
}

async function rowsOf<Row extends object>(sql: string): Promise<readonly Row[]> {
  return (await world.database.pool.query<Row>(sql)).rows;
}

/** As an administrator does it. */
async function joinByHand(id: string, name: string): Promise<void> {
  const network = await networkOf(world);
  const eid = await network.createGroup({ group: { kind: 'topic', name } });
  const [link] = await rowsOf<{ user: Eid }>(`SELECT user_eid AS "user" FROM link WHERE xid = '${id}'`);
  if (link === undefined) throw new Error('There is no link.');
  await network.join(link.user, [eid]);
}

test('feature 7: who is missing leaves the groups first and is suspended later, with each on its own delivery', async () => {
  await joinByHand('30', 'Choir');
  const present = everybody.slice(0, 28);
  expect(await deliver(present)).toMatchObject({ ...DONE, done: 0 });
  expect(groupsOf('30')).toEqual(['Choir', ...GROUPS]);

  expect(await deliver(present)).toMatchObject({ ...DONE, done: 2 });
  expect(person('30')?.active).toBe(true);
  // What somebody made by hand stays, as everything does of whom an exception leaves alone.
  expect(groupsOf('30')).toEqual(['Choir']);
  expect(groupsOf('29')).toHaveLength(2);
  const reasons = await rowsOf(`SELECT DISTINCT change->'reason'->>'rule' AS rule FROM change WHERE kind = 'leave'`);
  expect(reasons).toEqual([{ rule: 'missing' }]);
  expect(await (await world.start('live', { delivery: 'last' })).result()).toMatchObject({ ...DONE, done: 0 });

  expect(await deliver(present)).toMatchObject({ ...DONE, done: 1 });
  expect([person('30')?.active, person('29')?.active]).toEqual([false, true]);
});

test('feature 7: who returns in between gets the groups of today’s record, as the same account and without a letter', async () => {
  const before = person('30');
  await deliver(everybody.slice(0, 29));
  await deliver(everybody.slice(0, 29));
  expect(groupsOf('30')).toEqual([]);
  const back = { id: '30', unit: 'Unit 1' };
  expect(await deliver([...everybody.slice(0, 29), back])).toMatchObject({ ...DONE, done: 2 });
  expect(groupsOf('30')).toEqual(['Department 0', 'Unit 1']);
  expect(person('30')?.eid).toBe(before?.eid);
  expect(world.network().invitationsByAddress['p30@people.example']).toBe(1);
  expect(await rowsOf(`SELECT missing_since FROM link WHERE xid = '30'`)).toEqual([{ missing_since: null }]);
});

test('too many who would leave their groups are held as any others are, and keep them until somebody says so', async () => {
  const present = everybody.slice(0, 24);
  await deliver(present);
  await upload(present);
  const run = await world.start('live');
  await until(async () => (await run.progress())?.step === 'waiting for approval');
  expect(groupsOf('30')).toEqual(GROUPS);
  await decide(world.temporal.client, world.customer, { by: 'pm-1', comment: 'a store closed' }, true);
  expect(await run.result()).toMatchObject(DONE);
  expect(['25', '30'].map(groupsOf)).toEqual([[], []]);
});

test('the step is undone as any run is', async () => {
  await deliver(everybody.slice(0, 29));
  await deliver(everybody.slice(0, 29));
  const order = { customer: world.customer, kind: 'live', requestedBy: 'pm-1', undo: 3 } as const;
  const run = await startRun(world.temporal.client, world.config.taskQueue, order, 'undo-3');
  expect(await run.result()).toMatchObject({ ...DONE, done: 2 });
  expect(groupsOf('30')).toEqual(GROUPS);
});
