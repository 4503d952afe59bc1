import { describe, expect, test } from 'vitest';
import * as errors from '../../src/network/errors.js';
import { toEid, toXid } from '../../src/sync/ids.js';
import { aGroup, aMembership, aUser, halCollection } from './builders.js';
import { collect, eid, failureOf, NET, pageOf, withNetwork, type Handler } from './server.js';

const HAL = 'application/vnd.speakap.api-v1.8.2+json+hal';
const PLAIN = 'application/vnd.speakap.api-v1.8.2+json';
const says =
  (body: object | string, status = 200): Handler =>
  () => ({ status, body });
const network = { EID: NET, type: 'network', name: 'Korenaar', subdomain: 'korenaar', environment: 'development' };

describe('reading a network', () => {
  test('describes itself, asked with the token of the app', async () => {
    await withNetwork(says(network), async (speakap, server) => {
      expect(await speakap.describe()).toEqual({
        eid: NET,
        name: 'Korenaar',
        subdomain: 'korenaar',
        environment: 'development',
      });
      const [asked] = server.asked;
      expect([asked?.method, asked?.path, asked?.query]).toEqual(['GET', `/networks/${NET}/`, '']);
      expect(asked?.headers.authorization).toBe('Bearer bbbbbbbbbbbbbbbb_app-secret');
      expect(asked?.headers.accept).toBe(PLAIN);
      expect(asked?.headers['content-type']).toBeUndefined();
    });
  });

  test('asks for another version when told to', async () => {
    const settings = { apiVersion: '2024.3.2' };
    await withNetwork(
      says(network),
      async (speakap, server) => {
        await speakap.describe();
        expect(server.asked[0]?.headers.accept).toBe('application/vnd.speakap.api-v2024.3.2+json');
      },
      settings,
    );
  });

  test('keeps a path in front of /networks', async () => {
    await withNetwork(says(network), async (_, server) => {
      const { createSpeakapNetwork } = await import('../../src/network/speakap/speakap.js');
      const facts = { networkEid: NET, appEid: 'b', appSecret: 's', scimToken: 't' };
      const behindPath = createSpeakapNetwork({ ...facts, apiBase: `${server.url}/eu/` });
      await behindPath.describe();
      await behindPath.close();
      expect(server.asked[0]?.path).toBe(`/eu/networks/${NET}/`);
    });
  });

  test('groups come with their kind, local departments with the name of their business unit', async () => {
    const groups = [
      aGroup(1, 'business_unit', 'Store 12'),
      aGroup(2, 'department', 'Bakery'),
      aGroup(3, 'local_dept', 'Bakery', 1),
      aGroup(4, 'secret', 'Works council'),
      aGroup(5, 'something_new', 'Of another kind'),
      aGroup(6, 'local_dept', 'Of a business unit that is gone', 99),
    ];
    await withNetwork(says(halCollection('groups', groups)), async (speakap, server) => {
      expect(await speakap.groups()).toEqual([
        { eid: eid(1), group: { kind: 'business_unit', name: 'Store 12' } },
        { eid: eid(2), group: { kind: 'department', name: 'Bakery' } },
        { eid: eid(3), group: { kind: 'local_department', businessUnit: 'Store 12', department: 'Bakery' } },
        { eid: eid(4), group: { kind: 'topic', name: 'Works council' } },
      ]);
      expect(server.asked[0]?.path).toBe(`/networks/${NET}/groups/`);
      expect(server.asked[0]?.query).toBe(
        'scope=network&include_hidden=true&include_secret=true&embed=groups&offset=0&limit=1000',
      );
      expect(server.asked[0]?.headers.accept).toBe(HAL);
    });
  });

  test('an empty collection without embedded data is empty, one with links and no data is not as documented', async () => {
    await withNetwork(says({ _links: { self: { href: '/' } } }), async (speakap) => {
      expect(await speakap.groups()).toEqual([]);
    });
    await withNetwork(says({ _links: { groups: [{ href: '/' }] } }), async (speakap) => {
      expect(await failureOf(speakap.groups())).toBeInstanceOf(errors.UnexpectedAnswer);
    });
  });

  test('roles', async () => {
    const roles = [
      { EID: eid(1), key: 'admin', type: 'role', roleType: 'built_in', name: 'Admin' },
      { EID: eid(2), type: 'role', roleType: 'user_defined', name: 'Store manager' },
    ];
    await withNetwork(says({ roles }), async (speakap, server) => {
      expect(await speakap.roles()).toEqual([
        { eid: eid(1), key: 'admin', name: 'Admin' },
        { eid: eid(2), key: null, name: 'Store manager' },
      ]);
      expect(server.asked[0]?.headers.accept).toBe(PLAIN);
    });
  });
});

