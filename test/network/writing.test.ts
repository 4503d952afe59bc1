import { describe, expect, test } from 'vitest';
import * as errors from '../../src/network/errors.js';
import type { Invitee, NewGroup, RoleRef } from '../../src/network/network.js';
import { toEid, toXid, type Eid } from '../../src/sync/ids.js';
import { aGroup, aMembership, aUser, bakery, halCollection } from './builders.js';
import { eid, failureOf, inTurn, NET, withNetwork, type Handler } from './server.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const ANN = toEid(eid(1));
const BOB = toEid(eid(2));
const [STORE, BAKERY] = [toEid(eid(2)), toEid(eid(3))];
const local: NewGroup = {
  group: { kind: 'local_department', businessUnit: 'Store 12', department: 'Bakery' },
  businessUnit: STORE,
  department: BAKERY,
};

const created: Handler = () => ({ status: 201, body: { EID: eid(9), status: 'Created', uri: '/' } });
const says =
  (body: object | string, status = 200): Handler =>
  () => ({ status, body });

describe('creating groups', () => {
  test.each<[string, NewGroup, string, object]>([
    ['a business unit', { group: bakery }, 'business-units/', { name: 'Bakery' }],
    [
      'a department, not hidden',
      { group: { kind: 'department', name: 'Bakery' } },
      'departments/',
      { name: 'Bakery', hidden: false },
    ],
    [
      'a local department of its parents',
      local,
      'local-departments/',
      { name: 'Bakery', businessUnit: { EID: STORE, type: 'group' }, department: { EID: BAKERY, type: 'group' } },
    ],
    ['a topic group', { group: { kind: 'topic', name: 'Chess' } }, 'groups/', { groupType: 'private', name: 'Chess' }],
  ])('%s', async (_, wanted, path, body) => {
    await withNetwork(created, async (speakap, server) => {
      expect(await speakap.createGroup(wanted)).toBe(eid(9));
      const [asked] = server.asked;
      expect([asked?.method, asked?.path]).toEqual(['POST', `/networks/${NET}/${path}`]);
      expect(asked?.headers['content-type']).toBe(JSON_TYPE);
      expect(JSON.parse(asked?.body ?? '')).toEqual(body);
    });
  });

  test('the app does not join the topic group that it creates, and its type is a setting', async () => {
    const settings = { topicGroupType: 'restricted' } as const;
    await withNetwork(
      created,
      async (speakap, server) => {
        await speakap.createGroup({ group: { kind: 'topic', name: 'Chess' } });
        expect(server.asked[0]?.query).toBe('join=false');
        expect(server.asked[0]?.body).toContain('restricted');
      },
      settings,
    );
  });

  test('the EID is found in the address when it is not said', async () => {
    const uri = `/networks/${NET}/groups/${eid(9)}/`;
    await withNetwork(says({ status: 'Created', uri }, 201), async (speakap) => {
      expect(await speakap.createGroup({ group: bakery })).toBe(eid(9));
    });
  });

  test('an accepted group is waited for until it can be seen', async () => {
    const handler = inTurn(
      says({ ETC: '2026-11-23T12:00:00Z', status: 'Accepted' }, 202),
      says(halCollection('groups', [])),
      says(halCollection('groups', [aGroup(8, 'business_unit', 'Butcher')])),
      says(halCollection('groups', [aGroup(8, 'business_unit', 'Butcher'), aGroup(9, 'business_unit', 'BAKERY ')])),
    );
    await withNetwork(handler, async (speakap, server) => {
      expect(await speakap.createGroup({ group: bakery })).toBe(eid(9));
      expect(server.asked).toHaveLength(4);
      expect(server.asked[1]?.search.get('type')).toBe('business_unit');
    });
  });

  test('an accepted local department is looked for under its business unit', async () => {
    const handler = inTurn(
      says({ EID: eid(9), ETC: 3, status: 'Accepted' }, 202),
      says(halCollection('groups', [aGroup(7, 'local_dept', 'Bakery', 55), aGroup(9, 'local_dept', 'Bakery', 2)])),
    );
    await withNetwork(handler, async (speakap, server) => {
      expect(await speakap.createGroup(local)).toBe(eid(9));
      expect(server.asked[1]?.search.get('parent')).toBe(STORE);
    });
  });

  test('an accepted group that never appears is an error of unknown effect', async () => {
    const handler = inTurn(says({ EID: eid(9), ETC: 3 }, 202), says(halCollection('groups', [])));
    await withNetwork(
      handler,
      async (speakap) => {
        const failure = await failureOf(speakap.createGroup({ group: bakery }));
        expect(failure).toBeInstanceOf(errors.UnexpectedAnswer);
        expect(failure).toMatchObject({ effect: 'unknown' });
      },
      { visibleWithinMs: 100 },
    );
  });

  test.each([
    [{ code: -17, message: 'Group Name In Use' }, 409],
    [{ code: '-17', message: 'Group Name In Use' }, 400],
    [{ message: 'in use' }, 409],
  ])('a name that is in use says so: %j with %d', async (body, status) => {
    await withNetwork(says(body, status), async (speakap) => {
      expect(await failureOf(speakap.createGroup({ group: bakery }))).toBeInstanceOf(errors.NameInUse);
    });
  });

  test('a local department without its parents is a mistake of the caller', async () => {
    await withNetwork(created, async (speakap, server) => {
      expect(await failureOf(speakap.createGroup({ group: local.group }))).toBeInstanceOf(RangeError);
      expect(server.asked).toEqual([]);
    });
  });
});

