import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hrefOf, items, PLAIN, SOME_TEXT, TestNetwork, textLike } from './helpers.js';

let net: TestNetwork;
beforeEach(async () => {
  net = await TestNetwork.start();
});
afterEach(() => net.close());

async function names(query: string): Promise<readonly unknown[]> {
  const reply = await net.rest('GET', `/groups/?${query}`, { accept: PLAIN });
  return items(reply, 'groups').map((group) => group['name']);
}

async function localDepartment(name = 'Bakery'): Promise<{ unit: string; department: string; local: string }> {
  const unit = await net.group('/business-units/', { name: 'Utrecht' });
  const department = await net.group('/departments/', { name });
  const local = await net.group('/local-departments/', {
    name,
    businessUnit: { EID: unit, type: 'group' },
    department: { EID: department },
  });
  return { unit, department, local };
}

describe('Creating groups', () => {
  it('answers a business unit with 201, its EID and where it is', async () => {
    const reply = await net.rest('POST', '/business-units/', { json: { name: 'Utrecht' } });
    expect(reply.status).toBe(201);
    expect(reply.body).toEqual({
      EID: textLike(/^[0-9a-f]{16}$/),
      status: SOME_TEXT,
      uri: `${net.base}/groups/${String(reply.body['EID'])}/`,
    });
  });

  it('answers a topic group with 202 and a time, and shows it only after that', async () => {
    let now = Date.parse('2024-03-01T10:00:00Z');
    const slow = await TestNetwork.start({ visibilityDelayMs: 2000 }, () => now);
    const json = { groupType: 'public', name: 'Football', description: 'Sundays' };
    const reply = await slow.rest('POST', '/groups/', { json });
    expect(reply.status).toBe(202);
    expect(reply.body).toEqual({ ETC: '2024-03-01T10:00:02.000Z', status: SOME_TEXT });
    expect(items(await slow.rest('GET', '/groups/?embed=groups'), 'groups')).toEqual([]);
    expect((await slow.rest('POST', '/groups/', { json })).body['code']).toBe(-17);
    now += 2000;
    expect(items(await slow.rest('GET', '/groups/?embed=groups'), 'groups')).toHaveLength(1);
    await slow.close();
  });

  it('keeps names unique, ignoring case, within their kind', async () => {
    const { unit, department } = await localDepartment();
    const local = { name: 'BAKERY', businessUnit: { EID: unit }, department: { EID: department } };
    const taken: readonly (readonly [string, Record<string, unknown>])[] = [
      ['/business-units/', { name: 'UTRECHT' }],
      ['/departments/', { name: 'bakery' }],
      ['/local-departments/', local],
    ];
    for (const [path, json] of taken) {
      const reply = await net.rest('POST', path, { json });
      expect({ path, status: reply.status, code: reply.body['code'] }).toEqual({ path, status: 409, code: -17 });
    }
    await net.group('/groups/', { groupType: 'public', name: 'Bakery' });
    expect((await net.rest('POST', '/groups/', { json: { groupType: 'secret', name: 'bakery' } })).body['code']).toBe(
      -17,
    );
    const other = await net.group('/business-units/', { name: 'Zwolle' });
    expect(
      (await net.rest('POST', '/local-departments/', { json: { ...local, businessUnit: { EID: other } } })).status,
    ).toBe(201);
  });

  it('demands that the parents of a local department are what they are called', async () => {
    const { unit, department } = await localDepartment();
    const json = { name: 'X', businessUnit: { EID: department }, department: { EID: unit } };
    expect((await net.rest('POST', '/local-departments/', { json })).status).toBe(400);
    const unknown = { name: 'X', businessUnit: { EID: '0123456789abcdef' }, department: { EID: department } };
    expect((await net.rest('POST', '/local-departments/', { json: unknown })).status).toBe(404);
  });

  it('makes a business unit of an existing topic group, with its EID', async () => {
    const topic = await net.group('/groups/', { groupType: 'private', name: 'Old' });
    expect(await net.group('/business-units/', { name: 'New', group: { EID: topic, type: 'group' } })).toBe(topic);
    expect(await names('type=business_unit')).toEqual(['New']);
    expect((await net.rest('POST', '/departments/', { json: { name: 'D', group: { EID: topic } } })).status).toBe(400);
  });
});

