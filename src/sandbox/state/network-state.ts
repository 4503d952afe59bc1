import type { Effect, EffectInNetwork } from './effects.js';
import type { Eid, Group, Invitation, Membership, Network, Role, User } from './entities.js';
import { Members } from './members.js';
import { PeopleIndex } from './people-index.js';

/** Everything of one network, with the indexes that keep thousands of requests a second possible. */
export class NetworkState {
  readonly users = new Map<Eid, User>();
  readonly groups = new Map<Eid, Group>();
  readonly roles = new Map<Eid, Role>();
  readonly members = new Members();
  readonly people = new PeopleIndex();
  readonly invitations: Invitation[] = [];
  /** Who is suspended since when (milliseconds), the longest first. */
  readonly suspended = new Map<Eid, number>();
  /** When each group last changed; a member who comes or goes counts as a change of the group. */
  readonly groupModified = new Map<Eid, string>();
  /** Grows with every effect: what was computed for one version stays true for it. */
  version = 0;

  constructor(public network: Network) {}

  get eid(): Eid {
    return this.network.eid;
  }

  apply(effect: EffectInNetwork): void {
    this.version += 1;
    switch (effect.kind) {
      case 'user':
        return this.#putUser(effect.user);
      case 'user_gone':
        return this.#removeUser(effect.eid);
      case 'group':
        this.groups.set(effect.group.eid, effect.group);
        this.groupModified.set(effect.group.eid, effect.at);
        return;
      case 'group_gone':
        return this.#removeGroup(effect.eid);
      case 'role':
        this.roles.set(effect.role.eid, effect.role);
        return;
      case 'membership':
        this.members.put(effect.membership);
        return this.#touch(effect.membership, effect.at);
      case 'membership_gone':
        return this.#touch(this.members.remove(effect.eid), effect.at);
      case 'invitation':
        this.invitations.push(effect.invitation);
        return;
    }
  }

  /** The whole network as effects: what a snapshot consists of. */
  *effects(): Generator<Effect> {
    yield { kind: 'network', network: this.network };
    for (const role of this.roles.values()) yield { kind: 'role', in: this.eid, role };
    for (const group of this.groups.values()) {
      yield { kind: 'group', in: this.eid, group, at: this.groupModified.get(group.eid) ?? group.created };
    }
    for (const user of this.users.values()) yield { kind: 'user', in: this.eid, user };
    for (const membership of this.members.all()) {
      const at = (membership.group && this.groupModified.get(membership.group)) ?? membership.since;
      yield { kind: 'membership', in: this.eid, membership, at };
    }
    for (const invitation of this.invitations) yield { kind: 'invitation', in: this.eid, invitation };
  }

  #putUser(user: User): void {
    const before = this.users.get(user.eid);
    if (before !== undefined) this.people.remove(before);
    this.users.set(user.eid, user);
    this.people.add(user);
    if (user.suspendedAt === null) this.suspended.delete(user.eid);
    else if (!this.suspended.has(user.eid)) this.suspended.set(user.eid, Date.parse(user.suspendedAt));
  }

  #removeUser(eid: Eid): void {
    const user = this.users.get(eid);
    if (user === undefined) return;
    for (const membership of [...this.members.ofUser(eid)]) this.members.remove(membership.eid);
    this.people.remove(user);
    this.users.delete(eid);
    this.suspended.delete(eid);
  }

  #removeGroup(eid: Eid): void {
    for (const membership of [...this.members.ofGroup(eid)]) this.members.remove(membership.eid);
    this.groups.delete(eid);
    this.groupModified.delete(eid);
  }

  #touch(membership: Membership | null, at: string): void {
    if (membership !== null && membership.group !== null) this.groupModified.set(membership.group, at);
  }
}
