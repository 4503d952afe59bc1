import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dig, hrefOf, items, MINIMAL, PLAIN, TestNetwork, withMembers } from './helpers.js';

let net: TestNetwork;
let unit: string;
const people: string[] = [];

beforeAll(async () => {
  net = await TestNetwork.start();
  unit = await net.group('/business-units/', { name: 'Utrecht' });
  const football = await net.group('/groups/', { groupType: 'public', name: 'Football' });
  for (let index = 0; index < 30; index += 1) people.push((await net.person(String(index))).eid);
  for (const eid of people.slice(0, 25)) await net.join(eid, unit, football);
});
afterAll(() => net.close());

describe('HAL', () => {
  it('collections hold links only', async () => {
    const reply = await net.rest('GET', '/users/');
    expect(Object.keys(reply.body)).toEqual(['_links']);
    expect(reply.body['_links']).toMatchObject({ self: { href: `${net.base}/users/` } });
    expect(dig(reply.body, '_links', 'users')).toHaveLength(20);
    expect(dig(reply.body, '_links', 'users', 1)).toEqual({ href: `${net.base}/users/${people[0]}/` });
  });

  it('embed brings the data, nested with dots', async () => {
    const reply = await net.rest('GET', '/users/?embed=users.organizationGroups&limit=2');
    const [, person] = items(reply, 'users');
    expect(person).toMatchObject({ EID: people[0], type: 'user', XID: '0', name: { firstName: 'Jan', infix: '' } });
    const embedded = person?.['_embedded'];
    expect(embedded).toEqual({ organizationGroups: [withMembers({ EID: unit, name: 'Utrecht' })] });
    expect(hrefOf(person ?? {}, 'network')).toBe(`${net.base}/`);
  });

  it('single relations are embedded as one', async () => {
    const reply = await net.rest('GET', '/memberships/?embed=memberships.user,memberships.role&limit=1');
    expect(items(reply, 'memberships')[0]?.['_embedded']).toMatchObject({
      user: { type: 'user' },
      role: { key: 'admin' },
    });
  });
});

describe('Plain JSON', () => {
  it('collections hold the data, and relations when they are embedded', async () => {
    const reply = await net.rest('GET', '/users/?embed=users.organizationGroups&eid=' + (people[0] ?? ''), {
      accept: PLAIN,
    });
    expect(reply.body['users']).toEqual([
      withMembers({ EID: people[0], organizationGroups: [withMembers({ EID: unit })] }),
    ]);
    expect(dig(reply.body, 'users', 0)).not.toHaveProperty('_links');
  });
});

describe('Paging', () => {
  const eidsOf = async (query: string, accept = PLAIN): Promise<readonly unknown[]> =>
    items(await net.rest('GET', `/users/?${query}`, { accept }), 'users').map((user) => user['EID']);

  it('goes on until a page is short', async () => {
    const pages = [
      await eidsOf('limit=20'),
      await eidsOf('limit=20&offset=20'),
      await eidsOf('limit[self]=20&offset[self]=40'),
    ];
    expect(pages.map((page) => page.length)).toEqual([20, 11, 0]);
    expect(pages.flat().slice(1)).toEqual(people);
  });

  it('minimal JSON without a limit is the whole collection', async () => {
    expect(await eidsOf('', MINIMAL)).toHaveLength(31);
    expect(await eidsOf('limit=5', MINIMAL)).toHaveLength(5);
  });

  it('has its own page for each relation', async () => {
    const members = async (query: string): Promise<unknown> => {
      const reply = await net.rest('GET', `/groups/?embed=groups.members&${query}`);
      return dig(reply.body, '_embedded', 'groups', 0, '_embedded', 'members', 'length');
    };
    expect(await members('')).toBe(20);
    expect(await members('limit[groups.members]=1000')).toBe(25);
    expect(await members('limit[groups.members]=10&offset[groups.members]=20')).toBe(5);
  });

  it('gives several people at once, the unknown ones left out', async () => {
    expect(await eidsOf(`eid=${people[3] ?? ''},0123456789abcdef,${people[1]?.toUpperCase() ?? ''}`)).toEqual([
      people[3],
      people[1],
    ]);
  });
});

describe('Whitelists', () => {
  it('leave EID, type and what is named', async () => {
    const reply = await net.rest('GET', '/users/?properties=XID&limit=2', { accept: PLAIN });
    expect(dig(reply.body, 'users', 1)).toEqual({ EID: people[0], type: 'user', XID: '0' });
  });

  it('go by path', async () => {
    const query = 'embed=users.organizationGroups&properties[users]=fullName&properties[users.organizationGroups]=EID';
    const reply = await net.rest('GET', `/users/?${query}&offset=1&limit=1`, { accept: PLAIN });
    expect(reply.body['users']).toEqual([
      { EID: people[0], type: 'user', fullName: 'Jan Jansen0', organizationGroups: [{ EID: unit, type: 'group' }] },
    ]);
  });
});

describe('Filters of users', () => {
  it.each([
    ['group', (): string => `group=${unit}`, 25],
    ['people who can be added', (): string => `addable_to=${unit}`, 6],
    ['role in the network', (): string => 'role=admin', 1],
    ['another name of that role', (): string => 'role=enterprise_admin,founder', 1],
    ['role in a group', (): string => `group=${unit}&role=admin`, 0],
    ['not of a role', (): string => 'exclude_role=admin', 30],
    ['words', (): string => 'q=jansen29%20verkoper', 1],
    ['external people', (): string => 'external=true', 0],
    ['modified since', (): string => 'modified_since=2999-01-01T00:00:00Z', 0],
    ['scope', (): string => 'scope=network', 31],
  ])('%s', async (_what, query, count) => {
    const reply = await net.rest('GET', `/users/?limit=1000&${query()}`, { accept: PLAIN });
    expect(items(reply, 'users')).toHaveLength(count);
  });
});
