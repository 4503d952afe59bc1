import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as errors from '../../src/network/errors.js';
import type { Network, NewGroup } from '../../src/network/network.js';
import type { Observation, SpeakapNetwork } from '../../src/network/speakap/speakap.js';
import { toEid, toXid, type Eid } from '../../src/sync/ids.js';
import { SandboxProcess } from './sandbox-process.js';
import { collect, failureOf } from './server.js';

const MAIN = fileURLToPath(new URL('../../src/sandbox/main.ts', import.meta.url));
const isThere = existsSync(MAIN);
if (!isThere)
  console.warn('SKIPPED: there is no src/sandbox/main.ts, so the adapter was not tried against the sandbox.');

const aPerson = (xid: string, profile = {}) => ({
  userName: xid,
  xid: toXid(xid),
  profile: { givenName: 'Ann', familyName: 'Smith', ...profile },
  temporaryPassword: 'Welkom-12345',
});

async function personIn(network: Network, xid: string, profile = {}): Promise<{ user: Eid; id: string }> {
  const id = await network.createAccount(aPerson(xid, profile));
  const user = (await network.findPeople(new Set([toXid(xid)]))).get(toXid(xid));
  if (user === undefined) throw new Error('The new person is not among the people.');
  return { user, id };
}

async function groupsOf(network: Network, user: Eid): Promise<ReadonlySet<Eid>> {
  return new Set((await network.person(user))?.groups);
}

