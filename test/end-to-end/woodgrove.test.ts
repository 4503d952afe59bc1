import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectedPeople, shownPeople, woodgroveFile } from '../support/woodgrove.js';
import { openWorld, type World } from '../support/world.js';

let world: World;

beforeAll(async () => {
  world = await openWorld({ customer: 'woodgrove' });
  await world.useMapping((await woodgroveFile('mapping.yaml')).toString('utf8'));
  await world.startWorker();
});

afterAll(() => world.close());

test('after day 1 the network shows what a stranger computes from the file and the mapping', async () => {
  await world.deliver(await woodgroveFile('day-1.csv'));
  expect(await (await world.start('live')).result()).toMatchObject({
    status: 'done',
    failed: 0,
    held: 0,
    problem: null,
  });
  const expected = await expectedPeople('day-1.csv');
  expect(expected).toHaveLength(383);
  expect(shownPeople(world.network())).toEqual(expected);
});

test('after day 2 as well, and who left is suspended, not deleted', async () => {
  await world.deliver(await woodgroveFile('day-2.csv'));
  expect(await (await world.start('live')).result()).toMatchObject({ status: 'done', failed: 0, held: 0 });
  expect(shownPeople(world.network())).toEqual(await expectedPeople('day-2.csv'));
  const suspended = world.network().people.filter(({ active }) => !active);
  expect(suspended).toHaveLength(4);
});

test('everybody has a temporary password and no invitation was sent, since there is no address', () => {
  const { people, invitations } = world.network();
  expect(invitations).toEqual([]);
  expect(people.filter(({ xid }) => xid !== null).every((person) => person.hasTemporaryPassword)).toBe(true);
});

test('nobody planned or changed anything that the documents do not allow', () => {
  expect(world.sandbox.control.violations()).toEqual([]);
});

test("a third delivery of the same changes nothing, and is a dry run's empty plan", async () => {
  await world.deliver(await woodgroveFile('day-2.csv'));
  const before = JSON.stringify(world.network().people);
  expect(await (await world.start('dry')).result()).toMatchObject({ status: 'done', done: 0, held: 0 });
  expect(await (await world.start('live')).result()).toMatchObject({ status: 'done', done: 0 });
  expect(JSON.stringify(world.network().people)).toBe(before);
});
