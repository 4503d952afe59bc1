import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyChanges } from '../../src/apply/apply.js';
import type { ApplyParts } from '../../src/apply/batch.js';
import { openNetworkCredentials } from '../../src/connections/credentials.js';
import type { Network } from '../../src/network/network.js';
import type { NetworkReport } from '../../src/sandbox/control/report.js';
import { loadKeys } from '../../src/secrets/keys.js';
import type { Outcome, StoredLink } from '../../src/store/changes.js';
import type { Change } from '../../src/sync/change.js';
import { toXid } from '../../src/sync/ids.js';
import type { PersonState } from '../../src/sync/person.js';
import { decide, startRun } from '../../src/temporal/runs.js';
import type { RunResult } from '../../src/workflows/messages.js';
import { csvOf, madeUpPeople, MAPPING, type MadeUpPerson } from '../support/people.js';
import { until } from '../support/until.js';
import { networkOf } from '../support/network-of.js';
import { openWorld, type World } from '../support/world.js';
import { applyParts } from '../support/apply-parts.js';

const MONTH_MS = 31 * 86_400_000;
let world: World;

beforeEach(async () => {
  world = await openWorld();
  await world.useMapping(MAPPING);
  await world.startWorker();
});

afterEach(() => world.close());

function saying(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}

async function sync(people?: readonly MadeUpPerson[]): Promise<RunResult> {
  if (people !== undefined) await world.deliver(csvOf(people));
  return (await world.start('live', { delivery: 'last' })).result();
}

function person(xid: string): NetworkReport['people'][number] | undefined {
  return world.network().people.find((one) => one.xid === xid);
}

async function rowsOf<Row extends object>(sql: string): Promise<readonly Row[]> {
  return (await world.database.pool.query<Row>(sql)).rows;
}

/** Of the last run: each change that ended this way, with what is said of it. */
async function endedAs(status: string): Promise<readonly { kind: string; xid: string; problem: string }[]> {
  return rowsOf(
    `SELECT kind, xid, problem FROM change WHERE run_id = (SELECT max(id) FROM run) AND status = '${status}' ORDER BY seq`,
  );
}

const network = (): Promise<Network> => networkOf(world);

async function suspendByHand(xid: string): Promise<void> {
  const account = await (await network()).findAccount(xid);
  await (await network()).setActive(account?.id ?? '', xid, false);
}

function fault(input: Parameters<World['sandbox']['control']['addFault']>[0]): void {
  world.sandbox.control.addFault({ network: world.networkEid, ...input });
}

test('whose account is gone when restoring is not invited meanwhile, and is created by the next run', async () => {
  await sync(madeUpPeople(1, 5));
  await sync(madeUpPeople(2, 5));
  world.sandbox.control.advanceClock(MONTH_MS);
  await sync([...madeUpPeople(1, 4), { id: '5', title: 'Baker' }]);
  expect(await endedAs('failed')).toMatchObject([{ kind: 'restore', problem: saying(/next run creates/) }]);
  expect((await endedAs('skipped')).map(({ kind }) => kind)).toContain('invite');
  expect(world.network().people.filter(({ profile }) => profile.email === 'p1@people.example')).toHaveLength(0);
  expect(await sync()).toMatchObject({ failed: 0, skipped: 0 });
  expect(person('1')).toMatchObject({ active: true, invited: true });
  expect(person('1')?.groups).toHaveLength(2);
});

test('a failed restore keeps the person out of everything that builds on it', async () => {
  await sync(madeUpPeople(1, 5));
  await sync(madeUpPeople(2, 5));
  const invited = world.network().invitationsByAddress['p1@people.example'];
  fault({ kind: 'status', status: 400, method: 'PUT', path: '/scim/v2/Users/*' });
  expect(await sync([{ id: '1', unit: 'Unit 2' }, ...madeUpPeople(2, 5)])).toMatchObject({ failed: 1, skipped: 3 });
  expect(world.network().invitationsByAddress['p1@people.example']).toBe(invited);
});