describe.skipIf(!isThere)('the adapter against the sandbox', () => {
  let sandbox: SandboxProcess;
  let network: SpeakapNetwork & { eid: string };

  beforeAll(async () => {
    sandbox = await SandboxProcess.start(MAIN);
  });
  afterAll(() => sandbox?.end());
  beforeEach(async () => {
    network = await sandbox.network({ roles: [{ name: 'Store manager' }] });
  });
  afterEach(async () => {
    expect(await sandbox.brokenRules(network.eid)).toEqual([]);
    await network.close();
  });

  async function store(): Promise<{ unit: Eid; department: Eid; local: Eid; wanted: NewGroup }> {
    const unit = await network.createGroup({ group: { kind: 'business_unit', name: 'Store 12' } });
    const department = await network.createGroup({ group: { kind: 'department', name: 'Bakery' } });
    const group = { kind: 'local_department', businessUnit: 'Store 12', department: 'Bakery' } as const;
    const wanted = { group, businessUnit: unit, department };
    return { unit, department, local: await network.createGroup(wanted), wanted };
  }

  test('groups are created, seen at once, and refused a second time', async () => {
    const { unit, department, local, wanted } = await store();
    const topic = await network.createGroup({ group: { kind: 'topic', name: 'Chess & Go' } });
    expect(new Map((await network.groups()).map(({ eid, group }) => [eid, group]))).toEqual(
      new Map<Eid, object>([
        [unit, { kind: 'business_unit', name: 'Store 12' }],
        [department, { kind: 'department', name: 'Bakery' }],
        [local, wanted.group],
        [topic, { kind: 'topic', name: 'Chess & Go' }],
      ]),
    );
    for (const again of [{ group: { kind: 'business_unit', name: 'STORE 12' } } as const, wanted]) {
      expect(await failureOf(network.createGroup(again))).toBeInstanceOf(errors.NameInUse);
    }
  });

  test('a person is created, joins, leaves, and is shown as written', async () => {
    const { unit, department, local } = await store();
    const topic = await network.createGroup({ group: { kind: 'topic', name: 'Chess' } });
    const { user } = await personIn(network, '0004711', { telephoneNumber: '+31612345678', jobTitle: 'Baker' });
    await network.join(user, [local, topic]);
    expect(await groupsOf(network, user)).toEqual(new Set([unit, department, local, topic]));
    await network.join(user, [local]);
    await network.leave(user, [unit]);
    await network.leave(user, [unit, topic]);
    expect(await groupsOf(network, user)).toEqual(new Set([department]));
    expect(await network.person(user)).toMatchObject({
      xid: '0004711',
      profile: { givenName: 'Ann', familyName: 'Smith', jobTitle: 'Baker', telephoneNumber: '+31612345678' },
    });
  });

  test('roles are changed on the network and in a group', async () => {
    const { unit } = await store();
    const { user } = await personIn(network, '1');
    await network.join(user, [unit]);
    const custom = (await network.roles()).find(({ name }) => name === 'Store manager')?.eid;
    for (const role of ['admin', custom, 'member'] as const) {
      if (role === undefined) throw new Error('The custom role is not among the roles.');
      await network.setGroupRole(user, unit, role);
      expect(await network.awaitGroupRole(new Set([user]), unit, role)).toEqual(new Set());
      expect(await collect(network.groupMemberships(unit))).toMatchObject([{ user, role }]);
    }
    const own = (await collect(network.networkMemberships())).find((membership) => membership.user === user);
    if (own === undefined) throw new Error('The person has no membership of the network.');
    expect((await network.changeNetworkRoles(new Map([[own.eid, 'admin']]))).size).toBe(0);
    expect(await collect(network.networkMemberships())).toContainEqual(
      expect.objectContaining({ user, role: 'admin' }),
    );
  });

  test('an invitation is sent once, and can be looked up', async () => {
    const { user } = await personIn(network, '1', { email: 'ann@example.com' });
    const ann = { name: 'Ann', address: 'ann@example.com', by: 'email' } as const;
    expect([...(await network.invite([ann, { ...ann, address: 'nonsense' }]))]).toEqual([
      ['ann@example.com', { status: 'sent', user }],
      ['nonsense', { status: 'invalid', user: null }],
    ]);
    expect((await network.invite([ann])).get('ann@example.com')).toEqual({ status: 'invitee', user });
    const own = (await collect(network.networkMemberships())).find((membership) => membership.user === user);
    expect(own?.invitedAt).toMatch(/^\d{4}-/);
  });

  test('a person is updated, suspended and restored as the same account', async () => {
    const { unit } = await store();
    const { user, id } = await personIn(network, '0007');
    await network.join(user, [unit]);
    await network.setActive(id, '0007', false);
    await network.setActive(id, '0007', false);
    expect(await network.person(user)).toBeNull();
    expect(await network.findAccount('0007')).toEqual({
      id,
      userName: '0007',
      xid: '0007',
      email: null,
      active: false,
    });
    await network.updateAccount(id, { userName: '0007', xid: toXid('0008'), profile: { givenName: 'Bo' } });
    expect(await network.findAccount('0007')).toMatchObject({ active: false, xid: '0008' });
    await network.setActive(id, '0007', true);
    expect(await network.person(user)).toEqual({
      eid: user,
      xid: '0008',
      profile: { givenName: 'Bo' },
      groups: [unit],
    });
  });

  test('several people are read at once, more than a page has by itself, and a suspended one is absent', async () => {
    const people: Awaited<ReturnType<typeof personIn>>[] = [];
    for (let number = 100; number < 130; number += 1) people.push(await personIn(network, String(number)));
    await network.setActive(people[0]?.id ?? '', '100', false);
    const profiles = await network.profiles(people.map(({ user }) => user));
    expect([...profiles.keys()]).toEqual(people.slice(1).map(({ user }) => user));
    const last = people.at(-1)?.user ?? toEid('0000000000000000');
    expect(profiles.get(last)).toEqual(await network.profile(last));
  });

  test('more people than a page are all read', async () => {
    const xids = Array.from({ length: 2_050 }, (_, index) => String(index));
    await Promise.all(xids.map((xid) => network.createAccount(aPerson(xid))));
    const people = await collect(network.people());
    const read = people.flatMap(({ xid }) => (xid === null ? [] : [xid]));
    expect(read.toSorted()).toEqual(xids.toSorted());
    expect((await network.findPeople(new Set(xids.map(toXid)))).size).toBe(2_050);
  });

  test.each(['reset_before', 'reset_after', 'status'] as const)('%s never makes an account twice', async (kind) => {
    await sandbox.fault({ kind, status: 500, times: 1, network: network.eid });
    const failure = await failureOf(network.createAccount(aPerson('1')));
    expect(failure).toMatchObject({ effect: 'unknown' });
    const found = await network.findAccount('1');
    expect(found === null).toBe(kind !== 'reset_after');
    if (found !== null) expect(await failureOf(network.createAccount(aPerson('1')))).toBeInstanceOf(errors.Conflict);
  });

  test.each(['reset_before', 'reset_after', 'status'] as const)(
    '%s does not stop what may be repeated',
    async (kind) => {
      const { unit } = await store();
      const { user, id } = await personIn(network, '1');
      const fault = { kind, status: 503, times: 1, network: network.eid };
      await sandbox.fault(fault);
      await network.join(user, [unit]);
      await sandbox.fault(fault);
      await network.setGroupRole(user, unit, 'admin');
      await sandbox.fault(fault);
      await network.updateAccount(id, { ...aPerson('1'), profile: { givenName: 'Bo' } });
      expect(await network.person(user)).toMatchObject({ profile: { givenName: 'Bo' }, groups: [unit] });
    },
  );

  test('feature 19: a rate is used and never gone over', async () => {
    const seen: Observation[] = [];
    const onRequest = (observation: Observation) => seen.push(observation);
    const limited = await sandbox.network({ requestsPerSecond: 40 }, { requestsPerSecond: 40, onRequest });
    await Promise.all(Array.from({ length: 120 }, () => limited.describe()));
    await limited.close();
    expect(seen.map(({ status }) => status)).toEqual(Array(120).fill(200));
  });

  test('feature 19: who goes over it is asked to wait, waits, and loses nothing', async () => {
    const limited = await sandbox.network({ requestsPerSecond: 20 });
    const accounts = Array.from({ length: 50 }, (_, index) => limited.createAccount(aPerson(String(index))));
    expect(new Set(await Promise.all(accounts)).size).toBe(50);
    await limited.close();
  });

  test('a wrong credential says which one', async () => {
    const stranger = await sandbox.network({}, { appSecret: 'wrong', scimToken: 'wrong' });
    expect(await failureOf(stranger.describe())).toBeInstanceOf(errors.Unauthorised);
    const failure = await failureOf(stranger.findAccount('1'));
    expect(failure).toBeInstanceOf(errors.Unauthorised);
    expect(failure.message).toContain('SCIM token');
    await stranger.close();
  });
});
