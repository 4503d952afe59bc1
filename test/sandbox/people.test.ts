import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  aPerson,
  CORE,
  dig,
  HAL,
  items,
  PLAIN,
  type Reply,
  SOME_TEXT,
  TestNetwork,
  textLike,
  withMembers,
} from './helpers.js';

const DAY = 24 * 60 * 60 * 1000;
let now: number;
let net: TestNetwork;

beforeEach(async () => {
  now = Date.parse('2024-03-01T10:00:00Z');
  net = await TestNetwork.start({}, () => now);
});
afterEach(() => net.close());

function invite(...addresses: readonly string[]): Promise<Reply> {
  const form = addresses.flatMap((address, index) => [
    [`invitees[${index}][name]`, 'Jan Jansen'] as const,
    [`invitees[${index}][${address.startsWith('+') ? 'telephoneNumber' : 'email'}]`, address] as const,
  ]);
  return net.rest('POST', '/invite', { form });
}

async function outcomes(...addresses: readonly string[]): Promise<readonly unknown[]> {
  const reply = await invite(...addresses);
  return addresses.map((address) => dig(reply.body, 'data', address, 'status'));
}

async function statusOf(eid: string): Promise<unknown> {
  return (await net.rest('GET', `/users/${eid}/status`)).body['status'];
}

function put(id: string, json: Record<string, unknown>): Promise<Reply> {
  return net.scim('PUT', `/Users/${id}`, { schemas: [CORE], ...json });
}

function login(userName: string, password: string, newPassword?: string): unknown {
  return net.sandbox.control.login(net.network.eid, {
    userName,
    password,
    ...(newPassword === undefined ? {} : { newPassword }),
  });
}

describe('Creating people over SCIM', () => {
  it('answers the account without its password, and the person is in REST at once', async () => {
    const reply = await net.scim('POST', '/Users', aPerson('0004711', { password: 'Jansen' }));
    expect(reply.status).toBe(201);
    expect(reply.headers['content-type']).toBe('application/scim+json; charset=utf-8');
    expect(reply.body).toMatchObject({
      id: textLike(/^\w{20}$/),
      userName: '0004711',
      externalId: '0004711',
      active: true,
    });
    expect(JSON.stringify(reply.body)).not.toContain('assword');
    const [person] = items(await net.rest('GET', '/users/', { accept: PLAIN }), 'users').filter(
      (one) => one['XID'] !== null,
    );
    expect(person).toMatchObject({
      XID: '0004711',
      fullName: 'Jan Jansen0004711',
      jobTitle: 'Verkoper',
      primaryEmail: 'p0004711@example.com',
    });
    expect(await statusOf(String(person?.['EID']))).toBe('inactive');
  });

  it('takes everything that the documents show, and a customer’s own extras', async () => {
    const more = {
      upn: 'j@example.com',
      phoneNumbers: [{ value: '+31612345678', type: 'mobile' }],
      preferredLanguage: 'nl-NL',
      Sleutel: 'x1',
      'urn:speakap:params:scim:bag': { login: '1' },
      'urn:scim:schemas:extension:enterprise:2.0': { employeeNumber: '1', department: {} },
    };
    const { id } = await net.person('1', more);
    const reply = await net.scim('GET', `/Users?filter=${encodeURIComponent('userName eq "1"')}`);
    expect(reply.body['Resources']).toEqual([
      withMembers({
        id,
        upn: 'j@example.com',
        preferredLanguage: 'nl-NL',
        phoneNumbers: more.phoneNumbers,
        'urn:speakap:params:scim:bag': { Sleutel: 'x1', login: '1' },
      }),
    ]);
  });

  it.each([
    ['user name', { userName: 'ABC', externalId: '2', emails: [] }],
    ['XID', { userName: 'x', externalId: 'abc', emails: [] }],
    ['e-mail address', { userName: 'x', externalId: '2', emails: [{ value: 'PABC@example.com' }] }],
  ])('refuses a taken %s', async (_what, taken) => {
    await net.person('abc');
    const reply = await net.scim('POST', '/Users', aPerson('other', taken));
    expect(reply.status).toBe(409);
    expect(reply.body).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '409',
      scimType: 'uniqueness',
      detail: SOME_TEXT,
    });
  });

  it('keeps an XID with zeros apart from one without', async () => {
    await net.person('0004711');
    expect((await net.scim('POST', '/Users', aPerson('4711'))).status).toBe(201);
  });
});