test('the last administrator is not suspended: that change is left out with a sentence, the others are done', async () => {
  await sync([{ id: '1', title: 'Director' }, ...madeUpPeople(2, 30)]);
  const own = await network();
  const [link] = await rowsOf<{ eid: string }>(`SELECT user_eid AS eid FROM link WHERE xid = '1'`);
  for await (const page of own.networkMemberships())
    for (const { eid, user, role } of page)
      if (role === 'admin' && user !== link?.eid) await own.changeNetworkRoles(new Map([[eid, 'member']]));
  expect(await sync(madeUpPeople(3, 30))).toMatchObject({ status: 'done', failed: 0, skipped: 1 });
  const problem = saying(/never suspends or demotes the last one/);
  expect(await endedAs('skipped')).toMatchObject([{ kind: 'suspend', xid: '1', problem }]);
  expect(person('2')?.active).toBe(false);
});

test('a refused invitation of many is asked by halves, and only whom it is about fails', async () => {
  fault({ kind: 'status', status: 400, path: '/invite', times: 1 });
  expect(await sync(madeUpPeople(1, 5))).toMatchObject({ status: 'done', failed: 0 });
  fault({ kind: 'status', status: 400, path: '/invite' });
  expect(await sync(madeUpPeople(1, 7))).toMatchObject({ status: 'done', failed: 2 });
  expect((await endedAs('failed')).map(({ kind, xid }) => [kind, xid])).toEqual([
    ['invite', '6'],
    ['invite', '7'],
  ]);
});

test('accounts that a cancelled run made get their EID in the next run', async () => {
  fault({ kind: 'slow', delayMs: 6000, method: 'GET', path: '/users/' });
  await world.deliver(csvOf(madeUpPeople(1, 5)));
  const run = await world.start('live');
  await until(async () => (await rowsOf(`SELECT 1 FROM link WHERE state = 'active'`)).length === 5);
  await world.temporal.client.workflow.getHandle(run.workflowId).cancel();
  await run.result().catch(() => null);
  world.sandbox.control.clearFaults();
  expect(await sync()).toMatchObject({ status: 'done', failed: 0, skipped: 0 });
  expect(person('1')?.groups).toHaveLength(2);
});

test('an account whose answer was lost is found by its old user name and gets the new one', async () => {
  await world.useMapping(MAPPING.replace('audience: email', 'audience: email\n    userName: Mail'));
  await sync(madeUpPeople(1, 5));
  await rowsOf(
    `UPDATE link SET state = 'creating', scim_id = NULL, user_eid = NULL, membership_eid = NULL WHERE xid = '1'`,
  );
  const people = [{ id: '1', mail: 'other@people.example' }, ...madeUpPeople(2, 5)];
  expect(await sync(people)).toMatchObject({ status: 'done', failed: 0, skipped: 0 });
  expect(world.network().people.filter(({ xid }) => xid === '1')).toHaveLength(1);
  expect((await (await network()).findAccount('other@people.example'))?.xid).toBe('1');
});

test('suspending an account that was only intended looks for it, and is done when there is none', async () => {
  await sync(madeUpPeople(1, 2));
  const existing = { ...(await intended('1')), seq: 1 };
  const none = { ...(await intended('2')), seq: 2 };
  const links: StoredLink[] = [];
  const outcomes: Outcome[] = [];
  const parts = await partsThatKeep(outcomes, links);
  await applyChanges(parts, [existing, { ...none, link: { ...none.link, userName: 'nobody' } }]);
  expect(outcomes).toMatchObject([{ status: 'done' }, { status: 'done' }]);
  expect(links).toMatchObject([
    { xid: '1', state: 'suspended', scimId: saying(/./) },
    { xid: '2', state: 'suspended', scimId: null },
  ]);
  expect([person('1')?.active, person('2')?.active]).toEqual([false, true]);
});

test('whom somebody removed in the network is noticed when groups change, and is there again after the next run', async () => {
  await sync(madeUpPeople(1, 5));
  await suspendByHand('1');
  expect(await sync([{ id: '1', unit: 'Unit 9' }, ...madeUpPeople(2, 5)])).toMatchObject({ status: 'done' });
  expect((await endedAs('failed')).map(({ problem }) => problem)).toContainEqual(saying(/next run creates/));
  expect(await sync()).toMatchObject({ status: 'done', failed: 0, skipped: 0 });
  expect(person('1')).toMatchObject({ active: true });
});

