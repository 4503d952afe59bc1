import type { GroupRef } from '../sync/group.js';
import type { Eid } from '../sync/ids.js';
import type { Network, NetworkMembership, NetworkRole } from '../network/network.js';
import type { FoundInvitation, FoundNetwork, FoundPerson } from './found.js';

export interface ReadOptions {
  /** Every invitation, where somebody can say more of them than the network: how often, in which way, to which address. */
  readonly sent?: readonly FoundInvitation[];
  /** Letters that were made ready: the network knows nothing of them. */
  readonly letters?: Iterable<string>;
  /** Called after every page: signs of life. */
  readonly onPage?: () => void;
}

/**
 * Reads everything that the checks look at over the network's API, the same way for every network. Suspended people are in no
 * answer of it, so they are absent. Without `sent` only `invitedAt` is known: that somebody was invited, not how often.
 * @throws NetworkError
 */
export async function readFoundNetwork(network: Network, options: ReadOptions = {}): Promise<FoundNetwork> {
  const { onPage = () => undefined } = options;
  const nameOf = roleNames(await network.roles());
  const memberships = new Map<Eid, NetworkMembership>();
  for await (const page of network.networkMemberships()) {
    for (const membership of page) memberships.set(membership.user, membership);
    onPage();
  }
  const groups = await network.groups();
  const groupsOf = new Map<Eid, FoundPerson['groups'][number][]>();
  for (const { eid, group } of groups) {
    for await (const page of network.groupMemberships(eid)) {
      for (const { user, role } of page) add(groupsOf, user, { group, role: nameOf(role) });
      onPage();
    }
  }
  const people: FoundPerson[] = [];
  const invited: FoundInvitation[] = [];
  for await (const page of network.people()) {
    for (const { eid, xid, profile } of page) {
      const membership = memberships.get(eid);
      const networkRole = membership === undefined ? null : nameOf(membership.role);
      people.push({ eid, xid, isActive: true, profile, networkRole, groups: groupsOf.get(eid) ?? [] });
      if ((membership?.invitedAt ?? null) !== null) invited.push({ xid, by: null, address: null, times: null });
    }
    onPage();
  }
  return {
    people,
    groups: groups.map(({ group }): GroupRef => group),
    sent: [...(options.sent ?? invited), ...letters(options)],
  };
}

function letters({ letters: xids = [] }: ReadOptions): readonly FoundInvitation[] {
  return [...xids].map((xid) => ({ xid, by: 'letter', address: null, times: 1 }));
}

/** Built-in roles by their key, custom ones by their name; other built-in ones, such as that of the invited, give no rights: null. */
function roleNames(roles: readonly NetworkRole[]): (role: string) => string | null {
  const names = new Map<string, string | null>([
    ['admin', 'admin'],
    ['member', 'member'],
  ]);
  for (const { eid, key, name } of roles) {
    const known = key === null ? name : key === 'admin' || key === 'member' ? key : null;
    names.set(eid.toLowerCase(), known);
    if (key !== null) names.set(key.toLowerCase(), known);
  }
  return (role) => names.get(role.toLowerCase()) ?? null;
}

function add<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
