import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.js';
import type { Eid } from '../../src/sync/ids.js';
import type { RunResult } from '../../src/workflows/messages.js';
import { csvOf, MAPPING, type MadeUpPerson } from '../support/people.js';
import { networkOf } from '../support/network-of.js';
import { openWorld, type World } from '../support/world.js';

/** A run that did what was to be done: neither rejected nor superseded. */
const DONE = { status: 'done', failed: 0 };

let world: World;
let network: Network;

beforeAll(async () => {
  world = await openWorld();
  await world.useMapping(MAPPING);
  await world.startWorker();
  network = await networkOf(world);
});

afterAll(() => world.close());

async function sync(person: Partial<MadeUpPerson>): Promise<RunResult> {
  await world.deliver(csvOf([{ id: '1', ...person }, ...['7', '8', '9'].map((id) => ({ id, unit: 'South' }))]));
  return (await world.start('live', { delivery: 'last' })).result();
}

function groupsOf(xid: string): readonly string[] {
  const found = world.network().people.find((person) => person.xid === xid);
  return (found?.groups ?? []).map(({ name }) => name).sort();
}

async function eidsOf(...names: readonly string[]): Promise<readonly Eid[]> {
  const groups = await network.groups();
  return groups.flatMap(({ eid, group }) => ('name' in group && names.includes(group.name) ? [eid] : []));
}

async function personEid(): Promise<Eid> {
  const { rows } = await world.database.pool.query<{ eid: Eid }>(`SELECT user_eid AS eid FROM link WHERE xid = '1'`);
  if (rows[0] === undefined) throw new Error('There is no link.');
  return rows[0].eid;
}

test('feature 8: a membership that somebody made by hand stays, whatever the sync joins and leaves', async () => {
  await sync({ unit: 'North', department: 'Till' });
  await network.createGroup({ group: { kind: 'topic', name: 'Choir' } });
  await network.join(await personEid(), await eidsOf('Choir', 'South'));
  expect(groupsOf('1')).toEqual(['Choir', 'North', 'South', 'Till']);
  expect(await sync({ unit: 'West', department: 'Till' })).toMatchObject(DONE);
  expect(groupsOf('1')).toEqual(['Choir', 'South', 'Till', 'West']);
});

test('feature 8: one that the record gives as well is adopted, and goes when the record gives it no more', async () => {
  expect(await sync({ unit: 'South', department: 'Till' })).toMatchObject(DONE);
  expect(groupsOf('1')).toEqual(['Choir', 'South', 'Till']);
  expect(await sync({ unit: 'North', department: 'Till', title: 'Cook' })).toMatchObject(DONE);
  expect(groupsOf('1')).toEqual(['Choir', 'North', 'Till']);
});