test('whose account is gone for good is created again when HR changes, and suspending it is done', async () => {
  await sync(madeUpPeople(1, 5));
  for (const xid of ['1', '2']) await suspendByHand(xid);
  world.sandbox.control.advanceClock(MONTH_MS);
  expect(await sync([{ id: '1', title: 'Chief' }, ...madeUpPeople(3, 5)])).toMatchObject({ failed: 1 });
  expect(await endedAs('done')).toMatchObject([{ kind: 'suspend', xid: '2' }]);
  expect(await sync()).toMatchObject({ status: 'done', failed: 0, skipped: 0 });
  expect(person('1')).toMatchObject({ active: true });
  await sync([...madeUpPeople(1, 4), { id: '5', title: 'Baker' }]);
  expect(await sync()).toMatchObject({ status: 'done', failed: 0, skipped: 0 });
  expect(person('2')).toMatchObject({ active: true });
});

test('who could not join the new group stays in the old one, and moves with the next run', async () => {
  await sync(madeUpPeople(1, 5));
  const unitOf1 = () =>
    person('1')
      ?.groups.filter(({ name }) => name.startsWith('Unit'))
      .map(({ name }) => name);
  fault({ kind: 'status', status: 400, method: 'POST', path: '/business-units/' });
  expect(await sync([{ id: '1', unit: 'Unit 9' }, ...madeUpPeople(2, 5)])).toMatchObject({ status: 'done' });
  expect(unitOf1()).toEqual(['Unit 1']);
  expect(await endedAs('skipped')).toMatchObject([
    { kind: 'join', xid: '1' },
    { kind: 'leave', xid: '1', problem: saying(/nobody is without a group in between/) },
  ]);
  world.sandbox.control.clearFaults();
  expect(await sync()).toMatchObject({ status: 'done', failed: 0, skipped: 0 });
  expect(unitOf1()).toEqual(['Unit 9']);
});

test('nobody is invited at the address of before, or into no group at all', async () => {
  const invitationsOf = (address: string) => world.network().invitationsByAddress[address] ?? 0;
  fault({ kind: 'status', status: 400, path: '/invite' });
  await sync(madeUpPeople(1, 5));
  world.sandbox.control.clearFaults();
  fault({ kind: 'status', status: 400, method: 'PUT', path: '/scim/v2/Users/*' });
  for (const path of ['/business-units/', '/departments/'])
    fault({ kind: 'status', status: 400, method: 'POST', path });
  const moved = { id: '1', mail: 'ann@people.example' };
  const everybody = [moved, ...madeUpPeople(2, 5), { id: '6', unit: 'New', department: 'New' }];
  await sync(everybody);
  expect((await endedAs('skipped')).filter(({ kind }) => kind === 'invite')).toMatchObject([
    { xid: '1', problem: saying(/the invitation would go to the address of before/) },
    { xid: '6', problem: saying(/is in no other one, so no invitation was sent/) },
  ]);
  expect(['p1', 'ann', 'p2', 'p6'].map((name) => invitationsOf(`${name}@people.example`))).toEqual([0, 0, 1, 0]);

  world.sandbox.control.clearFaults();
  expect(await sync()).toMatchObject({ status: 'done', failed: 0, skipped: 0 });
  expect(['p1', 'ann', 'p2', 'p6'].map((name) => invitationsOf(`${name}@people.example`))).toEqual([0, 1, 1, 1]);
});

test('whose invitation failed on return is invited by the next run', async () => {
  const sent = (name: string) => world.network().invitationsByAddress[`${name}@people.example`] ?? 0;
  await sync(madeUpPeople(1, 5));
  await sync(madeUpPeople(3, 5));
  expect([sent('p1'), sent('p2')]).toEqual([1, 1]);
  fault({ kind: 'status', status: 400, path: '/invite' });
  const back = [{ id: '1' }, { id: '2', title: 'Baker' }, ...madeUpPeople(3, 5)];
  expect(await sync(back)).toMatchObject({ failed: 2, skipped: 0 });
  expect(await endedAs('failed')).toMatchObject([
    { kind: 'invite', xid: '1' },
    { kind: 'invite', xid: '2' },
  ]);
  world.sandbox.control.clearFaults();
  expect(await sync()).toMatchObject({ status: 'done', failed: 0, skipped: 0 });
  expect([sent('p1'), sent('p2')]).toEqual([2, 2]);
  expect(await sync()).toMatchObject({ status: 'done', done: 0 });
});

