import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Eid } from '../../src/sync/ids.js';
import { decide } from '../../src/temporal/runs.js';
import { csvOf, madeUpPeople, MAPPING, type MadeUpPerson } from '../support/people.js';
import { networkOf } from '../support/network-of.js';
import { until } from '../support/until.js';
import { openWorld, type World } from '../support/world.js';

let world: World;
const staff = madeUpPeople(1, 10);
const directors: readonly MadeUpPerson[] = ['21', '22', '23'].map((id) => ({ id, title: 'Director' }));

beforeAll(async () => {
  world = await openWorld();
  await world.useMapping(MAPPING.replace('floor: 2', 'floor: 5'));
  await world.startWorker();
  await world.deliver(csvOf([...staff, ...directors]));
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
});

afterAll(() => world.close());

async function run() {
  return (await world.start('live', { delivery: 'last' })).result();
}

function administrators(): readonly (string | null)[] {
  const { people } = world.network();
  return people
    .filter(({ networkRole, active }) => networkRole?.toLowerCase().startsWith('admin') === true && active)
    .map(({ xid }) => xid);
}

/** As somebody at the customer may do: then only administrators of the sync are left. */
async function demoteEverybodyElse(): Promise<void> {
  const network = await networkOf(world);
  const managed = new Set(world.network().people.flatMap(({ eid, xid }) => (xid === null ? [] : [eid])));
  for await (const page of network.networkMemberships()) {
    for (const { eid, user, role } of page)
      if (role === 'admin' && !managed.has(user)) await network.changeNetworkRoles(new Map([[eid, 'member']]));
  }
}

test('administrators go as all others do while one stays, whoever that is', async () => {
  await world.deliver(csvOf([...staff, ...directors.slice(1)]));
  expect(await run()).toMatchObject({ status: 'done', failed: 0, skipped: 0 });
  expect(administrators()).toEqual([null, '22', '23']);
});

test('feature 9: the last administrator is neither suspended nor demoted, and goes as soon as there is another one', async () => {
  await demoteEverybodyElse();
  expect(administrators()).toEqual(['22', '23']);
  await world.deliver(csvOf([...staff, { id: '22', title: 'Clerk' }]));
  expect(await run()).toMatchObject({ status: 'done', failed: 0, skipped: 1 });
  expect(administrators()).toHaveLength(1);
  const { rows } = await world.database.pool.query<{ problem: string }>(
    `SELECT problem FROM change WHERE status = 'skipped' AND run_id = (SELECT max(id) FROM run)`,
  );
  expect(rows.map(({ problem }) => problem)).toEqual([expect.stringMatching(/never suspends or demotes the last one/)]);

  await world.deliver(csvOf([...staff, { id: '22', title: 'Clerk' }, { id: '24', title: 'Director' }]));
  await run();
  expect(await run()).toMatchObject({ status: 'done', failed: 0, skipped: 0 });
  expect(administrators()).toEqual(['24']);
});

test('feature 13: too many who become administrator wait for a person, and everything else goes on', async () => {
  await world.useMapping(`${MAPPING}  promotions: { count: 1, floor: 1 }\n`);
  await world.deliver(
    csvOf([...staff.slice(2), ...['1', '2', '24'].map((id) => ({ id, title: 'Director' })), { id: '25' }]),
  );
  const rising = await world.start('live');
  await until(async () => (await rising.progress())?.step === 'waiting for approval');
  expect((await rising.progress())?.holds).toMatchObject([{ with: 'role_up', changes: 2, people: 2 }]);
  expect(administrators()).toEqual(['24']);
  expect(world.network().people.find(({ xid }) => xid === '25')).toMatchObject({ active: true });
  await decide(world.temporal.client, world.customer, { by: 'pm-1', kind: 'role_up', comment: 'new directors' }, true);
  expect(await rising.result()).toMatchObject({ status: 'done', held: 0, failed: 0 });
  expect(administrators()).toEqual(['1', '2', '24']);
});

test('who was made administrator by hand is not suspended either while there is no other one', async () => {
  await makeOnlyAdministrator('9');
  expect(administrators()).toEqual(['9']);
  const others = staff.slice(2).filter(({ id }) => id !== '9');
  await world.deliver(csvOf([...others, ...['1', '2', '24'].map((id) => ({ id, title: 'Director' })), { id: '25' }]));
  expect(await run()).toMatchObject({ status: 'done', failed: 0, skipped: 1 });
  expect(administrators()).toEqual(['9']);
});

/** In the network itself, of which the sync knows nothing. */
async function makeOnlyAdministrator(id: string): Promise<void> {
  const network = await networkOf(world);
  const chosen = world.network().people.find(({ xid }) => xid === id)?.eid;
  const roles = { admin: new Map<Eid, 'admin'>(), member: new Map<Eid, 'member'>() };
  for await (const page of network.networkMemberships()) {
    for (const { eid, user, role } of page) {
      if (user === chosen) roles.admin.set(eid, 'admin');
      else if (role === 'admin') roles.member.set(eid, 'member');
    }
  }
  // A network keeps its last one.
  await network.changeNetworkRoles(roles.admin);
  await network.changeNetworkRoles(roles.member);
}
