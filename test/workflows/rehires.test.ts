import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openNetworkCredentials } from '../../src/connections/credentials.js';
import { TemporaryPasswords } from '../../src/connections/passwords.js';
import type { Network } from '../../src/network/network.js';
import { loadKeys } from '../../src/secrets/keys.js';
import { waitingLetters } from '../../src/store/letters/waiting.js';
import { forgetPerson } from '../../src/store/people/forget.js';
import { toXid } from '../../src/sync/ids.js';
import { csvOf, MAPPING, type MadeUpPerson } from '../support/people.js';
import { networkOf } from '../support/network-of.js';
import { openWorld, type World } from '../support/world.js';

const GUARDS = '  delivery: { repeated: accept }\n  giveUpAfter: never\n';
const CAREFUL = MAPPING.concat(GUARDS);
const ALLOWED = CAREFUL.replace('options:\n', 'options:\n  allowXidChangeOnReactivation: true\n');
const ADOPTING = CAREFUL.replace('options:\n', 'options:\n  adoptByEmail: true\n');
let world: World;
let network: Network;

beforeAll(async () => {
  world = await openWorld();
  await world.useMapping(CAREFUL);
  await world.startWorker();
  network = await networkOf(world);
});

afterAll(() => world.close());

async function sync(...people: readonly MadeUpPerson[]) {
  await world.deliver(csvOf([...people, ...['91', '92', '93'].map((id) => ({ id }))]));
  return (await world.start('live', { delivery: 'last' })).result();
}

const shown = (email: string) =>
  world.network().people.filter(({ profile }) => profile.email === `${email}@people.example`);
const unitsOf = (id: string) =>
  (world.network().people.find(({ xid }) => xid === id)?.groups ?? []).map(({ name }) => name).sort();

async function told(id: string): Promise<readonly string[]> {
  const { rows } = await world.database.pool.query<{ text: string }>(
    `SELECT problem AS text FROM change WHERE run_id = (SELECT max(id) FROM run) AND xid = $1 AND problem IS NOT NULL
     UNION SELECT text FROM run_warning WHERE run_id = (SELECT max(id) FROM run) AND xid = $1`,
    [id],
  );
  return rows.map(({ text }) => text);
}

const mail = (name: string) => `${name}@people.example`;

test('a rehire with a new id, where the mapping does not allow it, is refused and reported: the address is that of the old account', async () => {
  await sync({ id: '1', mail: mail('ann'), unit: 'North' });
  await sync();
  expect(await sync({ id: '1001', mail: mail('ann'), unit: 'South' })).toMatchObject({ failed: 1 });
  expect(shown('ann')).toMatchObject([{ xid: '1', active: false }]);
  expect(await told('1001')).toContainEqual(
    expect.stringMatching(/^The network has another account with this XID or e-mail address/),
  );
});

test('feature 10: a rehire with a new id is the same account where the mapping allows it, with what today’s record says', async () => {
  await world.useMapping(ALLOWED);
  const before = shown('ann')[0]?.eid;
  expect(await sync({ id: '1001', mail: mail('ann'), unit: 'South', title: 'Baker' })).toMatchObject({
    failed: 0,
    skipped: 0,
  });
  expect(shown('ann')).toMatchObject([{ xid: '1001', eid: before, active: true, profile: { title: 'Baker' } }]);
  expect(unitsOf('1001')).toEqual(['Department 1', 'South']);
  const { rows } = await world.database.pool.query(`SELECT xid, state FROM link WHERE xid IN ('1', '1001')`);
  expect(rows).toEqual([{ xid: '1001', state: 'active' }]);
  expect(await sync({ id: '1001', mail: mail('ann'), unit: 'South', title: 'Baker' })).toMatchObject({ done: 0 });
});