test('what is not as it was written when it is read back is told, with what puts it right', async () => {
  await sync(madeUpPeople(1, 30));
  await world.deliver(csvOf(madeUpPeople(11, 31)));
  const run = await world.start('live');
  await until(async () => (await run.progress())?.step === 'waiting for approval');
  await suspendByHand('31');
  await decide(world.temporal.client, world.customer, { by: 'pm-1' }, false);
  expect(await run.result()).toMatchObject({ status: 'done', failed: 0 });
  const told = await rowsOf(`SELECT xid, text FROM run_warning WHERE code = 'not-as-written'`);
  expect(told).toContainEqual({
    xid: '31',
    text: saying(/is not in the network.*"usersync sync reconcile korenaar --repair" writes it again/),
  });
  const order = { customer: world.customer, kind: 'live', requestedBy: 'pm-1', reconcile: 'repair' } as const;
  await (await startRun(world.temporal.client, world.config.taskQueue, order, 'repair')).result();
  expect(person('31')?.active).toBe(true);
});

test('leaving a group that was renamed in the network is not said to be done', async () => {
  await sync(madeUpPeople(1, 5));
  await rename('department:department 1', 'Cashiers');
  const moved = [{ id: '1', department: 'Department 2' }, ...madeUpPeople(2, 5)];
  expect(await sync(moved)).toMatchObject({ status: 'done', failed: 1 });
  expect(await endedAs('failed')).toMatchObject([{ kind: 'leave', problem: saying(/under this name/) }]);
  await rename('department:cashiers', 'Department 1');
  expect(await sync()).toMatchObject({ status: 'done', failed: 0 });
  expect(person('1')?.groups).toHaveLength(2);
});

test('the login of an account that was there before stays when somebody uses it; an address that nobody uses is replaced by the next run', async () => {
  const own = await network();
  for (const id of ['1', '2'])
    await own.createAccount({
      userName: id,
      xid: toXid(id),
      profile: { givenName: 'Old', email: `old${id}@home.example` },
    });
  world.sandbox.control.activate(world.networkEid, { xid: '1' });
  const sent = (address: string): number => world.network().invitationsByAddress[address] ?? 0;
  expect(await sync(madeUpPeople(1, 3))).toMatchObject({ status: 'done', failed: 0 });
  expect([person('1'), person('2')]).toMatchObject([
    { profile: { givenName: 'First1', email: 'old1@home.example' } },
    { profile: { givenName: 'First2', email: 'old2@home.example' } },
  ]);
  expect([sent('p1@people.example'), sent('p2@people.example'), sent('p3@people.example')]).toEqual([0, 0, 1]);

  expect(await sync()).toMatchObject({ status: 'done', failed: 0 });
  expect([person('1'), person('2')]).toMatchObject([
    { profile: { email: 'old1@home.example' } },
    { profile: { email: 'p2@people.example' } },
  ]);
  expect([sent('p1@people.example'), sent('p2@people.example')]).toEqual([0, 1]);
  expect(await endedAs('done')).toContainEqual({
    ...{ kind: 'update', xid: '1', problem: saying(/^The e-mail address was not changed: the account is activated/) },
  });
  expect(await sync()).toMatchObject({ status: 'done', done: 0 });
});