describe('SCIM refuses', () => {
  it.each([
    ['no token', 'GET', '/Users', undefined, { token: null }, 401],
    ['the token of REST', 'GET', '/Users', undefined, { token: 'Bearer 0123456789abcdef_x' }, 401],
    ['JSON', 'POST', '/Users', aPerson('1'), { type: 'application/json' }, 415],
    ['an Accept of HAL only', 'GET', '/Users', undefined, { accept: HAL }, 406],
    ['PATCH', 'PATCH', '/Users/x', aPerson('1'), {}, 405],
    ['DELETE', 'DELETE', '/Users/x', undefined, {}, 405],
    ['GET of one', 'GET', '/Users/x', undefined, {}, 405],
    ['Groups', 'GET', '/Groups', undefined, {}, 404],
    ['a / at the end', 'GET', '/Users/', undefined, {}, 404],
    ['more than 20', 'GET', '/Users?count=21', undefined, {}, 400],
    ['a page 0', 'GET', '/Users?startIndex=0', undefined, {}, 400],
    ['another filter', 'GET', '/Users?filter=externalId%20eq%20%221%22', undefined, {}, 400],
    ['another operator', 'GET', '/Users?filter=userName%20sw%20%221%22', undefined, {}, 400],
    ['another parameter', 'GET', '/Users?attributes=id', undefined, {}, 400],
    ['an unknown id', 'PUT', '/Users/x', aPerson('1'), {}, 404],
    ['no schemas', 'POST', '/Users', { userName: '1' }, {}, 400],
    ['no user name', 'POST', '/Users', { schemas: [CORE] }, {}, 400],
    ['a number as XID', 'POST', '/Users', aPerson('1', { externalId: 1 }), {}, 400],
    ['an undocumented attribute', 'POST', '/Users', aPerson('1', { displayName: 'Jan' }), {}, 400],
    ['an undocumented part of the name', 'POST', '/Users', aPerson('1', { name: { middleName: 'van' } }), {}, 400],
    ['another extension', 'POST', '/Users', aPerson('1', { 'urn:ietf:x': {} }), {}, 400],
    ['an address that is none', 'POST', '/Users', aPerson('1', { emails: [{ value: 'jan' }] }), {}, 400],
  ] as const)('%s', async (_what, method, path, json, sending, status) => {
    const reply = await net.scim(method, path, json, sending);
    expect(reply.status).toBe(status);
    expect(reply.body).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(status),
    });
  });
});

describe('Finding accounts', () => {
  it('by pages of 20', async () => {
    for (let index = 0; index < 25; index += 1) await net.person(`p${index}`);
    const page = await net.scim('GET', '/Users?startIndex=21&count=20');
    expect(page.body).toMatchObject({ totalResults: 25, startIndex: 21, itemsPerPage: 5 });
  });

  it('by user name or address, also when suspended', async () => {
    const { id } = await net.person('1');
    await put(id, { userName: '1', active: false });
    for (const filter of ['userName eq "1"', 'emails eq "P1@example.com"']) {
      const reply = await net.scim('GET', `/Users?filter=${encodeURIComponent(filter)}`);
      expect(reply.body['Resources']).toEqual([withMembers({ id, active: false })]);
    }
    const nobody = await net.scim('GET', `/Users?filter=${encodeURIComponent('userName eq "9"')}`);
    expect(nobody.body).toMatchObject({ totalResults: 0, Resources: [] });
  });
});

describe('SCIM PUT', () => {
  it('with switches only leaves the rest', async () => {
    const { id } = await net.person('1', { title: 'Kok' });
    await put(id, { userName: '1', externalId: '1-new', active: true });
    expect(net.stateOf('1-new')).toMatchObject({ userName: '1', profile: { title: 'Kok', email: 'p1@example.com' } });
  });

  it('with any attribute replaces the person as a whole, but not XID and active', async () => {
    const { id } = await net.person('1', { phoneNumbers: [{ value: '+31612345678' }] });
    await put(id, { userName: '1', active: false });
    const reply = await put(id, { userName: '1', name: { givenName: 'Piet', familyName: 'Pieters' } });
    expect(reply.status).toBe(200);
    expect(net.stateOf('1')).toMatchObject({
      active: false,
      profile: { givenName: 'Piet', title: null, email: null, phones: [] },
    });
  });

  it('refuses what belongs to somebody else, and its own is fine', async () => {
    const { id } = await net.person('1');
    await net.person('2');
    expect((await put(id, { userName: '2' })).status).toBe(409);
    expect((await put(id, { userName: '1', externalId: '2' })).body['scimType']).toBe('uniqueness');
    expect((await put(id, aPerson('1', { emails: [{ value: 'p2@example.com' }] }))).status).toBe(409);
    expect((await put(id, aPerson('1'))).status).toBe(200);
  });
});

