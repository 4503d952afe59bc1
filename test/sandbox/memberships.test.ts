import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { items, PLAIN, SOME_TEXT, TestNetwork } from './helpers.js';

let net: TestNetwork;
let unit: string;
let department: string;
let local: string;
let person: { readonly eid: string; readonly id: string };

beforeEach(async () => {
  net = await TestNetwork.start({ roles: [{ name: 'Store manager' }] });
  unit = await net.group('/business-units/', { name: 'Utrecht' });
  department = await net.group('/departments/', { name: 'Bakery' });
  local = await net.group('/local-departments/', {
    name: 'Bakery',
    businessUnit: { EID: unit },
    department: { EID: department },
  });
  person = await net.person('1');
});
afterEach(() => net.close());

const everywhere = ['business_unit:Utrecht:Member', 'department:Bakery:Member', 'local_dept:Bakery:Member'];

function roleEid(name: string): string {
  return net.state().roles.find((role) => role.name === name)?.eid ?? '';
}

function giveRole(json: Record<string, unknown>): ReturnType<TestNetwork['rest']> {
  return net.rest('POST', '/memberships/', { json: { user: { EID: person.eid, type: 'user' }, ...json } });
}

describe('Joining and leaving', () => {
  it('a local department joins its business unit and its department', async () => {
    expect((await net.join(person.eid, local)).status).toBe(200);
    expect(net.groupsOf('1')).toEqual(everywhere);
  });

  it('joining twice changes nothing', async () => {
    await net.join(person.eid, local, unit);
    const before = net.state();
    expect((await net.join(person.eid, local)).status).toBe(200);
    expect(net.state()).toEqual(before);
  });

  it.each([
    ['its business unit', (): string => unit, ['department:Bakery:Member']],
    ['its department', (): string => department, ['business_unit:Utrecht:Member']],
    ['itself', (): string => local, ['business_unit:Utrecht:Member', 'department:Bakery:Member']],
  ])('a local department is left by leaving %s', async (_what, group, rest) => {
    await net.join(person.eid, local);
    expect((await net.leave(person.eid, group())).status).toBe(200);
    expect(net.groupsOf('1')).toEqual(rest);
  });

  it('nothing is joined when one of the groups is unknown', async () => {
    expect((await net.join(person.eid, unit, '0123456789abcdef')).status).toBe(400);
    expect(net.groupsOf('1')).toEqual([]);
  });

  it('a group can be left by its member, but not by its only administrator', async () => {
    const leave = (): ReturnType<TestNetwork['rest']> =>
      net.rest('POST', `/groups/${unit}/leave`, { json: { EID: person.eid } });
    expect((await leave()).status).toBe(409);
    await net.join(person.eid, unit);
    expect((await net.rest('POST', `/groups/${unit}/leave`, { json: {} })).status).toBe(415);
    expect((await leave()).status).toBe(202);
    await giveRole({ rev: 'group', role: { key: 'admin' }, group: { EID: unit } });
    expect((await leave()).body['code']).toBe(-12);
  });
});

describe('Roles in a group', () => {
  it('are given by key or EID, and make the membership with its parents', async () => {
    const reply = await giveRole({
      rev: 'group',
      role: { EID: roleEid('Store manager') },
      group: { EID: local, type: 'group' },
    });
    expect(reply.status).toBe(202);
    expect(reply.body).toEqual({ ETC: SOME_TEXT, status: SOME_TEXT });
    expect(net.groupsOf('1')).toEqual([...everywhere.slice(0, 2), 'local_dept:Bakery:Store manager']);
    await giveRole({ rev: 'group', role: { key: 'member' }, group: { EID: local } });
    expect(net.groupsOf('1')).toEqual(everywhere);
  });

  it.each([
    ['no role', { rev: 'group', group: { EID: '0123456789abcdef' } }, 400],
    ['no group', { rev: 'group', role: { key: 'admin' } }, 400],
    [
      'a group in the network form',
      { rev: 'network', role: { key: 'admin' }, group: { EID: '0123456789abcdef' } },
      400,
    ],
    ['an unknown form', { rev: 'team', role: { key: 'admin' } }, 400],
    ['an unknown role', { rev: 'network', role: { key: 'boss' } }, 400],
    ['an invented member', { rev: 'network', role: { key: 'admin' }, since: 'now' }, 400],
    ['an unknown group', { rev: 'group', role: { key: 'admin' }, group: { EID: '0123456789abcdef' } }, 404],
    ['an unknown person', { rev: 'network', role: { key: 'admin' }, user: { EID: '0123456789abcdef' } }, 404],
  ])('are refused with %s', async (_what, json, status) => {
    expect((await giveRole(json)).status).toBe(status);
  });
});

