import { insensitive } from '../rules/names.js';
import { statusOf, type UserStatus } from '../rules/people.js';
import { roleName } from '../rules/roles.js';
import type { Attributes, Eid, Group, GroupType, Invitation, Network, User } from '../state/entities.js';
import type { NetworkState } from '../state/network-state.js';

/** What everybody may see of a network: no credentials. */
export type PublicNetwork = Omit<Network, 'app' | 'scimToken'>;

/** A network as a judge or a person reads it: names instead of EIDs, suspended people included, in a stable order. */
export interface NetworkReport {
  readonly network: PublicNetwork;
  readonly people: readonly PersonReport[];
  readonly groups: readonly GroupReport[];
  readonly roles: readonly { readonly eid: Eid; readonly key: string | null; readonly name: string }[];
  /** Every sending, and how often each address was written to. */
  readonly invitations: readonly (Invitation & { readonly xid: string | null })[];
  readonly invitationsByAddress: Readonly<Record<string, number>>;
}

export interface PersonReport {
  readonly eid: Eid;
  readonly xid: string | null;
  readonly userName: string | null;
  readonly active: boolean;
  readonly status: UserStatus;
  readonly invited: boolean;
  readonly hasTemporaryPassword: boolean;
  readonly profile: Attributes;
  readonly networkRole: string | null;
  readonly groups: readonly MembershipReport[];
}

export interface MembershipReport {
  readonly eid: Eid;
  readonly groupType: GroupType;
  readonly name: string;
  /** Name of the business unit of a local department, or of the parent of a topic group. */
  readonly parent: string | null;
  readonly role: string;
}

export interface GroupReport extends Omit<MembershipReport, 'role'> {
  readonly department: string | null;
  readonly hidden: boolean;
  readonly description: string | null;
  /** Suspended people do not count. */
  readonly members: number;
}

export function reportNetwork(state: NetworkState): NetworkReport {
  const invitationsByAddress = new Map<string, number>();
  for (const { address } of state.invitations) {
    invitationsByAddress.set(address, (invitationsByAddress.get(address) ?? 0) + 1);
  }
  return {
    network: withoutSecrets(state.network),
    people: [...state.users.values()].map((user) => reportPerson(state, user)).sort(byXidThenEid),
    groups: [...state.groups.values()].map((group) => reportGroup(state, group)).sort(byKindThenName),
    roles: [...state.roles.values()].map(({ eid, key, name }) => ({ eid, key, name })),
    invitations: state.invitations.map((one) => ({ ...one, xid: state.users.get(one.user)?.xid ?? null })),
    invitationsByAddress: Object.fromEntries(invitationsByAddress),
  };
}

export function withoutSecrets({ app: _app, scimToken: _scimToken, ...network }: Network): PublicNetwork {
  return network;
}

function reportPerson(state: NetworkState, user: User): PersonReport {
  const network = state.members.of(user.eid, null);
  return {
    eid: user.eid,
    xid: user.xid,
    userName: user.userName,
    active: user.suspendedAt === null,
    status: statusOf(user),
    invited: user.invitedAt !== null,
    hasTemporaryPassword: user.password?.temporary === true,
    profile: user.attributes,
    networkRole: network === undefined ? null : roleName(state, network.role),
    groups: memberships(state, user.eid).sort(byKindThenName),
  };
}

function memberships(state: NetworkState, user: Eid): MembershipReport[] {
  const found: MembershipReport[] = [];
  for (const membership of state.members.ofUser(user)) {
    const group = membership.group === null ? undefined : state.groups.get(membership.group);
    if (group !== undefined) found.push({ ...describe(state, group), role: roleName(state, membership.role) });
  }
  return found;
}

function reportGroup(state: NetworkState, group: Group): GroupReport {
  let members = 0;
  for (const { user } of state.members.ofGroup(group.eid))
    if (state.users.get(user)?.suspendedAt === null) members += 1;
  return {
    ...describe(state, group),
    department: nameOf(state, group.department),
    hidden: group.hidden,
    description: group.description,
    members,
  };
}

function describe(state: NetworkState, group: Group): Omit<MembershipReport, 'role'> {
  return { eid: group.eid, groupType: group.groupType, name: group.name, parent: nameOf(state, group.parent) };
}

function nameOf(state: NetworkState, eid: Eid | null): string | null {
  return eid === null ? null : (state.groups.get(eid)?.name ?? null);
}

function byKindThenName(a: Omit<MembershipReport, 'role'>, b: Omit<MembershipReport, 'role'>): number {
  return (
    insensitive(a.groupType, b.groupType) || insensitive(a.parent ?? '', b.parent ?? '') || insensitive(a.name, b.name)
  );
}

function byXidThenEid(a: PersonReport, b: PersonReport): number {
  if (a.xid !== b.xid) return (a.xid ?? '') < (b.xid ?? '') ? -1 : 1;
  return a.eid < b.eid ? -1 : 1;
}