test('a row of the old id that says "left" stands in nobody’s way; one of somebody who is there does', async () => {
  const left = { id: '2', mail: mail('bob'), status: 'Left' };
  await sync({ ...left, status: 'Active' });
  await sync(left);
  expect(await sync(left, { id: '1002', mail: mail('Bob') })).toMatchObject({ failed: 0 });
  expect(world.network().people.find(({ xid }) => xid === '1002')).toMatchObject({ active: true });
  expect(world.network().people.some(({ xid }) => xid === '2')).toBe(false);
  // The old id comes back as well: the account is somebody else's by now.
  expect(await sync({ ...left, status: 'Active' }, { id: '1002', mail: mail('Bob') })).toMatchObject({ failed: 1 });
  expect(world.network().people.find(({ xid }) => xid === '1002')).toMatchObject({ active: true });
});

test('two newcomers for one suspended account: neither gets it, and a person is told', async () => {
  await sync({ id: '3', mail: mail('kim') });
  await sync();
  await sync({ id: '1003', mail: mail('kim') }, { id: '2003', mail: mail('kim') });
  expect(shown('kim')).toMatchObject([{ xid: '3', active: false }]);
  for (const id of ['1003', '2003'])
    expect(await told(id)).toContainEqual(expect.stringMatching(/is for a person to say/));
});

test('stopped after the account was restored, the next run moves the link', async () => {
  await sync({ id: '4', mail: mail('lou') });
  await sync();
  world.sandbox.control.addFault({
    network: world.networkEid,
    method: 'PUT',
    path: '/scim/v2/Users/*',
    kind: 'status',
    status: 401,
    afterEffect: true,
  });
  await expect(sync({ id: '1004', mail: mail('lou') })).rejects.toThrow();
  world.sandbox.control.clearFaults();
  expect(await sync({ id: '1004', mail: mail('lou') })).toMatchObject({ failed: 0 });
  expect(shown('lou')).toMatchObject([{ xid: '1004', active: true }]);
});

test('who comes back with a new id before the letter was handed over still gets it', async () => {
  await world.useMapping(ALLOWED.replace('audience: email', 'audience: letter'));
  await sync({ id: '13', mail: mail('pat') });
  const password = await passwordOf('13');
  await sync();
  expect(await sync({ id: '1013', mail: mail('pat') })).toMatchObject({ failed: 0 });
  expect(await passwordOf('1013')).toBe(password);
  const waiting = await waitingLetters(world.database.pool, world.customer);
  expect(waiting.map(({ xid }) => xid)).toEqual(['1013']);
  await world.useMapping(ALLOWED);
});

test('whose account was never made, and who comes back with a new id, has no account and no user name in their own way', async () => {
  await world.useMapping(CAREFUL.replace('- audience: email\n', '- audience: email\n    userName: Mail\n'));
  await sync();
  const refused = { path: '/scim/v2/Users', kind: 'status', status: 400 } as const;
  world.sandbox.control.addFault({ network: world.networkEid, method: 'POST', ...refused });
  expect(await sync({ id: '16', mail: mail('jos') })).toMatchObject({ failed: 1 });
  world.sandbox.control.clearFaults();
  // First it is found out that the old id has no account, then the new one gets one.
  for (const _ of [1, 2]) await sync({ id: '1016', mail: mail('jos') });
  expect(shown('jos')).toMatchObject([{ xid: '1016', active: true }]);
  await world.useMapping(CAREFUL);
});

async function passwordOf(xid: string): Promise<string> {
  const { key, ring } = await loadKeys(world.config);
  const { password } = await world.database.prisma.link.findUniqueOrThrow({
    where: { customerId_xid: { customerId: world.customer, xid } },
  });
  return new TemporaryPasswords(key, ring).open(world.customer, toXid(xid), password ?? '');
}

/** Somebody gives the account of this user name another one, and another XID. Answers its SCIM id. */
async function changedByHand(userName: string, to: { userName: string; xid: string }, name: string): Promise<string> {
  const account = await network.findAccount(userName);
  if (account === null) throw new Error('There is no account of this user name.');
  const profile = { givenName: `First${userName}`, familyName: `Last${userName}`, email: mail(name) };
  await network.updateAccount(account.id, { userName: to.userName, xid: toXid(to.xid), profile });
  return account.id;
}