describe('Roles in the network', () => {
  it('change in bulk, and what fails is told by membership', async () => {
    await net.join(person.eid, unit);
    const own = await net.networkMembership(person.eid);
    const inGroup = await net.membershipOf(person.eid, unit);
    const form = [
      [`memberships[${own}]`, roleEid('Store manager')],
      [`memberships[${inGroup}]`, 'admin'],
      ['memberships[0123456789abcdef]', 'admin'],
    ] as const;
    const reply = await net.rest('POST', '/changeroles', { form });
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      status: 'Changed role for 1 membership(s)',
      data: { failed: { [inGroup]: SOME_TEXT, '0123456789abcdef': SOME_TEXT } },
    });
    expect(net.stateOf('1')?.networkRole).toBe('Store manager');
    expect(net.groupsOf('1')).toEqual(['business_unit:Utrecht:Member']);
  });

  it('an unknown role fails for its membership', async () => {
    const own = await net.networkMembership(person.eid);
    const reply = await net.rest('POST', '/changeroles', { form: [[`memberships[${own}]`, 'boss']] });
    expect(reply.body['data']).toEqual({ failed: { [own]: 'Unknown role' } });
  });

  it('the only administrator stays one', async () => {
    const admin = net.state().people.find((one) => one.networkRole === 'Administrator')?.eid ?? '';
    const membership = await net.networkMembership(admin);
    const demote = (): ReturnType<TestNetwork['rest']> =>
      net.rest('POST', '/changeroles', { form: [[`memberships[${membership}]`, 'member']] });
    expect((await demote()).body['data']).toEqual({ failed: { [membership]: 'Only Admin' } });
    expect((await net.rest('DELETE', `/memberships/${membership}/`)).body['code']).toBe(-12);
    await giveRole({ rev: 'network', role: { key: 'admin' } });
    expect((await demote()).body['data']).toEqual({ failed: {} });
    expect(
      (
        await net.scim('PUT', `/Users/${person.id}`, {
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
          userName: '1',
          active: false,
        })
      ).status,
    ).toBe(403);
  });
});

describe('Listing memberships', () => {
  it('gives those of the network and of groups, told apart by rev', async () => {
    await net.join(person.eid, local);
    const listed = items(await net.rest('GET', '/memberships/', { accept: PLAIN }), 'memberships');
    expect(listed.map((one) => one['rev']).sort()).toEqual(['group', 'group', 'group', 'network', 'network']);
    const own = listed.find((one) => one['rev'] === 'network' && one['role'] === 'member');
    expect(own).toMatchObject({ role: 'member', since: SOME_TEXT, lockedBy: net.network.app.eid });
  });

  it('filters by group, role and words', async () => {
    await net.join(person.eid, local);
    const count = async (query: string): Promise<number> =>
      items(await net.rest('GET', `/memberships/?${query}`, { accept: PLAIN }), 'memberships').length;
    expect(await count(`group=${unit}`)).toBe(1);
    expect(await count('role=admin')).toBe(1);
    expect(await count('excluded_role=member')).toBe(1);
    expect(await count('q=jansen1')).toBe(4);
    expect(await count('rev=network')).toBe(0);
  });
});

describe('Removing memberships', () => {
  it('of a group leaves it, of the network suspends', async () => {
    await net.join(person.eid, local);
    const inUnit = await net.membershipOf(person.eid, unit);
    expect((await net.rest('DELETE', `/memberships/${inUnit}/`)).status).toBe(202);
    expect(net.groupsOf('1')).toEqual(['department:Bakery:Member']);
    expect((await net.rest('DELETE', `/memberships/${inUnit}/`)).status).toBe(404);
    await net.rest('DELETE', `/memberships/${await net.networkMembership(person.eid)}/`);
    expect(net.stateOf('1')).toMatchObject({ active: false, status: 'canceled' });
  });

  it('does not make an external person stray, unless forced', async () => {
    await net.join(person.eid, unit);
    const inUnit = await net.membershipOf(person.eid, unit);
    const remove = (query: string): ReturnType<TestNetwork['rest']> =>
      net.rest('DELETE', `/memberships/${inUnit}/${query}`);
    expect((await remove('?force=true&resolution=remove_from_network')).body['message']).toContain('No Stray User');
    await giveRole({ rev: 'network', role: { EID: roleEid('External') } });
    expect((await net.rest('GET', `/users/${person.eid}/`)).body['external']).toBe(true);
    expect((await remove('')).body['message']).toContain('Stray User Prevented');
    expect((await remove('?resolution=remove_from_network')).status).toBe(400);
    expect((await remove('?force=true&resolution=remove_from_network')).status).toBe(202);
    expect(net.stateOf('1')?.active).toBe(false);
  });
});