test('an account that somebody made by hand after ours was refused counts as one that was there before', async () => {
  fault({ kind: 'status', status: 400, method: 'POST', path: '/scim/v2/Users' });
  await world.useMapping(MAPPING.replace('audience: email', 'audience: letter'));
  expect(await sync(madeUpPeople(1, 2))).toMatchObject({ failed: 2 });
  world.sandbox.control.clearFaults();
  const own = await network();
  await own.createAccount({ userName: '1', xid: toXid('1'), profile: { givenName: 'Old', email: 'old@home.example' } });
  await own.createAccount({ userName: '2', xid: toXid('2'), profile: { email: 'p2@people.example' } });
  for (const xid of ['1', '2']) world.sandbox.control.activate(world.networkEid, { xid });
  expect(await sync(madeUpPeople(1, 3))).toMatchObject({ failed: 0, skipped: 0 });
  expect(person('1')).toMatchObject({ profile: { givenName: 'First1', email: 'old@home.example' } });
  const notes = (await endedAs('done')).filter(({ problem }) => problem !== null);
  expect(notes).toMatchObject([
    { kind: 'create', xid: '1', problem: saying(/taken over, not created/) },
    { kind: 'create', xid: '2', problem: saying(/taken over, not created/) },
    { kind: 'invite', xid: '1', problem: saying(/no letter.* Who cannot log in yet gets one from an administrator/) },
    { kind: 'invite', xid: '2', problem: saying(/no letter/) },
  ]);
  expect(await rowsOf('SELECT xid FROM link WHERE password IS NOT NULL')).toEqual([{ xid: '3' }]);
});

test('feature 8: an account that was there before is taken over, said to be, and gets no letter', async () => {
  const own = await network();
  await own.createAccount({
    userName: '1',
    xid: toXid('1'),
    profile: { givenName: 'Old', email: 'old@people.example' },
  });
  await world.useMapping(MAPPING.replace('audience: email', 'audience: letter'));
  expect(await sync(madeUpPeople(1, 2))).toMatchObject({ status: 'done', failed: 0 });
  const notes = (await endedAs('done')).filter(({ problem }) => problem !== null);
  expect(notes).toMatchObject([
    { kind: 'create', xid: '1', problem: saying(/taken over, not created/) },
    { kind: 'invite', xid: '1', problem: saying(/no letter/) },
  ]);
  expect(await rowsOf('SELECT xid, password IS NOT NULL AS known FROM link ORDER BY xid')).toEqual([
    { xid: '1', known: false },
    { xid: '2', known: true },
  ]);
  expect(await rowsOf(`SELECT xid FROM run_warning WHERE stage = 'verify'`)).toEqual([{ xid: '1' }, { xid: '1' }]);
});

/** A suspension of somebody whose account has been asked for and never answered. */
async function intended(xid: string): Promise<{ readonly change: Change; readonly link: StoredLink }> {
  const [row] = await rowsOf<{ written: PersonState }>(`SELECT written FROM link WHERE xid = '${xid}'`);
  if (row === undefined) throw new Error('There is no such link.');
  const link = { xid: toXid(xid), state: 'creating', userName: xid, written: row.written } as const;
  return {
    change: { kind: 'suspend', xid: toXid(xid), reason: { rule: 'missing', text: 'Is gone', rows: [] } },
    link: {
      ...link,
      ...{ scimId: null, userEid: null, membershipEid: null, password: null, invitedAt: null, suspendedAt: null },
    },
  };
}

async function partsThatKeep(outcomes: Outcome[], links: StoredLink[]): Promise<ApplyParts> {
  return applyParts({
    network: await network(),
    record: (more, changed) => {
      outcomes.push(...more);
      links.push(...changed);
      return Promise.resolve();
    },
  });
}

/** As an administrator does it: the group keeps its EID. */
async function rename(key: string, name: string): Promise<void> {
  const { ring } = await loadKeys(world.config);
  const [place] = await rowsOf<{ credentials: string; group: string }>(
    `SELECT n.credentials, g.eid AS "group" FROM network n JOIN network_group g USING (customer_id) WHERE g.key = '${key}'`,
  );
  if (place === undefined) throw new Error('There is no such group.');
  const { appEid, appSecret } = openNetworkCredentials(ring, world.customer, place.credentials);
  const answer = await fetch(`${world.sandbox.url}/networks/${world.networkEid}/groups/${place.group}/`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${appEid}_${appSecret}`,
      accept: 'application/vnd.speakap.api-v1.8.2+json',
      'content-type': 'application/json; charset=utf-8',
    },
    body: JSON.stringify({ name }),
  });
  expect(answer.ok).toBe(true);
}