describe('joining and leaving', () => {
  test.each(['add', 'remove'] as const)('groups/%s takes a form', async (action) => {
    await withNetwork(says({ status: 'Done' }), async (speakap, server) => {
      await (action === 'add' ? speakap.join(ANN, [STORE, BAKERY]) : speakap.leave(ANN, [STORE, BAKERY]));
      const [asked] = server.asked;
      expect(asked?.path).toBe(`/networks/${NET}/users/${ANN}/groups/${action}`);
      expect(asked?.headers['content-type']).toBe(FORM_TYPE);
      expect([...new URLSearchParams(asked?.body)]).toEqual([
        ['groups[]', STORE],
        ['groups[]', BAKERY],
      ]);
    });
  });

  test.each([
    ['204', says('', 204)],
    ['an empty 200', says('', 200)],
  ])('%s is success', async (_, handler) => {
    await withNetwork(handler, async (speakap) => {
      await speakap.join(ANN, [STORE]);
    });
  });

  test('no groups are no request', async () => {
    await withNetwork(says({}), async (speakap, server) => {
      await speakap.join(ANN, []);
      expect(server.asked).toEqual([]);
    });
  });

  const annIn = (...groups: number[]): Handler =>
    says({ ...aUser(1), _embedded: { organizationGroups: groups.map((group) => ({ EID: eid(group) })) } });

  const noTopics = says(halCollection('groups', []));

  test('what was only accepted is waited for until it can be seen', async () => {
    const handler = inTurn(says({ ETC: 3 }, 202), annIn(), noTopics, annIn(2), noTopics);
    await withNetwork(handler, async (speakap, server) => {
      await speakap.join(ANN, [STORE]);
      expect(server.asked).toHaveLength(5);
    });
  });

  test('a refusal is no failure when the person is where it should be', async () => {
    const refused = says({ code: -9, message: 'Already Member' }, 409);
    await withNetwork(inTurn(refused, annIn(2), noTopics), async (speakap) => {
      await speakap.join(ANN, [STORE]);
    });
    await withNetwork(inTurn(refused, annIn(3), noTopics), async (speakap) => {
      expect(await failureOf(speakap.join(ANN, [STORE]))).toBeInstanceOf(errors.Conflict);
    });
  });
});

