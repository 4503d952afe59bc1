import type { Eid, Xid } from '../sync/ids.js';
import type { GroupRef } from '../sync/group.js';
import type { Profile, RoleName } from '../sync/person.js';

/** One Speakap network as the rest of the system sees it. `speakap/` is its adapter, the only place that knows URLs. */
export interface Network {
  /** @throws NetworkError, as every call here. */
  describe(): Promise<NetworkDescription>;
  /**
   * Copies the structure (groups, roles, never people) into a new network of the development environment; answers its EID.
   * Not repeated by itself: nobody can look up a copy whose answer was lost.
   */
  copy(name: string): Promise<Eid>;
  /** Removes the network, which the development environment alone allows. Repeated, it changes nothing. @throws Forbidden */
  remove(): Promise<void>;
  /** All groups, hidden and secret ones included. Groups whose kind the sync does not know are left out. */
  groups(): Promise<readonly NetworkGroup[]>;
  roles(): Promise<readonly NetworkRole[]>;
  /** Everyone who is not suspended, page by page. */
  people(): AsyncIterable<readonly NetworkPerson[]>;
  /** Every membership of the network itself (`rev: network`), page by page. */
  networkMemberships(): AsyncIterable<readonly NetworkMembership[]>;
  /** Members of one group with their roles, page by page. */
  groupMemberships(group: Eid): AsyncIterable<readonly NetworkMembership[]>;
  /** One person with its groups, read fresh; null when suspended or gone. */
  person(user: Eid): Promise<NetworkPerson | null>;
  /** What the network shows of one person now, in one request; null when suspended or gone. */
  profile(user: Eid): Promise<Profile | null>;
  /** The same of up to 1,000 people in one request; who is suspended or gone is absent. @throws RangeError for more. */
  profiles(users: readonly Eid[]): Promise<ReadonlyMap<Eid, Profile>>;
  /** How far somebody's account is; null when nobody has this EID. */
  status(user: Eid): Promise<PersonStatus | null>;
  /** The EIDs of these XIDs, cheaply: reads ids only and stops when all are found. Suspended and unknown people are absent. */
  findPeople(xids: ReadonlySet<Xid>): Promise<ReadonlyMap<Xid, Eid>>;

  /** Creates a group; the local department's parents must exist. @throws NameInUse when a group of this name exists. */
  createGroup(group: NewGroup): Promise<Eid>;

  /** Looks an account up by user name, suspended ones included. */
  findAccount(userName: string): Promise<Account | null>;
  /** The accounts that have this e-mail address, suspended ones included. */
  findAccountsByEmail(email: string): Promise<readonly Account[]>;
  /** @throws Conflict when user name or XID are taken. Not repeated by itself: the outcome of a lost answer is found with `findAccount`. */
  createAccount(account: NewAccount): Promise<ScimId>;
  /** Replaces the person's attributes as a whole. */
  updateAccount(id: ScimId, account: AccountAttributes): Promise<void>;
  /** Suspends (`false`) or restores (`true`); with an XID, the account has this one from then on. */
  setActive(id: ScimId, userName: string, active: boolean, xid?: Xid): Promise<void>;

  join(user: Eid, groups: readonly Eid[]): Promise<void>;
  leave(user: Eid, groups: readonly Eid[]): Promise<void>;
  /** Sets roles on the network itself, by network membership. Answers what failed. */
  changeNetworkRoles(roles: ReadonlyMap<Eid, RoleRef>): Promise<ReadonlyMap<Eid, string>>;
  /** Sets a role in a group, and makes the membership where there is none. `accepted`: it may be seen a moment later. */
  setGroupRole(user: Eid, group: Eid, role: RoleRef): Promise<'done' | 'accepted'>;
  /** Waits until these people are seen in the group with the role. Answers who was not, though the time for it is over. */
  awaitGroupRole(users: ReadonlySet<Eid>, group: Eid, role: RoleRef): Promise<ReadonlySet<Eid>>;
  /** Invites 1 to 1,000 people by e-mail or SMS; the answer is by address, and an address without one is `unknown`. */
  invite(invitees: readonly Invitee[]): Promise<ReadonlyMap<string, InvitationAnswer>>;
}

/** SCIM's own id of an account: opaque, no EID. */
export type ScimId = string;
/** `admin`, `member` or the EID of a custom role. */
export type RoleRef = 'admin' | 'member' | Eid;
/** `inactive`: invited, or just created. `canceled` and `deleted`: suspended, before or after the account was activated. */
export type PersonStatus = 'active' | 'inactive' | 'canceled' | 'deleted' | 'unknown';
export type InvitationStatus = 'sent' | 'resend' | 'invitee' | 'member' | 'invalid' | 'unknown';

/** What became of an invitation, and whom the network takes the address to be of; null: it does not say. */
export interface InvitationAnswer {
  readonly status: InvitationStatus;
  readonly user: Eid | null;
}

export interface NetworkDescription {
  readonly eid: Eid;
  readonly name: string;
  readonly subdomain: string | null;
  readonly environment: 'production' | 'development';
}

export interface NetworkGroup {
  readonly eid: Eid;
  readonly group: GroupRef;
}

export interface NetworkRole {
  readonly eid: Eid;
  /** `admin`, `member`, `invitee`, ... for built-in roles. */
  readonly key: string | null;
  readonly name: RoleName;
}

export interface NetworkPerson {
  readonly eid: Eid;
  readonly xid: Xid | null;
  readonly profile: Profile;
  /** Only from `person()`; null where not asked for. */
  readonly groups: readonly Eid[] | null;
}

export interface NetworkMembership {
  readonly eid: Eid;
  readonly user: Eid;
  /** Role key or role EID, as the network says it. */
  readonly role: string;
  /** When this person was invited, ISO 8601; null or absent when never, or when the network does not say. */
  readonly invitedAt?: string | null;
}

export interface NewGroup {
  readonly group: GroupRef;
  /** EIDs of business unit and department, for a local department. */
  readonly businessUnit?: Eid;
  readonly department?: Eid;
}

export interface AccountAttributes {
  readonly userName: string;
  readonly xid: Xid;
  readonly profile: Profile;
}

export interface NewAccount extends AccountAttributes {
  /** Only for people without e-mail or SSO. Never readable again. */
  readonly temporaryPassword?: string;
}

export interface Account {
  readonly id: ScimId;
  readonly userName: string;
  readonly xid: Xid | null;
  readonly active: boolean;
  /** null: it has none, or the network does not say. */
  readonly email: string | null;
}

export interface Invitee {
  readonly name: string;
  /** E-mail address or telephone number (E.164). */
  readonly address: string;
  readonly by: 'email' | 'sms';
}
