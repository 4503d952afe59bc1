import type { Call } from '../http/call.js';
import { toEid } from '../http/query.js';
import { notFound } from '../http/refusal.js';
import { isVisible } from '../rules/visibility.js';
import type { Eid, Group, Membership, User } from '../state/entities.js';

/** The EID at this place of the path. @throws Refusal 400 when it is none. */
export function pathEid(call: Call, index: number): Eid {
  return toEid(call.parameters[index] ?? '', 'the id in the path');
}

/** @throws Refusal 404 for a person who is unknown or suspended. */
export function userInPath(call: Call, index = 0): User {
  const user = call.network.users.get(pathEid(call, index));
  if (user === undefined || user.suspendedAt !== null) throw notFound('user');
  return user;
}

/** @throws Refusal 404 for a group that is unknown or not there yet. */
export function groupInPath(call: Call, index = 0): Group {
  const group = visibleGroup(call, pathEid(call, index));
  if (group === undefined) throw notFound('group');
  return group;
}

/** @throws Refusal 404 for one that is unknown or of a suspended person. */
export function membershipInPath(call: Call, index = 0): Membership {
  const membership = call.network.members.get(pathEid(call, index));
  if (membership === undefined || !isVisible(call.network, membership.user)) throw notFound('membership');
  return membership;
}

export function visibleGroup(call: Call, eid: Eid): Group | undefined {
  const group = call.network.groups.get(eid);
  return group !== undefined && group.visibleFrom <= call.world.now() ? group : undefined;
}