/** An account that SCIM knows and that has no XID, as another system makes one. */
async function madeByHand(name: string): Promise<string> {
  const { credentials } = await world.database.prisma.network.findUniqueOrThrow({
    where: { customerId: world.customer },
  });
  const { scimToken } = openNetworkCredentials((await loadKeys(world.config)).ring, world.customer, credentials);
  const answer = await fetch(`${world.sandbox.url}/networks/${world.networkEid}/scim/v2/Users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${scimToken}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: `${name}.by-hand`,
      emails: [{ value: mail(name), primary: true }],
    }),
  });
  expect(answer.status).toBe(201);
  return z.object({ id: z.string() }).parse(await answer.json()).id;
}

test('an account that was made by hand is not touched where the mapping does not say so', async () => {
  await madeByHand('max');
  expect(await sync({ id: '5', mail: mail('max') })).toMatchObject({ failed: 1 });
  expect(shown('max')).toMatchObject([{ xid: null }]);
});

test('feature 10: an account without XID is adopted by its e-mail address where the mapping says so, and the report says it', async () => {
  await world.useMapping(ADOPTING);
  const eid = shown('max')[0]?.eid;
  expect(await sync({ id: '5', mail: mail('MAX'), title: 'Cook' })).toMatchObject({ failed: 0 });
  expect(world.network().people.find(({ xid }) => xid === '5')).toMatchObject({
    eid,
    active: true,
    profile: { title: 'Cook' },
  });
  expect(await told('5')).toContainEqual(
    expect.stringMatching(/^The account with this e-mail address was there before the sync/),
  );
  expect(await sync({ id: '5', mail: mail('MAX'), title: 'Cook' })).toMatchObject({ done: 0 });
});

test('an account with another XID is never adopted by its address', async () => {
  await network.createAccount({
    userName: 'other',
    xid: toXid('777'),
    profile: { givenName: 'O', familyName: 'Ther', email: mail('other') },
  });
  expect(await sync({ id: '6', mail: mail('other') })).toMatchObject({ failed: 1 });
  expect(shown('other')).toMatchObject([{ xid: '777' }]);
  expect(await told('6')).toContainEqual(expect.stringMatching(/belongs to an account with another XID/));
});

test('the XID comes before the address: an account with the XID and another user name is the person', async () => {
  await network.createAccount({
    userName: 'by-hand',
    xid: toXid('7'),
    profile: { givenName: 'S', familyName: 'Even', email: mail('seven') },
  });
  expect(await sync({ id: '7', mail: mail('seven') })).toMatchObject({ failed: 0 });
  expect(shown('seven')).toMatchObject([{ xid: '7', userName: '7' }]);
});

test('feature 11: the account of somebody else is not adopted when it lost its XID: both stay as they are, and a person is told', async () => {
  await sync({ id: '10' });
  const account = await madeByHand('zoe');
  await world.database.pool.query(`UPDATE link SET scim_id = $1 WHERE xid = '10'`, [account]);
  const before = world.network();
  expect(await sync({ id: '10' }, { id: '11', mail: mail('zoe') })).toMatchObject({ failed: 1 });
  expect(await told('11')).toContainEqual(expect.stringMatching(/is that of somebody else/));
  expect(world.network().people).toEqual(before.people);
  const { rows } = await world.database.pool.query(`SELECT xid, state FROM link WHERE scim_id = $1`, [account]);
  expect(rows).toEqual([{ xid: '10', state: 'active' }]);
  await world.database.pool.query(`DELETE FROM link WHERE xid = '10'`);
});

test('the account that a link has for somebody else is not taken over when it got another XID and user name in the network', async () => {
  await world.useMapping(ADOPTING.concat('  missing: { snapshots: 3, days: 0 }\n'));
  await sync({ id: '12', mail: mail('eve') });
  expect(await sync({ id: '1012', mail: mail('eve') })).toMatchObject({ failed: 1 });
  const account = await changedByHand('12', { userName: '1012', xid: '1012' }, 'eve');
  const before = shown('eve');
  expect(await sync({ id: '1012', mail: mail('eve'), title: 'Cook' })).toMatchObject({ failed: 1 });
  expect(await told('1012')).toContainEqual(expect.stringMatching(/is that of somebody else/));
  expect(shown('eve')).toEqual(before);
  const { rows } = await world.database.pool.query(`SELECT xid FROM link WHERE scim_id = $1`, [account]);
  expect(rows).toEqual([{ xid: '12' }]);
});

test('an account that got the XID of somebody in the record is not suspended for whom it had before, and is handed over when that one is forgotten', async () => {
  await world.useMapping(CAREFUL.concat('  missing: { snapshots: 2, days: 0 }\n'));
  await sync({ id: '15', mail: mail('ida') });
  expect(await sync({ id: '1015', mail: mail('ida') })).toMatchObject({ failed: 1 });
  await changedByHand('15', { userName: '15', xid: '1015' }, 'ida');
  await sync({ id: '1015', mail: mail('ida'), title: 'Cook' });
  expect(await told('15')).toContainEqual(
    expect.stringMatching(/of somebody who is in the record, so it was not suspended/),
  );
  expect(shown('ida')).toMatchObject([{ xid: '1015', active: true }]);

  await forgetPerson(world.database, { customer: world.customer, xid: toXid('15'), by: 'pm-1', evenSo: true });
  await changedByHand('15', { userName: '1015', xid: '1015' }, 'ida');
  expect(await sync({ id: '1015', mail: mail('ida'), title: 'Cook' })).toMatchObject({ failed: 0 });
  expect(shown('ida')).toMatchObject([{ xid: '1015', active: true }]);
  await world.useMapping(ADOPTING);
});

test('two newcomers for one account without XID: neither gets it, and a person is told', async () => {
  await madeByHand('sam');
  await sync({ id: '8', mail: mail('sam') }, { id: '9', mail: mail('sam') });
  expect(shown('sam')).toMatchObject([{ xid: null }]);
  for (const id of ['8', '9']) expect(await told(id)).toContainEqual(expect.stringMatching(/is for a person to say/));
});

test('who was given up since the account was still that of the id of before gets it when that one is suspended', async () => {
  const patient = 'giveUpAfter: 2\n  missing: { snapshots: 4, days: 0 }';
  await world.useMapping(ALLOWED.replace('giveUpAfter: never', patient));
  await sync({ id: '18', mail: mail('lia') });
  for (const _ of [1, 2]) expect(await sync({ id: '1018', mail: mail('lia') })).toMatchObject({ failed: 1 });
  expect(await sync({ id: '1018', mail: mail('lia') })).toMatchObject({ failed: 0, done: 0 });
  await sync({ id: '1018', mail: mail('lia') });
  expect(shown('lia')).toMatchObject([{ xid: '18', active: false }]);
  await sync({ id: '1018', mail: mail('lia') });
  expect(shown('lia')).toMatchObject([{ xid: '1018', active: true }]);
});

test('who comes back with a new id to an account that is gone gets a new one with the next run', async () => {
  await world.useMapping(ALLOWED.replace('audience: email', 'audience: email\n    userName: Mail'));
  await sync({ id: '14', mail: mail('gus') });
  await sync();
  world.sandbox.control.advanceClock(31 * 86_400_000);
  expect(await sync({ id: '1014', mail: mail('gus') })).toMatchObject({ failed: 1 });
  expect(await sync({ id: '1014', mail: mail('gus') })).toMatchObject({ failed: 0, skipped: 0 });
  expect(shown('gus')).toMatchObject([{ xid: '1014', active: true }]);
  const { rows } = await world.database.pool.query(`SELECT xid, state FROM link WHERE xid IN ('14', '1014')`);
  expect(rows).toEqual([{ xid: '1014', state: 'active' }]);
});
