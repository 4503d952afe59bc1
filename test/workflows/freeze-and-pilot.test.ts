import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAudit } from '../../src/store/audit.js';
import { countDue } from '../../src/store/due.js';
import { freeze, unfreeze } from '../../src/store/freezes.js';
import { savePilot, UnknownPeople } from '../../src/store/pilots.js';
import { findRun } from '../../src/store/runs.js';
import { decide, startRun } from '../../src/temporal/runs.js';
import type { RunOrder } from '../../src/workflows/messages.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { until } from '../support/until.js';
import { openWorld, type World } from '../support/world.js';

let world: World;
const everybody = madeUpPeople(1, 30);

beforeAll(async () => {
  world = await openWorld();
  await world.useMapping(MAPPING);
  await world.startWorker();
});

afterAll(() => world.close());

async function start(order: Partial<RunOrder> = {}) {
  const whole = { customer: world.customer, kind: 'live', requestedBy: 'pm-1', delivery: 'last', ...order } as const;
  return startRun(world.temporal.client, world.config.taskQueue, whole, `run-${Math.random()}`);
}

/** XIDs of the people who are active in the network. */
function active(): readonly number[] {
  const people = world.network().people.filter((person) => person.active && person.xid !== null);
  return people.map(({ xid }) => Number(xid)).sort((a, b) => a - b);
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

const byPm = { by: 'pm-1', reason: 'HR moves to a new system' };

test('feature 25: while a customer is frozen a live run plans, applies nothing, says so, and leaves everybody due', async () => {
  await freeze(world.database, world.customer, { day: inDays(3), ...byPm });
  await world.deliver(csvOf(everybody));
  const run = await start({ delivery: 'newest' });
  expect(await run.result()).toMatchObject({ status: 'done', done: 0, failed: 0 });
  expect(active()).toEqual([]);
  expect((await run.progress())?.steps.map(({ note }) => note).join()).toContain('nothing applied');
  expect(await countDue(world.database, world.customer)).toBe(30);
  const kept = await findRun(world.database, world.customer, 1);
  expect(kept).toMatchObject({ status: 'done', problem: null });
  expect(kept?.frozenUntil).not.toBeNull();
});

test('a freeze ends by itself, or is ended by a person; who did it is written down', async () => {
  await world.database.pool.query(`UPDATE "freeze" SET until = now() - interval '1 second'`);
  expect(await unfreeze(world.database, world.customer, 'pm-2')).toBe(false);
  await freeze(world.database, world.customer, { day: inDays(3), ...byPm });
  expect(await unfreeze(world.database, world.customer, 'pm-2')).toBe(true);
  const acts = (await listAudit(world.database, world.customer)).map(({ by, what }) => `${by} ${what}`);
  expect(acts).toEqual(['pm-2 customer unfrozen', 'pm-1 customer frozen', 'pm-1 customer frozen']);
});

test('a day that has begun, or is far away, freezes nobody', async () => {
  for (const day of [inDays(-1), inDays(500)]) {
    await expect(freeze(world.database, world.customer, { day, ...byPm })).rejects.toThrow(/Nothing was changed/);
  }
});

test('feature 22: a run for named people changes them alone; everybody else stays due', async () => {
  const only = await savePilot(world.database, world.customer, { by: 'pm-1', xids: ['2', '5', '5'] });
  expect(await (await start({ only })).result()).toMatchObject({ status: 'done', failed: 0, held: 0 });
  expect(active()).toEqual([2, 5]);
  expect(await countDue(world.database, world.customer)).toBe(28);
});

test('a run for a group changes who is to be in it; everybody else stays due', async () => {
  const group = { kind: 'business_unit', name: 'unit 1' } as const;
  const only = await savePilot(world.database, world.customer, { by: 'pm-1', group });
  const dry = await start({ kind: 'dry', only });
  expect(await dry.result()).toMatchObject({ status: 'done' });
  expect(await (await start({ only })).result()).toMatchObject({ status: 'done', failed: 0, held: 0 });
  const unit1 = everybody.map(({ id }) => Number(id)).filter((id) => id % 3 === 1);
  expect(active()).toEqual([...unit1, 2, 5].sort((a, b) => a - b));
  expect(await countDue(world.database, world.customer)).toBe(28 - unit1.length);
});

test('people whom nobody knows, and a pilot that nobody wrote down, are refused', async () => {
  await expect(savePilot(world.database, world.customer, { by: 'pm-1', xids: ['2', '02'] })).rejects.toThrow(
    UnknownPeople,
  );
  const run = await start({ only: 4711 });
  await expect(run.result()).rejects.toThrow();
});

test('after the pilots the first run is still a first one, and makes the rest', async () => {
  expect(await (await start()).result()).toMatchObject({ status: 'done', failed: 0, held: 0 });
  expect(active()).toHaveLength(30);
  expect(await countDue(world.database, world.customer)).toBe(0);
});

test('what is approved during a freeze is not applied: the run stops, and the rest stays due', async () => {
  const left = everybody.map((person, index) => (index < 10 ? person : { ...person, status: 'Left' }));
  await world.deliver(csvOf(left));
  const run = await start({ delivery: 'newest' });
  await until(async () => (await run.progress())?.step === 'waiting for approval');
  await freeze(world.database, world.customer, { day: inDays(3), ...byPm });
  await decide(world.temporal.client, world.customer, { by: 'pm-1', comment: 'right' }, true);
  await expect(run.result()).rejects.toThrow();
  const number = (await run.progress())?.number ?? 0;
  expect(await findRun(world.database, world.customer, number)).toMatchObject({ status: 'canceled', cause: null });
  expect(active()).toHaveLength(30);
  expect(await countDue(world.database, world.customer)).toBe(20);
});

test('a run for one of two people who claim one user name changes neither, as a run for both does', async () => {
  await unfreeze(world.database, world.customer, 'pm-1');
  await world.useMapping(MAPPING.replace('- audience: email\n', '- audience: email\n    userName: Title\n'));
  const claiming = ['41', '42'].map((id) => ({ id, title: 'Cashier one' }));
  await world.deliver(csvOf([...claiming, { id: '43', title: 'Cashier two' }]));
  expect(await (await start({ kind: 'dry', delivery: 'newest' })).result()).toMatchObject({ status: 'done' });
  const before = active();
  const only = await savePilot(world.database, world.customer, { by: 'pm-1', xids: ['41', '43'] });
  const run = await start({ only });
  expect(await run.result()).toMatchObject({ status: 'done', failed: 0 });
  expect(active()).toEqual([...before, 43]);
  const { rows } = await world.database.pool.query(
    `SELECT code, xid FROM run_warning WHERE run_id = (SELECT max(id) FROM run) ORDER BY xid`,
  );
  expect(rows).toEqual([{ code: 'conflict', xid: '41' }]);
});
