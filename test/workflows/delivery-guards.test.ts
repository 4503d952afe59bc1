import { afterAll, beforeAll, expect, test } from 'vitest';
import { pendingSnapshot, waiveGuards } from '../../src/store/snapshots.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { openWorld, type World } from '../support/world.js';

let world: World;
const everybody = madeUpPeople(1, 30);
const GUARDED = MAPPING.replace(
  /guards:[\s\S]*/,
  'guards:\n  suspensions: { percent: 100 }\n  delivery:\n    shrink: { percent: 20, floor: 2 }\n    maximumAgeInDays: 3\n',
);

beforeAll(async () => {
  world = await openWorld();
  await world.useMapping(GUARDED);
  await world.startWorker();
  await world.deliver(csvOf(everybody));
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
});

afterAll(() => world.close());

async function run() {
  return (await world.start('live')).result();
}

function present(): number {
  return world.network().people.filter(({ xid, active }) => xid !== null && active).length;
}

test('feature 5: a file that shrank past its limit changes nothing, day after day, until a person accepts it or another comes', async () => {
  await world.deliver(csvOf(everybody.slice(0, 20)));
  const refused = await run();
  expect(refused).toMatchObject({ status: 'rejected', done: 0 });
  expect(refused.problem).toMatch(/20 rows, 10 fewer \(33\.3 %\).*usersync sync accept.*Nothing was changed\.$/);
  expect(await run()).toMatchObject({ status: 'rejected', problem: refused.problem });
  expect(present()).toBe(30);

  const pending = await pendingSnapshot(world.database, world.customer);
  expect(pending?.guard).toBe('shrink');
  await waiveGuards(world.database, pending?.id ?? 0, { by: 'p.jansen', comment: 'a store was sold' });
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  expect(present()).toBe(20);
});

test('what a person accepted stays accepted when the same file is fetched again, and nothing else is', async () => {
  const dry = async () => (await world.start('dry')).result();
  await world.deliver(csvOf(everybody.slice(0, 12)));
  expect(await dry()).toMatchObject({ status: 'rejected' });
  const pending = await pendingSnapshot(world.database, world.customer);
  await waiveGuards(world.database, pending?.id ?? 0, { by: 'p.jansen', comment: 'a store was sold' });

  await world.deliver(csvOf(everybody.slice(0, 11)));
  expect(await dry()).toMatchObject({ status: 'rejected' });
  await world.deliver(csvOf(everybody.slice(0, 12)));
  expect(await dry()).toMatchObject({ status: 'done' });
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  expect(present()).toBe(12);
});

test('feature 5: a file that was accepted before the last one is not taken again', async () => {
  await world.deliver(csvOf(everybody));
  const result = await run();
  expect(result).toMatchObject({ status: 'rejected', done: 0 });
  expect(result.problem).toMatch(/is, letter by letter, the one that was accepted on \d{4}-\d{2}-\d{2}/);
  expect(present()).toBe(12);
});
