import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORM, HAL, MINIMAL, PLAIN, type Sending, SOME_TEXT, TestNetwork, withMembers } from './helpers.js';

let net: TestNetwork;
let person: { readonly eid: string; readonly id: string };
let store: string;

beforeAll(async () => {
  net = await TestNetwork.start();
  person = await net.person('100');
  store = await net.group('/business-units/', { name: 'Utrecht' });
});
afterAll(() => net.close());

interface Case {
  readonly what: string;
  readonly method?: string;
  readonly path: string;
  readonly sending?: Sending;
  readonly status: number;
  readonly code: number;
}

const invitees = (count: number): string =>
  Array.from({ length: count }, (_, index) => `invitees[${index}][email]=a${index}@example.com`).join('&');

const cases: readonly Case[] = [
  { what: 'no Authorization', path: '/', sending: { token: null }, status: 401, code: -2 },
  { what: 'another scheme', path: '/', sending: { token: 'Basic abc' }, status: 401, code: -2 },
  { what: 'a wrong secret', path: '/', sending: { token: 'Bearer 0123456789abcdef_wrong' }, status: 401, code: -2 },
  { what: 'no Accept', path: '/users/', sending: { accept: null }, status: 406, code: -1 },
  { what: 'Accept of anything', path: '/users/', sending: { accept: '*/*' }, status: 406, code: -1 },
  { what: 'an unversioned Accept', path: '/users/', sending: { accept: 'application/json' }, status: 406, code: -1 },
  {
    what: 'an unknown version',
    path: '/users/',
    sending: { accept: HAL.replace('1.8.2', '9.9.9') },
    status: 406,
    code: -1,
  },
  { what: 'an unknown layout', path: '/users/', sending: { accept: `${PLAIN}+xml` }, status: 406, code: -1 },
  { what: 'only refused types', path: '/users/', sending: { accept: `${HAL};q=0` }, status: 406, code: -1 },
  { what: 'an unknown version in v', path: '/users/?v=1.8', status: 406, code: -1 },
  { what: 'a resource without /', path: '/users', status: 404, code: -4 },
  { what: 'an action with /', path: '/invite/', method: 'POST', sending: { form: invitees(1) }, status: 404, code: -4 },
  { what: 'an unknown path', path: '/employees/', status: 404, code: -4 },
  { what: 'an unknown method', path: '/users/', method: 'DELETE', status: 405, code: -1 },
  { what: 'a method that HTTP knows', path: '/users/', method: 'PATCH', status: 405, code: -1 },
  { what: 'a bad EID', path: '/users/42/', status: 400, code: -1 },
  { what: 'an unknown user', path: '/users/0123456789abcdef/', status: 404, code: -4 },
  { what: 'an unknown group', path: '/groups/0123456789abcdef/', status: 404, code: -4 },
  { what: 'an unknown role', path: '/roles/0123456789abcdef/', status: 404, code: -4 },
  { what: 'an undocumented role key', path: '/roles/member/', status: 400, code: -1 },
  { what: 'an unknown parameter', path: '/users/?page=2', status: 400, code: -1 },
  { what: 'a parameter of another collection', path: '/groups/?eid=0123456789abcdef', status: 400, code: -1 },
  { what: 'a repeated parameter', path: '/users/?limit=1&limit=2', status: 400, code: -1 },
  { what: 'a limit over 1000', path: '/users/?limit=1001', status: 400, code: -1 },
  { what: 'a limit of 0', path: '/users/?limit=0', status: 400, code: -1 },
  { what: 'a limit that is no number', path: '/users/?limit=all', status: 400, code: -1 },
  { what: 'a negative offset', path: '/users/?offset=-1', status: 400, code: -1 },
  { what: 'limit and limit[self]', path: '/users/?limit=1&limit[self]=2', status: 400, code: -1 },
  { what: 'a limit of what is not embedded', path: '/users/?limit[users.organizationGroups]=5', status: 400, code: -1 },
  { what: 'paging a single resource', path: '/?limit=5', status: 400, code: -1 },
  { what: 'an unknown relation', path: '/users/?embed=users.friends', status: 400, code: -1 },
  { what: 'a relation without its collection', path: '/users/?embed=organizationGroups', status: 400, code: -1 },
  { what: 'an unknown property', path: '/users/?properties=salary', status: 400, code: -1 },
  { what: 'a bad date', path: '/users/?modified_since=2024-01-01', status: 400, code: -1 },
  { what: 'a bad flag', path: '/groups/?include_hidden=1', status: 400, code: -1 },
  { what: 'a bad group type', path: '/groups/?type=store', status: 400, code: -1 },
  { what: 'a bad EID in a filter', path: '/users/?group=utrecht', status: 400, code: -1 },
  { what: 'an unknown role in a filter', path: '/users/?role=boss', status: 400, code: -1 },
  { what: 'exclude_group alone', path: '/users/?exclude_group=0123456789abcdef', status: 400, code: -1 },
  {
    what: 'JSON for an action',
    method: 'POST',
    path: '/invite',
    sending: { json: { invitees: [] } },
    status: 415,
    code: -1,
  },
  {
    what: 'a form for a resource',
    method: 'POST',
    path: '/groups/',
    sending: { form: 'name=x' },
    status: 415,
    code: -1,
  },
  {
    what: 'no content type',
    method: 'POST',
    path: '/groups/',
    sending: { text: '{}', type: null },
    status: 415,
    code: -1,
  },
  {
    what: 'a body that is no JSON',
    method: 'POST',
    path: '/groups/',
    sending: { text: '{', type: 'application/json' },
    status: 400,
    code: -1,
  },
  {
    what: 'an unknown member',
    method: 'POST',
    path: '/business-units/',
    sending: { json: { name: 'A', color: 'red' } },
    status: 400,
    code: -1,
  },
  { what: 'no name', method: 'POST', path: '/business-units/', sending: { json: {} }, status: 400, code: -1 },
  {
    what: 'an empty name',
    method: 'POST',
    path: '/business-units/',
    sending: { json: { name: ' ' } },
    status: 400,
    code: -1,
  },
  {
    what: 'a topic group of no type',
    method: 'POST',
    path: '/groups/',
    sending: { json: { name: 'A' } },
    status: 400,
    code: -1,
  },
  {
    what: 'a business unit as topic group',
    method: 'POST',
    path: '/groups/',
    sending: { json: { name: 'A', groupType: 'business_unit' } },
    status: 400,
    code: -1,
  },
  {
    what: 'a local department without department',
    method: 'POST',
    path: '/local-departments/',
    sending: { json: { name: 'A', businessUnit: { EID: '0123456789abcdef' } } },
    status: 400,
    code: -1,
  },
  { what: 'no invitees', method: 'POST', path: '/invite', sending: { form: '', type: FORM }, status: 400, code: -1 },
  { what: '1001 invitees', method: 'POST', path: '/invite', sending: { form: invitees(1001) }, status: 400, code: -1 },
  {
    what: 'a gap in the numbering',
    method: 'POST',
    path: '/invite',
    sending: { form: 'invitees[1][email]=a@b.nl' },
    status: 400,
    code: -1,
  },
  {
    what: 'an unknown member of an invitee',
    method: 'POST',
    path: '/invite',
    sending: { form: 'invitees[0][phone]=1' },
    status: 400,
    code: -1,
  },
  {
    what: 'both addresses at once',
    method: 'POST',
    path: '/invite',
    sending: { form: 'invitees[0][email]=a@b.nl&invitees[0][telephoneNumber]=%2B31612345678' },
    status: 400,
    code: -1,
  },
  {
    what: 'resend, for the frontend only',
    method: 'POST',
    path: '/invite',
    sending: { form: 'resend=true&invitees[0][email]=a@b.nl' },
    status: 403,
    code: -3,
  },
  {
    what: 'joining with an app token',
    method: 'POST',
    path: '/join',
    sending: { form: 'email=a@b.nl' },
    status: 403,
    code: -3,
  },
  {
    what: 'no memberships in changeroles',
    method: 'POST',
    path: '/changeroles',
    sending: { form: 'roles[a]=admin' },
    status: 400,
    code: -1,
  },
  { what: 'deleting a production network', method: 'DELETE', path: '/', status: 403, code: -3 },
  {
    what: 'a copy into production',
    method: 'POST',
    path: '/copies/',
    sending: { json: { name: 'Copy', environment: 'production' } },
    status: 400,
    code: -1,
  },
  { what: 'what is documented too thinly to play', path: '/search/?type=user&q=jan', status: 501, code: -5 },
];

