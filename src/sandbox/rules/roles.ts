import { BUILT_IN_ROLES, type Eid, type Role } from '../state/entities.js';
import type { NetworkState } from '../state/network-state.js';

/** What a membership stores: the key of a built-in role, the EID of a user-defined one. */
export function roleValue(role: Role): string {
  return role.key ?? role.eid;
}

export function roleByKeyOrEid(network: NetworkState, text: string): Role | undefined {
  const byEid = network.roles.get(text.toLowerCase());
  if (byEid !== undefined || !BUILT_IN_ROLES.some((key) => key === text)) return byEid;
  for (const role of network.roles.values()) if (role.key === text) return role;
  return undefined;
}

/** What a caller may give: `admin`, `member`, or the EID of any role that is there already. null: nothing like that. */
export function assignableRole(network: NetworkState, text: string, now: number): string | null {
  if (text === 'admin' || text === 'member') return text;
  const role = network.roles.get(text.toLowerCase());
  if (role === undefined || role.visibleFrom > now || role.key === 'invitee') return null;
  return roleValue(role);
}

/** Whether this person is the last administrator who can still log in. */
export function isOnlyAdministrator(network: NetworkState, user: Eid, besides: ReadonlySet<Eid> = new Set()): boolean {
  if (!network.members.administrators().has(user) || network.users.get(user)?.suspendedAt !== null) return false;
  for (const other of network.members.administrators()) {
    if (other !== user && !besides.has(other) && network.users.get(other)?.suspendedAt === null) return false;
  }
  return true;
}

/** The name that people know a role by. */
export function roleName(network: NetworkState, value: string): string {
  return roleByKeyOrEid(network, value)?.name ?? value;
}