describe('roles', () => {
  test('on the network are changed in one form, and what failed comes with a reason that names nobody', async () => {
    const failed = { [eid(21)]: 'Insufficient privileges', [eid(22)]: 'Ann Smith may not do that' };
    await withNetwork(says({ status: 'Changed', data: { failed } }), async (speakap, server) => {
      const roles = new Map<Eid, RoleRef>([
        [toEid(eid(21)), 'admin'],
        [toEid(eid(22)), toEid(eid(77))],
      ]);
      expect([...(await speakap.changeNetworkRoles(roles))]).toEqual([
        [eid(21), 'Insufficient privileges'],
        [eid(22), 'refused without a documented reason'],
      ]);
      expect(server.asked[0]?.path).toBe(`/networks/${NET}/changeroles`);
      expect([...new URLSearchParams(server.asked[0]?.body)]).toEqual([
        [`memberships[${eid(21)}]`, 'admin'],
        [`memberships[${eid(22)}]`, eid(77)],
      ]);
    });
  });

  test('nothing failed when there is no data, and an empty list is an empty map', async () => {
    const roles = new Map([[toEid(eid(21)), 'admin' as const]]);
    for (const body of [{ status: 'Changed' }, { status: 'Changed', data: { failed: [] } }]) {
      await withNetwork(says(body), async (speakap) => {
        expect((await speakap.changeNetworkRoles(roles)).size).toBe(0);
      });
    }
  });

  test('in a group are set as a membership, and read back when only accepted', async () => {
    const handler = inTurn(
      says({ EID: eid(31), ETC: 3 }, 202),
      says(halCollection('memberships', [aMembership(30, 5, 'admin', 'group'), aMembership(32, 2, 'admin', 'group')])),
      says(halCollection('memberships', [aMembership(31, 1, 'admin', 'group')])),
    );
    await withNetwork(handler, async (speakap, server) => {
      expect(await speakap.setGroupRole(ANN, STORE, 'admin')).toBe('accepted');
      expect(await speakap.awaitGroupRole(new Set([ANN, BOB]), STORE, 'admin')).toEqual(new Set());
      expect(server.asked).toHaveLength(3);
      expect(server.asked[0]?.path).toBe(`/networks/${NET}/memberships/`);
      expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual({
        rev: 'group',
        role: { key: 'admin' },
        user: { EID: ANN, type: 'user' },
        group: { EID: STORE, type: 'group' },
      });
      expect(server.asked[1]?.search.get('role')).toBe('admin');
    });
  });

  test('a custom role is named by its EID', async () => {
    await withNetwork(says('', 204), async (speakap, server) => {
      expect(await speakap.setGroupRole(ANN, STORE, toEid(eid(77)))).toBe('done');
      expect(server.asked[0]?.body).toContain(`"role":{"EID":"${eid(77)}"}`);
    });
  });
});

describe('invitations', () => {
  const ann: Invitee = { name: 'Ann', address: 'Ann@Example.com', by: 'email' };
  const bob: Invitee = { name: 'Bob', address: '+31612345678', by: 'sms' };

  test('go by e-mail and SMS in one form, and are answered by address', async () => {
    const data = { 'ann@example.com': { status: 'sent', EID: eid(1) }, '+31612345678': { status: 'later' } };
    await withNetwork(says({ ETC: '2026-11-23T12:00:00Z', status: 'Scheduled', data }), async (speakap, server) => {
      expect([...(await speakap.invite([ann, bob, { ...ann, address: 'c@example.com' }]))]).toEqual([
        ['Ann@Example.com', { status: 'sent', user: eid(1) }],
        ['+31612345678', { status: 'unknown', user: null }],
        ['c@example.com', { status: 'unknown', user: null }],
      ]);
      expect(server.asked[0]?.path).toBe(`/networks/${NET}/invite`);
      expect([...new URLSearchParams(server.asked[0]?.body)].slice(0, 4)).toEqual([
        ['invitees[0][name]', 'Ann'],
        ['invitees[0][email]', 'Ann@Example.com'],
        ['invitees[1][name]', 'Bob'],
        ['invitees[1][telephoneNumber]', '+31612345678'],
      ]);
    });
  });

  test('nobody is no request, and more than 1,000 are refused here', async () => {
    await withNetwork(says({}), async (speakap, server) => {
      expect((await speakap.invite([])).size).toBe(0);
      expect(await failureOf(speakap.invite(Array.from({ length: 1_001 }, () => ann)))).toBeInstanceOf(RangeError);
      expect(server.asked).toEqual([]);
    });
  });

  test('an answer without the addresses names none of them in its error', async () => {
    const data = { 'ann@example.com': { state: 'sent' } };
    await withNetwork(says({ data }), async (speakap) => {
      const failure = await failureOf(speakap.invite([ann]));
      expect(failure).toBeInstanceOf(errors.UnexpectedAnswer);
      expect(failure.message).toContain('data');
      expect(failure.message.toLowerCase()).not.toContain('ann');
    });
  });
});

