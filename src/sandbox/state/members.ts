import type { Eid, Membership } from './entities.js';

/** All memberships of one network, found by their EID, by person and by group. */
export class Members {
  readonly #byEid = new Map<Eid, Membership>();
  /** By user, then by group; '' is the network itself. */
  readonly #byUser = new Map<Eid, Map<Eid, Membership>>();
  readonly #byGroup = new Map<Eid, Map<Eid, Membership>>();
  readonly #administrators = new Set<Eid>();

  put(membership: Membership): void {
    this.#byEid.set(membership.eid, membership);
    entry(this.#byUser, membership.user).set(membership.group ?? '', membership);
    if (membership.group !== null) entry(this.#byGroup, membership.group).set(membership.user, membership);
    else if (membership.role === 'admin') this.#administrators.add(membership.user);
    else this.#administrators.delete(membership.user);
  }

  remove(eid: Eid): Membership | null {
    const membership = this.#byEid.get(eid);
    if (membership === undefined) return null;
    this.#byEid.delete(eid);
    this.#byUser.get(membership.user)?.delete(membership.group ?? '');
    if (membership.group !== null) this.#byGroup.get(membership.group)?.delete(membership.user);
    else this.#administrators.delete(membership.user);
    return membership;
  }

  get(eid: Eid): Membership | undefined {
    return this.#byEid.get(eid);
  }

  of(user: Eid, group: Eid | null): Membership | undefined {
    return this.#byUser.get(user)?.get(group ?? '');
  }

  ofUser(user: Eid): Iterable<Membership> {
    return this.#byUser.get(user)?.values() ?? [];
  }

  ofGroup(group: Eid): Iterable<Membership> {
    return this.#byGroup.get(group)?.values() ?? [];
  }

  all(): Iterable<Membership> {
    return this.#byEid.values();
  }

  /** Administrators of the network itself, suspended ones included. */
  administrators(): ReadonlySet<Eid> {
    return this.#administrators;
  }
}

function entry(map: Map<Eid, Map<Eid, Membership>>, key: Eid): Map<Eid, Membership> {
  let inner = map.get(key);
  if (inner === undefined) {
    inner = new Map();
    map.set(key, inner);
  }
  return inner;
}