describe('reading people', () => {
  const everybody = Array.from({ length: 2_500 }, (_, index) => aUser(index));
  const users: Handler = (asked) => ({ body: { users: pageOf(everybody, asked) } });

  test('come page by page until a page is short, with what is needed of them and no more', async () => {
    await withNetwork(users, async (speakap, server) => {
      const people = await collect(speakap.people());
      expect(people).toHaveLength(2_500);
      expect(people[11]).toEqual({ eid: eid(11), xid: '0000011', profile: {}, groups: null });
      expect(server.asked.map(({ search }) => search.get('offset'))).toEqual(['0', '999', '1998']);
      expect(server.asked[0]?.search.get('limit')).toBe('1000');
      expect(server.asked[0]?.search.get('scope')).toBe('network');
      expect(server.asked[0]?.search.get('properties')).toContain('XID');
    });
  });

  test('the profile is what Speakap shows, without what is empty', async () => {
    const user = aUser(1, {
      XID: null,
      name: { firstName: 'Jan', infix: 'van der', familyName: 'Berg' },
      primaryEmail: 'jan@example.com',
      jobTitle: '',
      preferredLanguage: 'nl-NL',
      telephoneNumbers: [{ label: 'work', value: '+31201234567' }],
      newMember: { of: 'a later version' },
    });
    await withNetwork(says({ users: [user] }), async (speakap) => {
      const [person] = await collect(speakap.people());
      expect(person?.xid).toBeNull();
      expect(person?.profile).toEqual({
        givenName: 'Jan',
        infix: 'van der',
        familyName: 'Berg',
        email: 'jan@example.com',
        preferredLanguage: 'nl-NL',
        telephoneNumber: '+31201234567',
      });
    });
  });

  test('finding people reads ids only, and stops when all are found', async () => {
    await withNetwork(users, async (speakap, server) => {
      const wanted = new Set([toXid('0000003'), toXid('0000007')]);
      const found = await speakap.findPeople(wanted);
      expect([...found]).toEqual([
        ['0000003', eid(3)],
        ['0000007', eid(7)],
      ]);
      expect(server.asked).toHaveLength(1);
      expect(server.asked[0]?.search.get('properties')).toBe('EID,XID');
    });
  });

  test('several profiles come in one request for these people, without those who are marked as deleted', async () => {
    const here = aUser(1, { name: { firstName: 'Jan' }, jobTitle: 'Baker' });
    await withNetwork(says({ users: [here, aUser(2, { deleted: true })] }), async (speakap, server) => {
      expect([...(await speakap.profiles([1, 2, 3].map(eid).map(toEid)))]).toEqual([
        [eid(1), { givenName: 'Jan', jobTitle: 'Baker' }],
      ]);
      const asked = server.asked[0]?.search;
      expect(asked?.get('eid')).toBe([1, 2, 3].map(eid).join(','));
      expect([asked?.get('scope'), asked?.get('limit')]).toEqual(['network', '3']);
      expect((await speakap.profiles([])).size).toBe(0);
      expect(server.asked).toHaveLength(1);
      const tooMany = Array.from({ length: 1_001 }, (_, index) => toEid(eid(index)));
      await expect(speakap.profiles(tooMany)).rejects.toThrow(RangeError);
    });
  });

  test('who is not found is absent, and nobody is asked for nobody', async () => {
    await withNetwork(users, async (speakap, server) => {
      expect((await speakap.findPeople(new Set([toXid('3')]))).size).toBe(0);
      const asked = server.asked.length;
      expect((await speakap.findPeople(new Set())).size).toBe(0);
      expect(server.asked).toHaveLength(asked);
    });
  });

  /** A person as told, who is in these topic groups. */
  const personWith =
    (person: object, ...topics: object[]): Handler =>
    (asked) => ({
      body: asked.path.endsWith('/groups/') ? halCollection('groups', topics) : { ...aUser(1), ...person },
    });

  test('one person comes with its groups of the organisation and its topic groups', async () => {
    const _embedded = { organizationGroups: [aGroup(2, 'business_unit', 'Store 12'), aGroup(4, 'secret', 'Council')] };
    const _links = { organizationGroups: { href: `/networks/${NET}/groups/?user=${eid(1)}` } };
    const handler = personWith({ _embedded, _links }, aGroup(3, 'public', 'Chess'), aGroup(4, 'secret', 'Council'));
    await withNetwork(handler, async (speakap, server) => {
      expect((await speakap.person(toEid(eid(1))))?.groups).toEqual([eid(2), eid(4), eid(3)]);
      const [user, groups] = server.asked;
      expect(user?.path).toBe(`/networks/${NET}/users/${eid(1)}/`);
      expect(user?.query).toBe('embed=organizationGroups&limit[organizationGroups]=1000');
      expect(user?.headers.accept).toBe(HAL);
      expect(groups?.query).toContain(`include_secret=true&user=${eid(1)}&type=basic`);
    });
  });

  test('one person comes with its groups also when they are links only', async () => {
    const link = { href: `/networks/${NET}/groups/${eid(2)}/` };
    await withNetwork(personWith({ _links: { organizationGroups: [link] } }), async (speakap) => {
      expect((await speakap.person(toEid(eid(1))))?.groups).toEqual([eid(2)]);
    });
  });

  test('one person without the groups that were asked for is not as documented', async () => {
    const link = { href: `/networks/${NET}/groups/?user=${eid(1)}` };
    await withNetwork(personWith({ _links: { organizationGroups: link } }), async (speakap) => {
      expect(await failureOf(speakap.person(toEid(eid(1))))).toBeInstanceOf(errors.UnexpectedAnswer);
    });
  });

  test('a person who is gone is null, as long as the network is not', async () => {
    const goneFrom =
      (path: RegExp): Handler =>
      (asked) =>
        path.test(asked.path) ? { status: 404, body: { code: -4, message: 'Not Found' } } : { body: network };
    await withNetwork(goneFrom(/users/), async (speakap) => {
      expect(await speakap.person(toEid(eid(1)))).toBeNull();
    });
    await withNetwork(goneFrom(/./), async (speakap) => {
      expect(await failureOf(speakap.person(toEid(eid(1))))).toBeInstanceOf(errors.NotFound);
    });
  });

  test('a person who is marked as deleted is null', async () => {
    await withNetwork(says(aUser(1, { deleted: true })), async (speakap) => {
      expect(await speakap.person(toEid(eid(1)))).toBeNull();
    });
  });
});

