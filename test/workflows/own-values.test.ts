import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.js';
import type { NetworkReport } from '../../src/sandbox/control/report.js';
import { toXid } from '../../src/sync/ids.js';
import type { Profile } from '../../src/sync/person.js';
import type { RunResult } from '../../src/workflows/messages.js';
import { csvOf, MAPPING, type MadeUpPerson } from '../support/people.js';
import { networkOf } from '../support/network-of.js';
import { openWorld, type World } from '../support/world.js';

const OWN = MAPPING.replace('jobTitle: Title', 'jobTitle: { column: Title, write: onChange }')
  .replace('givenName: First', 'givenName: { column: First, write: once }')
  // HR says again what it has said before.
  .concat('  delivery: { repeated: accept }\n');
let world: World;
let network: Network;

beforeAll(async () => {
  world = await openWorld();
  await world.useMapping(OWN);
  await world.startWorker();
  network = await networkOf(world);
});

afterAll(() => world.close());

beforeEach(async () => {
  await sync({ id: '1', title: 'Clerk', mail: 'first@people.example' });
});

async function sync(...people: readonly MadeUpPerson[]): Promise<RunResult> {
  await world.deliver(csvOf([...people, ...['7', '8', '9'].map((id) => ({ id }))]));
  return (await world.start('live', { delivery: 'last' })).result();
}

function person(): NetworkReport['people'][number] {
  const found = world.network().people.find(({ xid }) => xid === '1');
  if (found === undefined) throw new Error('The person is not there.');
  return found;
}

/** As the person does it in the network's own settings. */
async function edit(profile: Profile): Promise<void> {
  const id = (await network.findAccount('1'))?.id ?? '';
  await network.updateAccount(id, { userName: '1', xid: toXid('1'), profile });
}

async function notes(): Promise<readonly string[]> {
  const { rows } = await world.database.pool.query<{ problem: string }>(
    `SELECT problem FROM change WHERE run_id = (SELECT max(id) FROM run) AND problem IS NOT NULL ORDER BY seq`,
  );
  return rows.map(({ problem }) => problem);
}

const sentTo = (address: string): number => world.network().invitationsByAddress[address] ?? 0;

test('not activated: a new e-mail address replaces the old one and gets an invitation', async () => {
  expect(sentTo('first@people.example')).toBe(1);
  expect(await sync({ id: '1', mail: 'second@people.example' })).toMatchObject({ failed: 0, skipped: 0 });
  expect(person()).toMatchObject({ invited: true, profile: { email: 'second@people.example' } });
  expect([sentTo('first@people.example'), sentTo('second@people.example')]).toEqual([1, 1]);
  await sync({ id: '1', mail: 'second@people.example' });
  expect(sentTo('second@people.example')).toBe(1);
  await sync({ id: '1', mail: 'first@people.example' });
  expect(person().profile.email).toBe('first@people.example');
});

test('feature 14: what a person wrote stays, until HR says something else of the same field', async () => {
  await edit({ givenName: 'Nick', familyName: 'Last1', jobTitle: 'Wizard', email: 'first@people.example' });
  await sync({ id: '1', first: 'Nicolas', last: 'New', title: 'Clerk', mail: 'first@people.example' });
  expect(person().profile).toMatchObject({ givenName: 'Nick', familyName: 'New', title: 'Wizard' });
  await sync({ id: '1', first: 'Nicolas', last: 'New', title: 'Manager', mail: 'first@people.example' });
  expect(person().profile).toMatchObject({ givenName: 'Nick', familyName: 'New', title: 'Manager' });
});

test('activated: the login e-mail is the person’s own, nobody else is invited at the new one, and the report says so', async () => {
  world.sandbox.control.activate(world.networkEid, { xid: '1' });
  const before = world.network().people.length;
  expect(await sync({ id: '1', last: 'Newer', mail: 'third@people.example' })).toMatchObject({ failed: 0, skipped: 0 });
  expect(person().profile).toMatchObject({ familyName: 'Newer', email: 'first@people.example' });
  expect(sentTo('third@people.example')).toBe(0);
  expect(world.network().people).toHaveLength(before);
  expect(await notes()).toEqual([
    expect.stringMatching(/^The e-mail address was not changed: the account is activated/),
    expect.stringMatching(/activated already, so no invitation was sent/),
  ]);
  await edit({ familyName: 'Newer', email: 'own@people.example' });
  await sync({ id: '1', last: 'Newest', mail: 'third@people.example' });
  expect(person().profile).toMatchObject({ familyName: 'Newest', email: 'own@people.example' });
  expect(await notes()).toEqual([]);
});

test('feature 10: whoever gets another name and address is the same account', async () => {
  const bob = { id: '3', last: 'Bob', mail: 'bob@people.example' };
  const accounts = () => world.network().people.map(({ xid, eid }) => ({ xid, eid }));
  await sync(bob);
  const before = accounts();
  expect(await sync({ ...bob, last: 'Married', mail: 'married@people.example' })).toMatchObject({
    failed: 0,
    skipped: 0,
  });
  expect(accounts()).toEqual(before);
  expect(world.network().people.find(({ xid }) => xid === '3')?.profile).toMatchObject({
    familyName: 'Married',
    email: 'married@people.example',
  });
});
