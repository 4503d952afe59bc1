import { afterAll, beforeAll, expect, test } from 'vitest';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { openWorld, type World } from '../support/world.js';

let world: World;
const everybody = madeUpPeople(1, 30);
const withoutOne = everybody.slice(0, 29);

beforeAll(async () => {
  world = await openWorld();
  await world.useMapping(`${MAPPING.trimEnd()}\n  missing: { snapshots: 2, days: 1 }\n`);
  await world.startWorker();
  await world.deliver(csvOf(everybody));
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
});

afterAll(() => world.close());

async function run() {
  return (await world.start('live')).result();
}

function isPresent(id: string): boolean {
  return world.network().people.some(({ xid, active }) => xid === id && active);
}

async function dueOf30(): Promise<readonly object[]> {
  const { rows } = await world.database.pool.query<object>(
    `SELECT reason, due_at = 'infinity' AS forever, due_at > now() AS later FROM due WHERE xid = '30'`,
  );
  return rows;
}

test('feature 6: somebody who is missing goes after so many deliveries and days, whichever is later', async () => {
  await world.deliver(csvOf(withoutOne));
  // They leave the file in its place: however often it is looked at, it is one delivery.
  for (const _ of [1, 2]) expect(await (await world.start('dry')).result()).toMatchObject({ status: 'done' });
  expect(await run()).toMatchObject({ status: 'done', done: 0 });
  expect(isPresent('30')).toBe(true);
  expect(await dueOf30()).toEqual([{ reason: 'missing', forever: true, later: true }]);

  await world.deliver(csvOf(withoutOne), 'people-again.csv');
  expect(await run()).toMatchObject({ status: 'done', done: 0 });
  expect(await dueOf30()).toEqual([{ reason: 'missing', forever: false, later: true }]);

  await world.database.pool.query(`UPDATE link SET missing_since = missing_since - interval '1 day'`);
  await world.database.pool.query(`UPDATE due SET due_at = due_at - interval '1 day'`);
  expect(await run()).toMatchObject({ status: 'done', done: 1 });
  expect(isPresent('30')).toBe(false);
});

test('feature 7: on return the same account is restored, and after thirty days a new one is made', async () => {
  const accountOf30 = () => world.network().people.find(({ xid, active }) => xid === '30' && active)?.eid;
  await world.deliver(csvOf([...withoutOne, { id: '30', title: 'Baker' }]));
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  const first = accountOf30();
  const { rows } = await world.database.pool.query(`SELECT state, missing_since FROM link WHERE xid = '30'`);
  expect(rows).toEqual([{ state: 'active', missing_since: null }]);

  await world.deliver(csvOf([...withoutOne, { id: '30', title: 'Baker', status: 'Left' }]));
  expect(await run()).toMatchObject({ status: 'done', done: 1 });
  await world.database.pool.query(`UPDATE link SET suspended_at = now() - interval '31 days' WHERE xid = '30'`);
  await world.deliver(csvOf([...withoutOne, { id: '30', title: 'Clerk of bakers' }]));
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  expect(accountOf30()).toBe(first);
  const { rows: kinds } = await world.database.pool.query<{ kind: string }>(
    `SELECT DISTINCT kind FROM change WHERE xid = '30' AND run_id = (SELECT max(id) FROM run) ORDER BY kind`,
  );
  expect(kinds.map(({ kind }) => kind)).toContain('create');

  await world.deliver(csvOf([...withoutOne, { id: '30', status: 'Left' }]));
  expect(await run()).toMatchObject({ status: 'done', done: 1 });
  await world.database.pool.query(`UPDATE link SET suspended_at = now() - interval '31 days' WHERE xid = '30'`);
  await world.deliver(csvOf([...withoutOne, { id: '31' }]));
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  expect((await world.database.pool.query(`SELECT 1 FROM link WHERE xid = '30'`)).rowCount).toBe(0);
});
