import { heartbeat } from '@temporalio/activity';
import type { Network, NetworkMembership, NetworkRole } from '../network/network.js';
import { groupKey } from '../sync/group.js';
import type { Eid, GroupKey } from '../sync/ids.js';
import type { RoleName } from '../sync/person.js';
import { indexReading, type NetworkReading, type ShownAccount } from '../sync/reconcile/reading.js';

/** Reads a whole network once: people, roles in the network, and the members of these groups. @throws NetworkError */
export async function readWholeNetwork(network: Network, wanted: ReadonlySet<GroupKey>): Promise<NetworkReading> {
  const nameOf = roleNames(await network.roles());
  const roles = await readRoles(network.networkMemberships(), nameOf);
  const groups = new Map<Eid, Map<GroupKey, RoleName | null>>();
  const read = new Set<GroupKey>();
  for (const { eid, group } of await network.groups()) {
    const key = groupKey(group);
    if (!wanted.has(key)) continue;
    read.add(key);
    for (const [user, role] of await readRoles(network.groupMemberships(eid), nameOf)) {
      const held = groups.get(user);
      if (held === undefined) groups.set(user, new Map([[key, role]]));
      else held.set(key, role);
    }
  }
  const accounts = new Map<Eid, ShownAccount>();
  for await (const page of network.people()) {
    heartbeat();
    for (const { eid, xid, profile } of page) {
      accounts.set(eid, { xid, profile, networkRole: roles.get(eid) ?? null, groups: groups.get(eid) ?? new Map() });
    }
  }
  return indexReading(accounts, read);
}

async function readRoles(
  pages: AsyncIterable<readonly NetworkMembership[]>,
  nameOf: (role: string) => RoleName | null,
): Promise<ReadonlyMap<Eid, RoleName | null>> {
  const roles = new Map<Eid, RoleName | null>();
  for await (const page of pages) {
    heartbeat();
    for (const { user, role } of page) roles.set(user, nameOf(role));
  }
  return roles;
}

/** Built-in roles are spoken of by their key, custom ones by their name; the network says a key or an EID. */
function roleNames(roles: readonly NetworkRole[]): (role: string) => RoleName | null {
  const names = new Map<string, RoleName>();
  for (const { eid, key, name } of roles) {
    const known = key === null ? name : key === 'admin' || key === 'member' ? key : null;
    if (known !== null) names.set(eid, known).set(key ?? eid, known);
  }
  names.set('admin', 'admin').set('member', 'member');
  return (role) => names.get(role) ?? names.get(role.toLowerCase()) ?? null;
}
