import { expect, test } from 'vitest';
import { applyChanges } from '../../src/apply/apply.js';
import { MASKED, rehearse } from '../../src/apply/rehearse.js';
import type { Network, RoleRef } from '../../src/network/network.js';
import { rehearseSpeakapNetwork } from '../../src/network/speakap/speakap.js';
import type { ChangeToApply, StoredLink } from '../../src/store/changes.js';
import { CHANGE_ORDER, type Change } from '../../src/sync/change.js';
import { groupKey, type GroupRef } from '../../src/sync/group.js';
import { toEid, toXid } from '../../src/sync/ids.js';
import type { PersonState } from '../../src/sync/person.js';
import { NET, networkAt, serve } from '../network/server.js';
import { applyParts } from '../support/apply-parts.js';

const xid = toXid('0004711');
const user = toEid('00000000000000a1');
const membership = toEid('00000000000000a2');
const north = { kind: 'business_unit', name: 'North' } as const;
const bakery = { kind: 'department', name: 'Bakery' } as const;
const reason = { rule: 'groups[0]', text: 'because', rows: [2] };
const person: PersonState = {
  ...{ userName: '0004711', audience: 'letter', networkRole: 'member', memberships: {} },
  profile: { givenName: 'Ann', infix: 'van', familyName: 'Baker', email: 'ann@example.com', jobTitle: 'Baker' },
};
const groups = new Map([north, bakery].map((group, index) => [groupKey(group), toEid(`00000000000000b${index}`)]));

/** Of an administrator who leaves, others are asked for: that is a run's doing, and not this person's. */
const roles = new Map<string, RoleRef>([
  ['admin', 'admin'],
  ['Editor', toEid('00000000000000d1')],
]);

function aLink(link: Partial<StoredLink> = {}): StoredLink {
  const ids = { scimId: 'abc', userEid: user, membershipEid: membership };
  const rest = { password: null, invitedAt: null, suspendedAt: null };
  return {
    xid,
    state: 'active',
    userName: '0004711',
    written: { ...person, audience: 'email' },
    ...ids,
    ...rest,
    ...link,
  };
}

function toApply(changes: readonly Change[], link: StoredLink | null): readonly ChangeToApply[] {
  return changes.map((change, index) => ({ seq: index + 1, change, link }));
}

async function rehearsed(changes: readonly ChangeToApply[]) {
  const { network, sent } = rehearseSpeakapNetwork({ apiBase: 'http://network.example', networkEid: NET });
  const parts = { network, groups, roles };
  const problems = await rehearse({ ...parts, newUser: user, newMembership: membership }, changes);
  return { sent, problems };
}

/** Somebody who gets another profile, a group, a role, an invitation, and leaves another group. */
const CHANGES: readonly Change[] = [
  { kind: 'update', xid, reason, before: {}, after: person.profile, userName: '0004711', audience: 'email' },
  { kind: 'join', xid, reason, group: north },
  { kind: 'change_role', xid, reason, group: north, before: 'member', after: 'admin' },
  { kind: 'change_role', xid, reason, group: null, before: 'member', after: 'Editor' },
  { kind: 'invite', xid, reason, audience: 'email' },
  { kind: 'leave', xid, reason, group: bakery },
  { kind: 'suspend', xid, reason },
];

test('feature 1: what is rehearsed is letter by letter what a run sends', async () => {
  const changes = toApply(CHANGES, aLink());
  const { sent, problems } = await rehearsed(changes);
  // An answer without an address says nothing about the invitation; nothing else stands in the way.
  expect(problems).toHaveLength(1);
  const server = await serve(({ method, path }) => {
    if (path.endsWith('/invite')) return { body: { data: {} } };
    if (method === 'GET' && path.endsWith('/')) return { body: { EID: user, deleted: true } };
    return { body: method === 'PUT' ? { id: 'abc' } : {} };
  });
  const network = networkAt(server);
  for (const kind of CHANGE_ORDER)
    await applyAsARunDoes(
      network,
      changes.filter(({ change }) => change.kind === kind),
    );
  await network.close();
  await server.close();
  const real = server.asked.map(({ method, path, body, headers }) => [
    method,
    path,
    body,
    headers['content-type'] ?? null,
  ]);
  const said = sent.map(({ method, url, body, contentType }) => [
    method,
    new URL(url).pathname,
    body ?? '',
    contentType,
  ]);
  expect(said).toEqual(real);
  expect(said.length).toBe(10);
});

async function applyAsARunDoes(network: Network, changes: readonly ChangeToApply[]): Promise<void> {
  await applyChanges(applyParts({ network, groups: new Map(groups), roles }), changes);
}

test('a new person gets an account with a masked password, and then everything that builds on it', async () => {
  const south: GroupRef = { kind: 'business_unit', name: 'South' };
  const changes: readonly Change[] = [
    { kind: 'create_group', group: south, reason },
    { kind: 'create', xid, person, reason, sealedPassword: 'sealed' },
    { kind: 'join', xid, group: south, reason },
    { kind: 'invite', xid, audience: 'letter', reason },
  ];
  const { sent, problems } = await rehearsed(toApply(changes, null));
  expect(problems).toEqual([]);
  expect(sent.map(({ method, url }) => `${method} ${new URL(url).pathname.split(NET)[1] ?? ''}`)).toEqual([
    'POST /business-units/',
    'POST /scim/v2/Users',
    `POST /users/${user}/groups/add`,
  ]);
  const body = JSON.parse(sent[1]?.body ?? '') as { password: string; name: object };
  expect(body).toMatchObject({ password: MASKED, name: { givenName: 'Ann', familyName: 'van Baker' } });
  expect(JSON.stringify(sent)).not.toMatch(/sealed|Bearer/);
});

test('what cannot be sent says why', async () => {
  const changes: readonly Change[] = [
    { kind: 'change_role', xid, reason, group: null, before: 'member', after: 'Planner' },
  ];
  const { sent, problems } = await rehearsed(toApply(changes, aLink()));
  expect(sent).toEqual([]);
  expect(problems).toEqual(['The network has no role "Planner". Create it there or mend the mapping.']);
});
