import { groupNameInUse, roleNameInUse } from '../http/refusal.js';
import type { Eid, Group, Role } from '../state/entities.js';
import { BASIC_GROUP_TYPES } from '../state/entities.js';
import type { NetworkState } from '../state/network-state.js';

/**
 * Group names are unique, ignoring case, among business units, among departments, among topic groups, and among the
 * local departments of one business unit (`speakap-api.md`, assumed). A group that is still invisible counts.
 */
export function checkGroupName(
  network: NetworkState,
  group: Pick<Group, 'eid' | 'groupType' | 'name' | 'parent'>,
): void {
  const scope = scopeOf(group);
  const name = fold(group.name);
  for (const other of network.groups.values()) {
    if (other.eid !== group.eid && fold(other.name) === name && scopeOf(other) === scope) throw groupNameInUse();
  }
}

export function checkRoleName(network: NetworkState, role: Pick<Role, 'eid' | 'name'>): void {
  for (const other of network.roles.values()) {
    if (other.eid !== role.eid && fold(other.name) === fold(role.name)) throw roleNameInUse();
  }
}

export function isBasic(group: Pick<Group, 'groupType'>): boolean {
  return BASIC_GROUP_TYPES.some((type) => type === group.groupType);
}

/** An order for people to read by. */
export function insensitive(a: string, b: string): number {
  return a.localeCompare(b, 'en', { sensitivity: 'base', numeric: true });
}

function scopeOf(group: Pick<Group, 'groupType' | 'parent'>): Eid {
  if (group.groupType === 'local_dept') return `local_dept of ${group.parent ?? ''}`;
  return isBasic(group) ? 'topic' : group.groupType;
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}