describe('The sandbox refuses', () => {
  it.each(cases)('$what', async ({ method = 'GET', path, sending, status, code }) => {
    const reply = await net.rest(method, path, sending);
    expect({ status: reply.status, code: reply.body['code'] }).toEqual({ status, code });
    expect(reply.body['message']).toEqual(SOME_TEXT);
    expect(Object.keys(reply.body).sort()).toEqual(['code', 'message']);
  });

  it('groups that are unknown, in an action that documents 400 only', async () => {
    expect((await net.join(person.eid, '0123456789abcdef')).status).toBe(400);
    expect((await net.join('0123456789abcdef', store)).status).toBe(404);
  });

  it('a network that it does not have', async () => {
    const other = TestNetwork.on(net.sandbox, { ...net.network, eid: 'ffffffffffffffff' });
    expect((await other.rest('GET', '/')).body['code']).toBe(-4);
    expect((await other.rest('GET', '/', { token: null })).body['code']).toBe(-2);
  });
});

describe('Without its permission', () => {
  const needs: readonly (Omit<Case, 'what' | 'status' | 'code'> & { readonly permission: string })[] = [
    { permission: 'get_profiles', path: '/users/' },
    { permission: 'get_profiles', path: '/groups/?embed=groups.members' },
    { permission: 'get_user_groups', path: '/users/?embed=users.organizationGroups' },
    { permission: 'get_profile_status', path: '/users/{user}/status' },
    { permission: 'list_groups', path: '/groups/' },
    { permission: 'invite_users', method: 'POST', path: '/invite', sending: { form: invitees(1) } },
    { permission: 'infinite_limit', path: '/users/', sending: { accept: MINIMAL } },
    { permission: 'manage_groups', method: 'POST', path: '/business-units/', sending: { json: { name: 'New' } } },
    {
      permission: 'manage_memberships',
      method: 'POST',
      path: '/changeroles',
      sending: { form: 'memberships[a]=admin' },
    },
    {
      permission: 'manage_roles',
      method: 'POST',
      path: '/roles/',
      sending: { json: { name: 'New', permissions: [] } },
    },
    {
      permission: 'manage_networks',
      method: 'POST',
      path: '/copies/',
      sending: { json: { name: 'C', environment: 'development' } },
    },
  ];

  it.each(needs)('$permission, $path answers 403 -3', async ({ permission, method = 'GET', path, sending }) => {
    const all = net.network.permissions;
    net.sandbox.control.changeNetwork(net.network.eid, { permissions: all.filter((one) => one !== permission) });
    const reply = await net.rest(method, path.replace('{user}', person.eid), sending);
    net.sandbox.control.changeNetwork(net.network.eid, { permissions: [...all] });
    expect({ status: reply.status, code: reply.body['code'] }).toEqual({ status: 403, code: -3 });
  });

  it('get_profile_xid, a person has no XID to see', async () => {
    const all = net.network.permissions;
    expect((await net.rest('GET', `/users/${person.eid}/`)).body['XID']).toBe('100');
    net.sandbox.control.changeNetwork(net.network.eid, { permissions: all.filter((one) => one !== 'get_profile_xid') });
    expect((await net.rest('GET', `/users/${person.eid}/`)).body).not.toHaveProperty('XID');
    net.sandbox.control.changeNetwork(net.network.eid, { permissions: [...all] });
  });
});

