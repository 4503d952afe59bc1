import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decide } from '../../src/temporal/runs.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { until } from '../support/until.js';
import { openWorld, type World } from '../support/world.js';

let world: World;
const everybody = madeUpPeople(1, 30);

beforeEach(async () => {
  world = await openWorld();
  await world.useMapping(MAPPING);
  await world.startWorker();
  await world.deliver(csvOf(everybody), 'monday.csv');
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
});

afterEach(() => world.close());

async function run(delivery?: 'newest' | 'last') {
  return (await world.start('live', delivery === undefined ? {} : { delivery })).result();
}

function activePeople(): readonly (string | null)[] {
  return world
    .network()
    .people.filter(({ xid, active }) => xid !== null && active)
    .map(({ xid }) => xid);
}

async function lastNote(): Promise<string> {
  const { rows } = await world.database.pool.query<{ problem: string }>(
    'SELECT problem FROM run ORDER BY id DESC LIMIT 1',
  );
  return rows[0]?.problem ?? '';
}

test("feature 5: a file that was left behind on another day is not taken for today's", async () => {
  await world.deliver(csvOf(everybody.slice(0, 29)), 'sunday.csv');
  const path = join(world.config.dataFolder, 'drop', world.customer, 'sunday.csv');
  await utimes(path, new Date('2026-01-01'), new Date('2026-01-01'));
  expect(await run()).toMatchObject({ status: 'rejected', done: 0 });
  expect(await lastNote()).toMatch(/older than the last accepted delivery.*nothing was changed/);
  expect(activePeople()).toHaveLength(30);
});

test('a mapping that reads a column which the delivery lacks changes nobody, until the column is delivered', async () => {
  await world.useMapping(MAPPING.replace('jobTitle: Title', 'jobTitle: Function'));
  const before = JSON.stringify(world.network().people);
  const result = await run('last');
  expect(result).toMatchObject({ status: 'rejected', done: 0 });
  expect(result.problem).toMatch(/no column "Function"/);
  expect(JSON.stringify(world.network().people)).toBe(before);
});

test('a delivery that was fetched and could not be used is read again when the mapping is mended', async () => {
  await world.useMapping(MAPPING.replace('Unit }', 'Units }'));
  await world.deliver(csvOf([...everybody, { id: '31' }]), 'tuesday.csv');
  expect(await run()).toMatchObject({ status: 'rejected', done: 0 });
  await world.useMapping(MAPPING);
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  expect(activePeople()).toHaveLength(31);
});

test('what is held stays in sight on a day without a file', async () => {
  await world.deliver(csvOf(everybody.slice(0, 15)), 'tuesday.csv');
  const tuesday = await world.start('live');
  await until(async () => (await tuesday.progress())?.step === 'waiting for approval');
  const wednesday = await world.start('live');
  await until(async () => (await wednesday.progress())?.step === 'waiting for approval');
  expect((await wednesday.progress())?.number).toBe(3);
  expect(activePeople()).toHaveLength(30);
  await decide(world.temporal.client, world.customer, { by: 'pm-1' }, true);
  expect(await wednesday.result()).toMatchObject({ status: 'done', held: 0 });
  expect(activePeople()).toHaveLength(15);
});

test('while a row names nobody, nobody is removed for being missing, and the next good file removes', async () => {
  const lines = csvOf(everybody).split('\r\n');
  lines[3] = lines[3]?.replace(/^\d+/, '') ?? '';
  await world.deliver(lines.join('\r\n'), 'tuesday.csv');
  expect(await run()).toMatchObject({ status: 'done', held: 0 });
  expect(activePeople()).toHaveLength(30);
  const { rows } = await world.database.pool.query(`SELECT xid FROM run_warning WHERE code = 'not_removed'`);
  expect(rows).toEqual([{ xid: '3' }]);

  await world.deliver(csvOf(everybody.filter(({ id }) => id !== '3')), 'wednesday.csv');
  expect(await run()).toMatchObject({ status: 'done', held: 0 });
  expect(activePeople()).toHaveLength(29);
  expect(activePeople()).not.toContain('3');
});

test('feature 12: a group that the network lacks is joined as soon as it is there', async () => {
  await world.useMapping(MAPPING.replace('createMissingGroups: true', 'createMissingGroups: false'));
  await world.deliver(csvOf([...everybody, { id: '31', department: 'New' }]), 'tuesday.csv');
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  const groupsOf31 = () =>
    world
      .network()
      .people.find(({ xid }) => xid === '31')
      ?.groups.map(({ name }) => name) ?? [];
  expect(groupsOf31()).not.toContain('New');
  await world.useMapping(MAPPING);
  expect(await run('last')).toMatchObject({ status: 'done', failed: 0 });
  expect(groupsOf31()).toContain('New');
});

test('an id as long as no HR system makes them is a bad row, and stops nobody else', async () => {
  await world.deliver(csvOf([...everybody, { id: '4'.repeat(4000) }, { id: '32' }]), 'tuesday.csv');
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  expect(activePeople()).toContain('32');
});