describe('Listing groups', () => {
  it('shows hidden departments and secret groups only when asked', async () => {
    await localDepartment();
    await net.group('/departments/', { name: 'Open', hidden: false });
    await net.group('/groups/', { groupType: 'secret', name: 'Secret' });
    expect(await names('')).toEqual(['Utrecht', 'Bakery', 'Open']);
    expect(await names('include_hidden=true&type=department')).toEqual(['Bakery', 'Open']);
    expect(await names('include_secret=true&type=basic')).toEqual(['Secret']);
    expect(await names('include_hidden=true&include_secret=true')).toHaveLength(5);
  });

  it('filters by type, parent, ancestor and words', async () => {
    const { unit, local } = await localDepartment();
    expect(await names('type=local_dept')).toEqual(['Bakery']);
    expect(await names(`parent=${unit}`)).toEqual(['Bakery']);
    expect(await names(`ancestor=${unit.toUpperCase()}`)).toEqual(['Bakery']);
    expect(await names('q=utr')).toEqual(['Utrecht']);
    const reply = await net.rest('GET', `/groups/${local}/`);
    expect(reply.body).toMatchObject({ groupType: 'local_dept', parent: { EID: unit, type: 'group' } });
    expect(hrefOf(reply.body, 'parent')).toBe(`${net.base}/groups/${unit}/`);
  });

  it('tells which groups a person is in, and as what', async () => {
    const { unit, local } = await localDepartment();
    const { eid } = await net.person('1');
    await net.join(eid, local);
    expect(await names(`user=${eid}&include_hidden=true`)).toEqual(['Utrecht', 'Bakery', 'Bakery']);
    await net.rest('POST', '/memberships/', {
      json: { rev: 'group', role: { key: 'admin' }, user: { EID: eid }, group: { EID: unit } },
    });
    expect(await names(`user=${eid}&role=admin`)).toEqual(['Utrecht']);
    expect(await names(`admin=${eid}`)).toEqual(['Utrecht']);
  });

  it('counts a member who comes as a change of the group', async () => {
    let now = Date.parse('2024-03-01T10:00:00Z');
    const timed = await TestNetwork.start({}, () => now);
    const unit = await timed.group('/business-units/', { name: 'Utrecht' });
    const { eid } = await timed.person('1');
    const changed = async (): Promise<number> =>
      items(await timed.rest('GET', '/groups/?embed=groups&modified_since=2024-03-01T10:30:00%2B00:00'), 'groups')
        .length;
    expect(await changed()).toBe(0);
    now += 3_600_000;
    await timed.join(eid, unit);
    expect(await changed()).toBe(1);
    await timed.close();
  });
});

describe('Controlled endpoints', () => {
  it('rename and delete groups', async () => {
    const { unit } = await localDepartment();
    await net.group('/business-units/', { name: 'Zwolle' });
    expect((await net.rest('PUT', `/groups/${unit}/`, { json: { name: 'zwolle' } })).body['code']).toBe(-17);
    expect((await net.rest('PUT', `/groups/${unit}/`, { json: { name: 'Utrecht Centrum' } })).status).toBe(202);
    expect(await names('type=business_unit')).toEqual(['Utrecht Centrum', 'Zwolle']);
    expect((await net.rest('DELETE', `/groups/${unit}/`)).status).toBe(202);
    expect(await names('include_hidden=true')).toEqual(['Bakery', 'Zwolle']);
  });

  it('copy the structure into development, never the people, and delete the copy', async () => {
    const { unit, local } = await localDepartment();
    await net.join((await net.person('1')).eid, local);
    const reply = await net.rest('POST', '/copies/', { json: { name: 'Test', environment: 'development' } });
    expect(reply.status).toBe(201);
    expect(Object.keys(reply.body)).toEqual(['EID']);
    const copy = TestNetwork.on(net.sandbox, { ...net.network, eid: String(reply.body['EID']) });
    expect((await copy.rest('GET', '/')).body).toMatchObject({ name: 'Test', environment: 'development' });
    expect(copy.state().people).toEqual([]);
    const shape = (of: TestNetwork): unknown =>
      of.state().groups.map(({ name, parent, department, groupType }) => ({ name, parent, department, groupType }));
    expect(shape(copy)).toEqual(shape(net));
    expect(copy.state().groups.map((group) => group.eid)).not.toContain(unit);
    expect((await copy.rest('DELETE', '/')).status).toBe(202);
    expect((await copy.rest('GET', '/')).status).toBe(404);
    expect((await net.rest('GET', '/')).body['environment']).toBe('production');
  });

  it('have no more copies, accounts and groups in them than the development environment has room for', async () => {
    await localDepartment();
    const developmentQuota = { networks: 1, accounts: 1, groups: 2 };
    net.sandbox.control.changeNetwork(net.network.eid, { developmentQuota });
    const ask = () => net.rest('POST', '/copies/', { json: { name: 'Test', environment: 'development' } });
    const first = await ask();
    const message = 'Quota Exceeded: the development environment has no room for more networks';
    expect(await ask()).toMatchObject({ status: 403, body: { code: -22, message } });
    const copy = TestNetwork.on(net.sandbox, { ...net.network, eid: String(first.body['EID']) });
    expect(copy.state().groups).toHaveLength(2);
    await copy.person('1');
    await expect(copy.person('2')).rejects.toThrow('answered 403');
    // The network itself is none of the development environment.
    await net.person('2');
    await copy.rest('DELETE', '/');
    expect((await ask()).status).toBe(201);
  });
});

describe('Roles', () => {
  it('are built in or user-defined, and found by two keys', async () => {
    expect((await net.rest('GET', '/roles/admin/')).body).toMatchObject({
      key: 'admin',
      roleType: 'built_in',
      editable: false,
      default: false,
      numUsers: 1,
    });
    expect((await net.rest('GET', '/roles/default/')).body).toMatchObject({ default: true, name: 'Member' });
    const json = { name: 'Store manager', permissions: ['post_news'] };
    expect((await net.rest('POST', '/roles/', { json })).status).toBe(202);
    expect((await net.rest('POST', '/roles/', { json: { ...json, name: 'STORE MANAGER' } })).body['code']).toBe(-18);
    const listed = items(await net.rest('GET', '/roles/', { accept: PLAIN }), 'roles');
    const role = listed.find((one) => one['name'] === 'Store manager');
    expect(role).toMatchObject({ roleType: 'user_defined', permissions: ['post_news'] });
    expect(
      (await net.rest('PUT', `/roles/${String(role?.['EID'])}/`, { json: { ...json, name: 'Manager' } })).status,
    ).toBe(202);
    expect((await net.rest('PUT', '/roles/admin/', { json })).status).toBe(403);
  });
});