describe('Suspended people', () => {
  it('disappear, but keep memberships, user name and XID, and come back as the same account', async () => {
    const unit = await net.group('/business-units/', { name: 'Utrecht' });
    const { id, eid } = await net.person('1');
    await net.join(eid, unit);
    const seen = async (): Promise<number> => items(await net.rest('GET', '/users/?embed=users'), 'users').length;
    await put(id, { userName: '1', active: false });
    expect(await seen()).toBe(1);
    expect(items(await net.rest('GET', `/memberships/?group=${unit}`, { accept: PLAIN }), 'memberships')).toEqual([]);
    expect((await net.rest('GET', `/users/${eid}/`)).status).toBe(404);
    expect((await net.join(eid, unit)).status).toBe(404);
    expect(await statusOf(eid)).toBe('canceled');
    expect(net.stateOf('1')?.groups).toHaveLength(1);
    expect((await net.scim('POST', '/Users', aPerson('1'))).status).toBe(409);
    await put(id, { userName: '1', active: true });
    expect(await seen()).toBe(2);
    expect(await statusOf(eid)).toBe('inactive');
  });

  it('who were active are deleted, and after 30 days gone for good', async () => {
    const { id, eid } = await net.person('1');
    net.sandbox.control.activate(net.network.eid, { xid: '1' });
    expect(await statusOf(eid)).toBe('active');
    await put(id, { userName: '1', active: false });
    now += 30 * DAY - 1;
    expect(await statusOf(eid)).toBe('deleted');
    now += 1;
    expect((await net.rest('GET', `/users/${eid}/status`)).status).toBe(404);
    expect((await put(id, { userName: '1', active: true })).status).toBe(404);
    expect((await net.scim('POST', '/Users', aPerson('1'))).status).toBe(201);
  });
});

describe('Invitations', () => {
  it('are sent once to an address, however often they are asked for', async () => {
    await net.person('1');
    const reply = await invite('p1@example.com');
    expect(reply.status).toBe(202);
    expect(reply.body).toEqual({
      ETC: SOME_TEXT,
      status: SOME_TEXT,
      data: { 'p1@example.com': { status: 'sent', EID: SOME_TEXT } },
    });
    expect(await outcomes('p1@example.com', 'P1@example.com')).toEqual(['invitee', 'invitee']);
    expect(net.state().invitationsByAddress).toEqual({ 'p1@example.com': 1 });
  });

  it('are not sent to members and to what is no address', async () => {
    await net.person('1');
    net.sandbox.control.activate(net.network.eid, { all: true });
    expect(await outcomes('p1@example.com', 'smithee@hotmail', 'nobody')).toEqual(['member', 'invalid', 'invalid']);
    expect(net.state().invitations).toEqual([]);
  });

  it('go by SMS to a telephone number', async () => {
    await net.person('1', { phoneNumbers: [{ value: '+31 6 1234 5678' }] });
    expect(await outcomes('+31612345678', '+0')).toEqual(['sent', 'invalid']);
    expect(net.state().invitations).toEqual([withMembers({ by: 'sms', xid: '1' })]);
    expect(await outcomes('p1@example.com')).toEqual(['invitee']);
  });

  it('reach one person once, also by two addresses in one call', async () => {
    await net.person('1', { phoneNumbers: [{ value: '+31612345678' }] });
    expect(await outcomes('p1@example.com', '+31612345678')).toEqual(['sent', 'invitee']);
    expect(await outcomes('new@example.com', 'NEW@example.com')).toEqual(['sent', 'invitee']);
    expect(net.state().invitations).toHaveLength(2);
    expect(net.state().people).toHaveLength(3);
  });

  it('to an unknown address make an invitee, who becomes a member', async () => {
    expect(await outcomes('new@example.com')).toEqual(['sent']);
    const eid = net.state().people.find((one) => one.profile.email === 'new@example.com')?.eid ?? '';
    expect(items(await net.rest('GET', '/users/?role=invitee&embed=users'), 'users')).toHaveLength(1);
    net.sandbox.control.activate(net.network.eid, { eid });
    expect(net.state().people.find((one) => one.eid === eid)).toMatchObject({
      status: 'active',
      networkRole: 'Member',
    });
  });

  it('are void when the address changes before activation', async () => {
    const { id } = await net.person('1');
    await invite('p1@example.com');
    await put(id, aPerson('1', { emails: [{ value: 'other@example.com' }] }));
    expect(await outcomes('other@example.com')).toEqual(['sent']);
  });

  it('bring a suspended person back', async () => {
    const { id, eid } = await net.person('1');
    await invite('p1@example.com');
    await put(id, { userName: '1', active: false });
    expect(await outcomes('p1@example.com')).toEqual(['sent']);
    expect(await statusOf(eid)).toBe('inactive');
  });
});

describe('A temporary password', () => {
  it('must be changed at the first login, for a strong one', async () => {
    await net.person('1', { password: 'Jansen' });
    expect(login('1', 'wrong')).toBe('incorrect_password');
    expect(login('1', 'Jansen')).toBe('reset_temporary_password');
    for (const weak of ['Short1!', 'alllowercase1', 'ALLUPPERCASE1', 'OnlyLetters', 'Jansen']) {
      expect(login('1', 'Jansen', weak)).toBe('weak_password');
    }
    expect(login('1', 'Jansen', 'Bakker-2024')).toBe('logged_in');
    expect(net.stateOf('1')).toMatchObject({ status: 'active', hasTemporaryPassword: false });
    expect(login('1', 'Jansen')).toBe('incorrect_password');
    expect(login('1', 'Bakker-2024')).toBe('logged_in');
  });

  it('lets nobody in who is suspended', async () => {
    const { id } = await net.person('1', { password: 'Jansen' });
    await put(id, { userName: '1', active: false });
    expect(login('1', 'Jansen', 'Bakker-2024')).toBe('incorrect_password');
  });
});
