import type { z } from 'zod';
import { parseJson } from '../http/body.js';
import { type Answer, type Call, feedback202, type Route } from '../http/call.js';
import { invalidRequest, noStrayUser, notFound, onlyAdmin, strayUserPrevented } from '../http/refusal.js';
import { groupRoleEffects, leaveEffects, putMembership } from '../rules/memberships.js';
import { putUser, suspended } from '../rules/people.js';
import { assignableRole, isOnlyAdministrator, roleByKeyOrEid } from '../rules/roles.js';
import { visibleMemberships } from '../rules/visibility.js';
import type { Effect } from '../state/effects.js';
import type { Eid, Membership, User } from '../state/entities.js';
import { dateFilter, matchesTerms, parseRoles, type Test } from './filters.js';
import { membershipInPath, visibleGroup } from './find.js';
import { collection, single } from './render.js';
import { membershipHref, membershipResource } from './resources.js';
import { newMembershipBody } from './schemas.js';

type NewMembership = z.infer<typeof newMembershipBody>;

export const membershipRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: '/memberships/',
    permission: 'get_user_groups',
    view: true,
    query: ['group', 'q', 'role', 'excluded_role', 'date_after', 'date_before', 'date_since', 'date_until'],
    handle: listMemberships,
  },
  {
    method: 'GET',
    pattern: '/memberships/{membership}/',
    permission: 'get_user_groups',
    view: true,
    handle: (call) => single(call, membershipResource(call.network, membershipInPath(call))),
  },
  {
    method: 'POST',
    pattern: '/memberships/',
    permission: 'manage_memberships',
    body: 'json',
    handle: createMembership,
  },
  {
    method: 'DELETE',
    pattern: '/memberships/{membership}/',
    permission: 'manage_memberships',
    query: ['force', 'resolution'],
    handle: deleteMembership,
  },
];

function listMemberships(call: Call): Answer {
  const tests = filters(call);
  const found =
    tests.length === 0 ? candidates(call) : candidates(call).filter((one) => tests.every((test) => test(one)));
  return collection(
    call,
    'membership',
    found,
    (membership) => membershipResource(call.network, membership),
    (membership) => membershipHref(call.network, membership.eid),
  );
}

function candidates(call: Call): readonly Membership[] {
  const group = call.query.eid('group');
  if (group === undefined) return visibleMemberships(call.network);
  const { members, users } = call.network;
  return [...members.ofGroup(group)].filter((membership) => users.get(membership.user)?.suspendedAt === null);
}

function filters(call: Call): readonly Test<Membership>[] {
  const { query, network } = call;
  const tests = [...dateFilter<Membership>(query, (membership) => membership.since)];
  const roles = parseRoles(call, 'role');
  if (roles !== null) tests.push((membership) => roles.has(membership.role));
  const excluded = parseRoles(call, 'excluded_role');
  if (excluded !== null) tests.push((membership) => !excluded.has(membership.role));
  const terms = query.text('q');
  if (terms !== undefined)
    tests.push((membership) => matchesTerms(terms, fullName(network.users.get(membership.user))));
  return tests;
}

function fullName(user: User | undefined): string {
  return `${user?.attributes.givenName ?? ''} ${user?.attributes.familyName ?? ''}`;
}

/** The documents show only `rev` and `role`; the other members are assumed (docs/sandbox.md). */
function createMembership(call: Call): Answer {
  const body = parseJson(call.body, newMembershipBody);
  const { network } = call;
  const user = network.users.get(body.user.EID);
  if (user === undefined || user.suspendedAt !== null) throw notFound('user');
  const role = roleOf(call, body);
  if (body.rev === 'group') {
    if (visibleGroup(call, body.group.EID) === undefined) throw notFound('group');
    call.commit(groupRoleEffects(network, user.eid, body.group.EID, role, call.world.nowIso()));
  } else {
    call.commit(networkRoleEffects(call, user.eid, role));
  }
  return feedback202('Accepted for insertion', call);
}

function roleOf(call: Call, body: NewMembership): string {
  const text = 'key' in body.role ? body.role.key : body.role.EID;
  const byKey = 'key' in body.role ? roleByKeyOrEid(call.network, text)?.eid : text;
  const role = assignableRole(call.network, byKey ?? '', call.world.now());
  if (role === null) throw invalidRequest('role: there is no such role to give');
  if (role === 'external' && body.rev === 'group') throw invalidRequest('role: external is a role in the network');
  return role;
}

function networkRoleEffects(call: Call, user: Eid, role: string): readonly Effect[] {
  const membership = call.network.members.of(user, null);
  if (membership === undefined) throw notFound('network membership');
  if (role !== 'admin' && isOnlyAdministrator(call.network, user)) throw onlyAdmin();
  return [putMembership(call.network, { ...membership, role }, call.world.nowIso())];
}

/** Removes from the group, or suspends when it is the membership of the network. */
function deleteMembership(call: Call): Answer {
  const membership = membershipInPath(call);
  const isForced = call.query.flag('force');
  const resolution = call.query.choice('resolution', ['remove_from_group', 'remove_from_network']);
  if (resolution !== undefined && !isForced) throw invalidRequest('resolution needs force=true');
  const makesStray = isLastGroupOfExternal(call, membership);
  if (makesStray && !isForced) throw strayUserPrevented();
  if (resolution === 'remove_from_network' && membership.group !== null && !makesStray) throw noStrayUser();
  const fromNetwork = membership.group === null || resolution === 'remove_from_network';
  call.commit(
    fromNetwork
      ? suspendEffects(call, membership.user)
      : leaveEffects(call.network, membership.user, [membership.group], call.world.nowIso()),
  );
  return feedback202('Accepted for deletion', call);
}

/** Only external users can become stray. */
function isLastGroupOfExternal(call: Call, membership: Membership): boolean {
  const { members } = call.network;
  if (membership.group === null || members.of(membership.user, null)?.role !== 'external') return false;
  return [...members.ofUser(membership.user)].filter((one) => one.group !== null).length === 1;
}

function suspendEffects(call: Call, eid: Eid): readonly Effect[] {
  const user = call.network.users.get(eid);
  return user === undefined ? [] : [putUser(call.network, suspended(call.network, user, call.world.nowIso()))];
}
