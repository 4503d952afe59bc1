import { type Answer, type Call, feedback202, type Route } from '../http/call.js';
import { parseJson } from '../http/body.js';
import { invalidRequest, notAMember, notFound, notPlayed, onlyAdmin, Refusal } from '../http/refusal.js';
import { leaveEffects } from '../rules/memberships.js';
import { checkGroupName, isBasic } from '../rules/names.js';
import { visibleGroups } from '../rules/visibility.js';
import type { Effect } from '../state/effects.js';
import { GROUP_TYPES, type Eid, type Group } from '../state/entities.js';
import { parseEid } from '../state/ids.js';
import { dateFilter, matchesTerms, parseRoles, type Test } from './filters.js';
import { groupInPath } from './find.js';
import { collection, single } from './render.js';
import { groupHref, groupResource } from './resources.js';
import { renamedGroup, userResourceBody } from './schemas.js';

export const groupRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: '/groups/',
    permission: 'list_groups',
    view: true,
    query: [
      'addressable_for',
      'ancestor',
      'admin',
      'include_hidden',
      'include_secret',
      'invitee',
      'label',
      'modified_since',
      'parent',
      'permission',
      'q',
      'role',
      'scope',
      'type',
      'user',
      'date_after',
      'date_before',
      'date_since',
      'date_until',
    ],
    handle: listGroups,
  },
  {
    method: 'GET',
    pattern: '/groups/{group}/',
    permission: 'list_groups',
    view: true,
    handle: (call) => single(call, groupResource(call.network, groupInPath(call))),
  },
  { method: 'PUT', pattern: '/groups/{group}/', permission: 'manage_groups', body: 'json', handle: renameGroup },
  { method: 'DELETE', pattern: '/groups/{group}/', permission: 'manage_groups', handle: deleteGroup },
  {
    method: 'POST',
    pattern: '/groups/{group}/leave',
    permission: 'manage_memberships',
    body: 'form_or_json',
    handle: leaveGroup,
  },
];

function listGroups(call: Call): Answer {
  const tests = filters(call);
  const groups = visibleGroups(call.world, call.network).filter((group) => tests.every((test) => test(group)));
  return collection(
    call,
    'group',
    groups,
    (group) => groupResource(call.network, group),
    (group) => groupHref(call.network, group.eid),
  );
}

function filters(call: Call): readonly Test<Group>[] {
  const { query, network } = call;
  for (const name of ['addressable_for', 'permission', 'label']) {
    if (query.text(name) !== undefined) throw notPlayed(`the filter ${name}`);
  }
  const tests: Test<Group>[] = [
    ...dateFilter<Group>(query, (group) => network.groupModified.get(group.eid) ?? group.created),
  ];
  if (!query.flag('include_hidden')) tests.push((group) => !group.hidden);
  if (!query.flag('include_secret')) tests.push((group) => group.groupType !== 'secret');
  const parent = query.eid('parent');
  if (parent !== undefined) tests.push((group) => group.parent === parent);
  const ancestor = query.eid('ancestor');
  if (ancestor !== undefined) tests.push((group) => hasAncestor(call, group, ancestor));
  const types = parseTypes(query.list('type'));
  if (types !== null) tests.push((group) => types.has(group.groupType) || (types.has('basic') && isBasic(group)));
  const terms = query.text('q');
  if (terms !== undefined) tests.push((group) => matchesTerms(terms, group.name));
  if (query.choice('scope', ['my_groups', 'relevant_groups', 'network']) === 'my_groups') tests.push(() => false);
  if (query.eid('invitee') !== undefined) tests.push(() => false);
  tests.push(...memberFilters(call));
  return tests;
}

function memberFilters(call: Call): readonly Test<Group>[] {
  const { query, network } = call;
  const tests: Test<Group>[] = [];
  const user = query.eid('user');
  const roles = parseRoles(call, 'role');
  if (roles !== null && user === undefined) throw invalidRequest('role needs user');
  if (user !== undefined) {
    call.need('get_user_groups');
    tests.push((group) => {
      const role = network.members.of(user, group.eid)?.role;
      return role !== undefined && (roles === null || roles.has(role));
    });
  }
  const admin = query.eid('admin');
  if (admin !== undefined) tests.push((group) => network.members.of(admin, group.eid)?.role === 'admin');
  return tests;
}

function hasAncestor(call: Call, group: Group, ancestor: Eid): boolean {
  for (let eid = group.parent; eid !== null; eid = call.network.groups.get(eid)?.parent ?? null) {
    if (eid === ancestor) return true;
  }
  return false;
}

function parseTypes(listed: readonly string[] | undefined): ReadonlySet<string> | null {
  if (listed === undefined) return null;
  for (const type of listed) {
    if (type !== 'basic' && !GROUP_TYPES.some((known) => known === type))
      throw invalidRequest('type names an unknown type of group');
  }
  return new Set(listed);
}

function renameGroup(call: Call): Answer {
  const group = { ...groupInPath(call), name: parseJson(call.body, renamedGroup).name };
  checkGroupName(call.network, group);
  call.commit([{ kind: 'group', in: call.network.eid, group, at: call.world.nowIso() }]);
  return feedback202('Accepted for storage', call);
}

/** The local departments of a business unit or department go with it, and the subgroups of a topic group. */
function deleteGroup(call: Call): Answer {
  const gone = [groupInPath(call).eid];
  for (const eid of gone) {
    for (const other of call.network.groups.values()) {
      if ((other.parent === eid || other.department === eid) && !gone.includes(other.eid)) gone.push(other.eid);
    }
  }
  call.commit(gone.reverse().map((eid): Effect => ({ kind: 'group_gone', in: call.network.eid, eid })));
  return feedback202('Accepted for deletion', call);
}

function leaveGroup(call: Call): Answer {
  const group = groupInPath(call);
  const user = userInBody(call);
  const { members, users } = call.network;
  if (users.get(user)?.suspendedAt !== null) throw notFound('user');
  const membership = members.of(user, group.eid);
  if (membership === undefined) throw notAMember();
  const administrators = [...members.ofGroup(group.eid)].filter((one) => one.role === 'admin');
  if (membership.role === 'admin' && administrators.length === 1) throw onlyAdmin();
  call.commit(leaveEffects(call.network, user, [group.eid], call.world.nowIso()));
  return feedback202('Accepted for deletion', call);
}

/** A complete or partial user resource; without an EID it is the documented 415. */
function userInBody(call: Call): Eid {
  const isJson = call.contentType === 'application/json';
  const text = isJson ? parseJson(call.body, userResourceBody).EID : call.form.find(([name]) => name === 'EID')?.[1];
  const eid = parseEid(text ?? '');
  if (eid === null) throw new Refusal(415, -1, 'Invalid Request: a partial user resource must have its EID');
  return eid;
}
