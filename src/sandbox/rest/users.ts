import { feedback200, type Answer, type Call, type Route } from '../http/call.js';
import { formList } from '../http/form.js';
import { toEid } from '../http/query.js';
import { invalidRequest, notFound } from '../http/refusal.js';
import { joinEffects, leaveEffects } from '../rules/memberships.js';
import { statusOf } from '../rules/people.js';
import { visibleUsers } from '../rules/visibility.js';
import type { Eid, User } from '../state/entities.js';
import { pathEid, userInPath, visibleGroup } from './find.js';
import { collection, single } from './render.js';
import { userHref, userResource } from './resources.js';
import { dateFilter, matchesTerms, parseRoles, type Test } from './filters.js';

export const userRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: '/users/',
    permission: 'get_profiles',
    view: true,
    query: [
      'addable_to',
      'eid',
      'exclude_group',
      'exclude_role',
      'external',
      'group',
      'modified_since',
      'q',
      'role',
      'scope',
      'date_after',
      'date_before',
      'date_since',
      'date_until',
    ],
    handle: listUsers,
  },
  {
    method: 'GET',
    pattern: '/users/{user}/',
    permission: 'get_profiles',
    view: true,
    handle: (call) => single(call, userResource(call.network, userInPath(call))),
  },
  { method: 'GET', pattern: '/users/{user}/status', permission: 'get_profile_status', handle: userStatus },
  {
    method: 'POST',
    pattern: '/users/{user}/groups/add',
    permission: 'manage_memberships',
    body: 'form',
    handle: addToGroups,
  },
  {
    method: 'POST',
    pattern: '/users/{user}/groups/remove',
    permission: 'manage_memberships',
    body: 'form',
    handle: removeFromGroups,
  },
];

function listUsers(call: Call): Answer {
  const tests = filters(call);
  const users = candidates(call).filter((user) => tests.every((test) => test(user)));
  return collection(
    call,
    'user',
    users,
    (user) => userResource(call.network, user),
    (user) => userHref(call.network, user.eid),
  );
}

/** Looks at as few people as the filters allow. */
function candidates(call: Call): readonly User[] {
  const { network, query } = call;
  const eids = query.eids('eid') ?? groupMembers(call);
  if (eids === undefined) return visibleUsers(network);
  const users = [...new Set(eids)].map((eid) => network.users.get(eid));
  return users.filter((user): user is User => user?.suspendedAt === null);
}

function groupMembers(call: Call): readonly Eid[] | undefined {
  const group = call.query.eid('group');
  return group === undefined
    ? undefined
    : [...call.network.members.ofGroup(group)].map((membership) => membership.user);
}

function filters(call: Call): readonly Test<User>[] {
  const { query, network } = call;
  const tests: Test<User>[] = [];
  const group = query.eid('group');
  const excluded = query.eid('exclude_group');
  if (excluded !== undefined && group === undefined) throw invalidRequest('exclude_group needs group');
  const addableTo = query.eid('addable_to');
  for (const eid of [excluded, addableTo]) {
    if (eid !== undefined) tests.push((user) => network.members.of(user.eid, eid) === undefined);
  }
  if (group !== undefined) tests.push((user) => network.members.of(user.eid, group) !== undefined);
  const hasRole = roleTest(call, 'role', group);
  if (hasRole !== null) tests.push(hasRole);
  const hasExcludedRole = roleTest(call, 'exclude_role', group);
  if (hasExcludedRole !== null) tests.push((user) => !hasExcludedRole(user));
  if (query.flag('external')) tests.push((user) => network.members.of(user.eid, null)?.role === 'external');
  tests.push(...dateFilter<User>(query, (user) => user.lastModified));
  const terms = query.text('q');
  if (terms !== undefined) tests.push((user) => matchesTerms(terms, nameAndTitle(user)));
  // An application is in no group, so nobody is in one of its groups.
  if (query.choice('scope', ['my_groups', 'relevant_users', 'network']) === 'my_groups') tests.push(() => false);
  return tests;
}

/** A role in the group that is asked for, else in the network. */
function roleTest(call: Call, parameter: string, group: Eid | undefined): Test<User> | null {
  const roles = parseRoles(call, parameter);
  if (roles === null) return null;
  return (user) => roles.has(call.network.members.of(user.eid, group ?? null)?.role ?? '');
}

function nameAndTitle(user: User): string {
  const { givenName, familyName, title } = user.attributes;
  return `${givenName} ${familyName} ${title ?? ''}`;
}

function userStatus(call: Call): Answer {
  const user = call.network.users.get(pathEid(call, 0));
  if (user === undefined) throw notFound('user');
  return { status: 200, body: { status: statusOf(user) } };
}

function addToGroups(call: Call): Answer {
  const user = userInPath(call);
  call.commit(joinEffects(call.network, user.eid, groupsInForm(call), call.world.nowIso()));
  return feedback200('User has been added to the group(s)');
}

function removeFromGroups(call: Call): Answer {
  const user = userInPath(call);
  call.commit(leaveEffects(call.network, user.eid, groupsInForm(call), call.world.nowIso()));
  return feedback200('User has been removed from the group(s)');
}

/** @throws Refusal 400 for an unknown group: the documents know no other error here. */
function groupsInForm(call: Call): readonly Eid[] {
  return formList(call.form, 'groups').map((text) => {
    const eid = toEid(text, 'groups[]');
    if (visibleGroup(call, eid) === undefined) throw invalidRequest('a group in groups[] is unknown');
    return eid;
  });
}
