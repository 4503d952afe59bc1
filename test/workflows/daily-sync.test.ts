import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../support/world.js';

const examples = new URL('../../examples/woodgrove/', import.meta.url);
let world: World;

beforeAll(async () => {
  world = await openWorld();
  await world.useMapping(await readFile(new URL('mapping.yaml', examples), 'utf8'));
  await world.startWorker();
});

afterAll(() => world.close());

test('day 1 creates everybody who is active, once, in their groups; day 2 does what changed', async () => {
  await world.deliver(await readFile(new URL('day-1.csv', examples)));
  const first = await world.start('live');
  expect(await first.result()).toMatchObject({ status: 'done', failed: 0, held: 0, problem: null });
  const people = world.network().people.filter(({ xid }) => xid !== null);
  expect(people).toHaveLength(383);
  expect(people.every(({ active }) => active)).toBe(true);
  expect(world.sandbox.control.violations()).toEqual([]);

  await world.deliver(await readFile(new URL('day-2.csv', examples)));
  const second = await world.start('live');
  expect(await second.result()).toMatchObject({ status: 'done', failed: 0, held: 0 });
  console.log(
    JSON.stringify((await world.database.pool.query('select number, summary from run order by id')).rows, null, 1),
  );
  console.log((await world.database.pool.query('select * from due')).rows);
});
