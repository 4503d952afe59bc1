import type { Effect } from '../state/effects.js';
import type { Eid, Membership } from '../state/entities.js';
import { newEid } from '../state/ids.js';
import type { NetworkState } from '../state/network-state.js';

/** Joining a local department joins its business unit and its department (`speakap-api.md`, assumed). */
export function joinEffects(network: NetworkState, user: Eid, groups: Iterable<Eid>, at: string): Effect[] {
  const wanted = new Set<Eid>();
  for (const eid of groups) for (const one of withParents(network, eid)) wanted.add(one);
  const effects: Effect[] = [];
  for (const group of wanted) {
    if (network.members.of(user, group) !== undefined) continue;
    effects.push(putMembership(network, newMembership(user, group, 'member', at), at));
  }
  return effects;
}

/** Leaving a business unit or a department leaves the local departments below it. */
export function leaveEffects(network: NetworkState, user: Eid, groups: Iterable<Eid>, at: string): Effect[] {
  const left = new Set(groups);
  const effects: Effect[] = [];
  for (const membership of network.members.ofUser(user)) {
    if (membership.group === null || !isLeft(network, membership.group, left)) continue;
    effects.push({ kind: 'membership_gone', in: network.eid, eid: membership.eid, at });
  }
  return effects;
}

/** Gives a person this role in a group, and makes the membership when there is none. */
export function groupRoleEffects(network: NetworkState, user: Eid, group: Eid, role: string, at: string): Effect[] {
  const existing = network.members.of(user, group);
  if (existing !== undefined) return [putMembership(network, { ...existing, role }, at)];
  const parents = withParents(network, group).filter((eid) => eid !== group);
  return [...joinEffects(network, user, parents, at), putMembership(network, newMembership(user, group, role, at), at)];
}

export function putMembership(network: NetworkState, membership: Membership, at: string): Effect {
  return { kind: 'membership', in: network.eid, membership, at };
}

export function newMembership(user: Eid, group: Eid | null, role: string, at: string): Membership {
  return { eid: newEid(), user, group, role, since: at, invitedAt: null, lockedBy: null };
}

function withParents(network: NetworkState, eid: Eid): readonly Eid[] {
  const group = network.groups.get(eid);
  if (group?.groupType !== 'local_dept') return [eid];
  return [eid, group.parent, group.department].filter((one) => one !== null);
}

function isLeft(network: NetworkState, eid: Eid, left: ReadonlySet<Eid>): boolean {
  if (left.has(eid)) return true;
  const group = network.groups.get(eid);
  if (group?.groupType !== 'local_dept') return false;
  return (group.parent !== null && left.has(group.parent)) || (group.department !== null && left.has(group.department));
}
