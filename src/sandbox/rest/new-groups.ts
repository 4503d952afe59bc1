import { parseJson } from '../http/body.js';
import { type Answer, type Call, feedback201, feedback202, type Route } from '../http/call.js';
import { invalidRequest, notFound } from '../http/refusal.js';
import { joinEffects } from '../rules/memberships.js';
import { checkGroupName, isBasic } from '../rules/names.js';
import type { Effect } from '../state/effects.js';
import type { Eid, Group, GroupType } from '../state/entities.js';
import { newEid } from '../state/ids.js';
import { visibleGroup } from './find.js';
import { groupHref } from './resources.js';
import { newBusinessUnit, newDepartment, newLocalDepartment, newTopicGroup } from './schemas.js';

export const newGroupRoutes: readonly Route[] = [
  {
    method: 'POST',
    pattern: '/groups/',
    permission: 'manage_groups',
    body: 'json',
    query: ['join'],
    handle: createTopicGroup,
  },
  {
    method: 'POST',
    pattern: '/business-units/',
    permission: 'manage_groups',
    body: 'json',
    handle: createBusinessUnit,
  },
  { method: 'POST', pattern: '/departments/', permission: 'manage_groups', body: 'json', handle: createDepartment },
  {
    method: 'POST',
    pattern: '/local-departments/',
    permission: 'manage_groups',
    body: 'json',
    handle: createLocalDepartment,
  },
];

/** Asynchronous: the group is there, but shows itself only a moment later. */
function createTopicGroup(call: Call): Answer {
  // An application is no person that could join; the parameter is only checked.
  call.query.flag('join');
  const body = parseJson(call.body, newTopicGroup);
  if (body.parent !== undefined) existing(call, body.parent.EID, 'parent');
  const { visibilityDelayMs } = call.network.network;
  const group: Group = {
    ...blank(call, body.groupType, body.name),
    description: body.description ?? null,
    parent: body.parent?.EID ?? null,
    visibleFrom: call.world.now() + visibilityDelayMs,
  };
  checkGroupName(call.network, group);
  call.commit([put(call, group)]);
  return feedback202('Accepted for insertion', call, visibilityDelayMs);
}

function createBusinessUnit(call: Call): Answer {
  const body = parseJson(call.body, newBusinessUnit);
  return create(call, { ...from(call, 'business_unit', body.name, body.group?.EID), parent: null });
}

function createDepartment(call: Call): Answer {
  const body = parseJson(call.body, newDepartment);
  const group = from(call, 'department', body.name, body.group?.EID);
  return create(call, { ...group, parent: null, hidden: body.hidden ?? true });
}

function createLocalDepartment(call: Call): Answer {
  const body = parseJson(call.body, newLocalDepartment);
  const parent = existing(call, body.businessUnit.EID, 'businessUnit', 'business_unit').eid;
  const department = existing(call, body.department.EID, 'department', 'department').eid;
  return create(call, { ...from(call, 'local_dept', body.name, body.group?.EID), parent, department });
}

function create(call: Call, group: Group): Answer {
  checkGroupName(call.network, group);
  call.commit([put(call, group)]);
  call.commit(joinParents(call, group));
  return feedback201('Group created', group.eid, groupHref(call.network, group.eid));
}

/** A new group, or an existing basic group that becomes this kind of group and keeps its EID and its members. */
function from(call: Call, groupType: GroupType, name: string, group: Eid | undefined): Group {
  if (group === undefined) return blank(call, groupType, name);
  const before = existing(call, group, 'group');
  if (!isBasic(before)) throw invalidRequest('group: only a public, restricted, private or secret group can be taken');
  return { ...before, groupType, name };
}

function blank(call: Call, groupType: GroupType, name: string): Group {
  return {
    eid: newEid(),
    groupType,
    name,
    description: null,
    hidden: false,
    parent: null,
    department: null,
    created: call.world.nowIso(),
    visibleFrom: 0,
  };
}

function existing(call: Call, eid: Eid, member: string, groupType?: GroupType): Group {
  const group = visibleGroup(call, eid);
  if (group === undefined) throw notFound(`group in ${member}`);
  if (groupType !== undefined && group.groupType !== groupType) throw invalidRequest(`${member} is no ${groupType}`);
  return group;
}

function put(call: Call, group: Group): Effect {
  return { kind: 'group', in: call.network.eid, group, at: call.world.nowIso() };
}

/** Who was in a group that became a local department is in its parents as well. */
function joinParents(call: Call, group: Group): readonly Effect[] {
  const effects: Effect[] = [];
  for (const { user } of call.network.members.ofGroup(group.eid)) {
    effects.push(...joinEffects(call.network, user, [group.eid], call.world.nowIso()));
  }
  return effects;
}