describe('accounts over SCIM', () => {
  const profile = {
    givenName: 'Jan',
    infix: 'van der',
    familyName: 'Berg',
    jobTitle: 'Bedrijfsleider',
    email: 'j@example.com',
    telephoneNumber: '+31612345678',
    preferredLanguage: 'nl-NL',
    upn: 'j@corp.example.com',
  };
  const jan = { userName: '0004711', xid: toXid('0004711'), profile };
  const full = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: '0004711',
    externalId: '0004711',
    upn: 'j@corp.example.com',
    name: { givenName: 'Jan', familyName: 'van der Berg' },
    emails: [{ value: 'j@example.com', primary: true, type: 'Work' }],
    title: 'Bedrijfsleider',
    phoneNumbers: [{ value: '+31612345678', primary: true, type: 'mobile' }],
    preferredLanguage: 'nl-NL',
    'urn:speakap:params:scim:bag': { login: '0004711' },
    'urn:scim:schemas:extension:enterprise:2.0': { employeeNumber: '0004711', department: {} },
  };

  test('are created as printed, with a temporary password only when there is one', async () => {
    await withNetwork(says({ id: '3LkWabc' }, 201), async (speakap, server) => {
      expect(await speakap.createAccount({ ...jan, temporaryPassword: 'Welkom' })).toBe('3LkWabc');
      const [asked] = server.asked;
      expect([asked?.method, asked?.path]).toEqual(['POST', `/networks/${NET}/scim/v2/Users`]);
      expect(asked?.headers['content-type']).toBe('application/scim+json');
      expect(asked?.headers.accept).toBe('application/scim+json');
      expect(asked?.headers.authorization).toBe('Bearer scim-token');
      expect(JSON.parse(asked?.body ?? '')).toEqual({ ...full, active: true, password: 'Welkom' });
    });
  });

  test('are updated as a whole, without being restored by it', async () => {
    await withNetwork(says({ id: '3LkW' }), async (speakap, server) => {
      await speakap.updateAccount('3Lk/W', jan);
      expect([server.asked[0]?.method, server.asked[0]?.path]).toEqual([
        'PUT',
        `/networks/${NET}/scim/v2/Users/3Lk%2FW`,
      ]);
      expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual(full);
    });
  });

  test('of people of whom little is known carry nothing empty', async () => {
    await withNetwork(says({ id: '3LkW' }, 201), async (speakap, server) => {
      await speakap.createAccount({ ...jan, profile: {} });
      const { name, emails, title, upn } = JSON.parse(server.asked[0]?.body ?? '') as Record<string, unknown>;
      expect([name, emails, title, upn]).toEqual([undefined, undefined, undefined, undefined]);
    });
  });

  test('are suspended and restored by three members only', async () => {
    await withNetwork(says({ id: '3LkW' }), async (speakap, server) => {
      await speakap.setActive('3LkW', '0004711', false);
      const { schemas } = full;
      expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual({ schemas, userName: '0004711', active: false });
    });
  });

  test('are found by user name, the exact one before one that differs in case', async () => {
    const emails = [{ value: 'old@mail.example' }, { value: 'jan@mail.example', primary: true }];
    const Resources = [
      { id: 'one', userName: 'JAN', externalId: '1', active: true },
      { id: 'two', userName: 'jan', externalId: '0002', active: false, emails },
    ];
    await withNetwork(says({ totalResults: 2, Resources }), async (speakap, server) => {
      const jan = { id: 'two', userName: 'jan', xid: '0002', active: false, email: 'jan@mail.example' };
      expect(await speakap.findAccount('jan')).toEqual(jan);
      expect(await speakap.findAccount('Jan')).toMatchObject({ id: 'one', email: null });
      expect(await speakap.findAccount('somebody')).toBeNull();
      expect(server.asked[0]?.query).toBe('filter=userName eq "jan"');
    });
  });

  test('are not found when there are none', async () => {
    await withNetwork(says({ totalResults: 0 }), async (speakap) => {
      expect(await speakap.findAccount('jan')).toBeNull();
    });
  });

  test('stand at another address when told so', async () => {
    await withNetwork(says({ id: '1', totalResults: 0 }), async (_, server) => {
      const { networkAt } = await import('./server.js');
      const elsewhere = networkAt(server, { scimBase: `${server.url}/provisioning/` });
      await elsewhere.findAccount('jan');
      await elsewhere.close();
      expect(server.asked[0]?.path).toBe('/provisioning/Users');
    });
  });

  test('a taken user name is a conflict, by status or by SCIM type', async () => {
    const taken = { schemas: [], status: '409', scimType: 'uniqueness' };
    for (const status of [409, 400]) {
      await withNetwork(says(taken, status), async (speakap) => {
        expect(await failureOf(speakap.createAccount(jan))).toBeInstanceOf(errors.Conflict);
      });
    }
  });
});
