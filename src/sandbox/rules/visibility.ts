import type { Group, Membership, Role, User } from '../state/entities.js';
import type { NetworkState } from '../state/network-state.js';
import type { World } from '../state/world.js';

/** Reading a large collection page by page must not cost its whole length for each page. */
class OncePerVersion<T> {
  readonly #known = new WeakMap<NetworkState, { readonly version: number; readonly list: readonly T[] }>();

  get(network: NetworkState, compute: () => readonly T[]): readonly T[] {
    const known = this.#known.get(network);
    if (known?.version === network.version) return known.list;
    const list = compute();
    this.#known.set(network, { version: network.version, list });
    return list;
  }
}

const users = new OncePerVersion<User>();
const accounts = new OncePerVersion<User>();
const memberships = new OncePerVersion<Membership>();

/** Who and what reads show: nobody who is suspended, nothing that an asynchronous write has not finished yet. */
export function visibleUsers(network: NetworkState): readonly User[] {
  return users.get(network, () => [...network.users.values()].filter((user) => user.suspendedAt === null));
}

/** Everyone who came over SCIM, suspended people included. */
export function scimAccounts(network: NetworkState): readonly User[] {
  return accounts.get(network, () => [...network.users.values()].filter((user) => user.scimId !== null));
}

export function visibleGroups(world: World, network: NetworkState): readonly Group[] {
  const now = world.now();
  return [...network.groups.values()].filter((group) => group.visibleFrom <= now);
}

export function visibleRoles(world: World, network: NetworkState): readonly Role[] {
  const now = world.now();
  return [...network.roles.values()].filter((role) => role.visibleFrom <= now);
}

/** Network and group memberships of everyone who is not suspended. */
export function visibleMemberships(network: NetworkState): readonly Membership[] {
  return memberships.get(network, () =>
    [...network.members.all()].filter((membership) => isVisible(network, membership.user)),
  );
}

export function isVisible(network: NetworkState, user: string): boolean {
  return network.users.get(user)?.suspendedAt === null;
}