describe('reading memberships', () => {
  const memberships = [
    { ...aMembership(1, 11, 'admin'), invitedAt: '2026-04-10T09:11:15.123+01:00' },
    aMembership(2, 11, 'member', 'group'),
    aMembership(3, 12, eid(77)),
  ];

  test('those of the network leave those of groups out', async () => {
    await withNetwork(says(halCollection('memberships', memberships)), async (speakap, server) => {
      expect(await collect(speakap.networkMemberships())).toEqual([
        { eid: eid(1), user: eid(11), role: 'admin', invitedAt: '2026-04-10T09:11:15.123+01:00' },
        { eid: eid(3), user: eid(12), role: eid(77), invitedAt: null },
      ]);
      expect(server.asked[0]?.query).toBe('embed=memberships&offset=0&limit=1000');
      expect(server.asked[0]?.headers.accept).toBe(HAL);
    });
  });

  test('those of a group are asked for by group', async () => {
    await withNetwork(says(halCollection('memberships', memberships)), async (speakap, server) => {
      expect(await collect(speakap.groupMemberships(toEid(eid(5))))).toHaveLength(1);
      expect(server.asked[0]?.search.get('group')).toBe(eid(5));
    });
  });

  test('one without a person is not as documented', async () => {
    const orphan = { EID: eid(1), rev: 'network', role: 'admin', _links: {} };
    await withNetwork(says(halCollection('memberships', [orphan])), async (speakap) => {
      expect((await failureOf(collect(speakap.networkMemberships()))).message).toMatch(/user/);
    });
  });
});