describe('Media types', () => {
  it.each([
    ['HAL', HAL, HAL],
    ['plain JSON', PLAIN, PLAIN],
    ['the newest version', HAL.replace('1.8.2', '2024.3.2'), HAL.replace('1.8.2', '2024.3.2')],
    ['the best of several', `${PLAIN};q=0.5, ${HAL};q=0.8`, HAL],
    ['a known version beside an unknown one', `${HAL.replace('1.8.2', '2.1')};q=1,${PLAIN};q=0.8`, PLAIN],
  ])('%s is understood', async (_what, accept, answered) => {
    const reply = await net.rest('GET', '/', { accept });
    expect(reply.status).toBe(200);
    expect(reply.headers['content-type']).toBe(`${answered}; charset=utf-8`);
  });

  it('a version in the query needs no versioned Accept', async () => {
    expect((await net.rest('GET', '/?v=1.8.2', { accept: 'application/json' })).headers['content-type']).toContain(
      PLAIN,
    );
    expect((await net.rest('GET', '/?v=1.8.2', { accept: null })).headers['content-type']).toContain(HAL);
  });
});

it('Every refusal is on the list of violations, without a value', async () => {
  await net.control('DELETE', '/violations');
  await net.rest('GET', '/users/?page=2');
  await net.rest('GET', '/users/0123456789abcdef/');
  const reply = await net.control('GET', `/violations?network=${net.network.eid}&of=rules`);
  expect(reply.body['violations']).toEqual([
    withMembers({ method: 'GET', path: '/networks/{net}/users/', status: 400, code: -1, of: 'rules' }),
  ]);
  expect(net.sandbox.control.violations(net.network.eid, 'state')).toHaveLength(1);
});
