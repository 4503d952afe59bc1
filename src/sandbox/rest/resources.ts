import { insensitive } from '../rules/names.js';
import { roleByKeyOrEid } from '../rules/roles.js';
import { isVisible } from '../rules/visibility.js';
import type { Eid, Group, Membership, Role, User } from '../state/entities.js';
import type { NetworkState } from '../state/network-state.js';
import type { Resource } from './render.js';

const NONE: readonly Resource[] = [];

export function networkResource(state: NetworkState): Resource {
  const { network } = state;
  const href = `/networks/${network.eid}/`;
  return {
    kind: 'network',
    eid: network.eid,
    href,
    fields: {
      name: network.name,
      subdomain: network.subdomain,
      description: null,
      emblemThumbnailUrl: null,
      subscription: { type: 'enterprise', since: network.created },
      environment: network.environment,
    },
    links: {
      users: `${href}users/`,
      groups: `${href}groups/`,
      memberships: `${href}memberships/`,
      roles: `${href}roles/`,
    },
    related: () => NONE,
  };
}

export function userResource(state: NetworkState, user: User): Resource {
  const href = userHref(state, user.eid);
  return {
    kind: 'user',
    eid: user.eid,
    href,
    fields: userFields(state, user),
    links: {
      network: `/networks/${state.eid}/`,
      avatar: null,
      settings: `${href}settings/`,
      organizationGroups: mayReadGroups(state) ? `/networks/${state.eid}/groups/?user=${user.eid}` : null,
    },
    related: (relation) =>
      relation === 'network'
        ? [networkResource(state)]
        : organizationGroups(state, user.eid).map((group) => groupResource(state, group)),
  };
}

export function groupResource(state: NetworkState, group: Group): Resource {
  const { parent } = group;
  return {
    kind: 'group',
    eid: group.eid,
    href: groupHref(state, group.eid),
    fields: {
      groupType: group.groupType,
      name: group.name,
      description: group.description,
      created: group.created,
      hidden: group.hidden,
      parent: parent === null ? null : { EID: parent, type: 'group' },
    },
    links: {
      network: `/networks/${state.eid}/`,
      parent: parent === null ? null : groupHref(state, parent),
      members: `/networks/${state.eid}/users/?group=${group.eid}`,
      labels: null,
    },
    related: (relation) => groupRelation(state, group, relation),
  };
}

export function membershipResource(state: NetworkState, membership: Membership): Resource {
  const { group, role } = membership;
  const roleEid = group === null ? (roleByKeyOrEid(state, role)?.eid ?? null) : null;
  return {
    kind: 'membership',
    eid: membership.eid,
    href: membershipHref(state, membership.eid),
    fields: {
      rev: group === null ? 'network' : 'group',
      role,
      since: membership.since,
      invitedAt: membership.invitedAt,
      lockedBy: membership.lockedBy,
    },
    links: {
      user: userHref(state, membership.user),
      group: group === null ? null : groupHref(state, group),
      network: group === null ? `/networks/${state.eid}/` : null,
      role: roleEid === null ? null : roleHref(state, roleEid),
    },
    related: (relation) => membershipRelation(state, membership, relation),
  };
}

export function roleResource(state: NetworkState, role: Role, numUsers: number): Resource {
  const isOurs = role.key !== null;
  return {
    kind: 'role',
    eid: role.eid,
    href: roleHref(state, role.eid),
    fields: {
      key: role.key ?? undefined,
      roleType: isOurs ? 'built_in' : 'user_defined',
      name: role.name,
      permissions: role.permissions,
      renameable: !isOurs,
      editable: !isOurs,
      deletable: !isOurs,
      default: role.key === 'member',
      numUsers,
    },
    links: { network: `/networks/${state.eid}/` },
    related: () => [networkResource(state)],
  };
}

export const userHref = (state: NetworkState, eid: Eid): string => `/networks/${state.eid}/users/${eid}/`;
export const groupHref = (state: NetworkState, eid: Eid): string => `/networks/${state.eid}/groups/${eid}/`;
export const roleHref = (state: NetworkState, eid: Eid): string => `/networks/${state.eid}/roles/${eid}/`;
export const membershipHref = (state: NetworkState, eid: Eid): string => `/networks/${state.eid}/memberships/${eid}/`;

/** Business units, departments and local departments, not topic groups (assumed from the relation's name). */
function organizationGroups(state: NetworkState, user: Eid): readonly Group[] {
  const found: Group[] = [];
  for (const { group } of state.members.ofUser(user)) {
    const known = group === null ? undefined : state.groups.get(group);
    if (known !== undefined && ['business_unit', 'department', 'local_dept'].includes(known.groupType))
      found.push(known);
  }
  return found.sort((a, b) => insensitive(a.name, b.name));
}

function groupRelation(state: NetworkState, group: Group, relation: string): readonly Resource[] {
  if (relation === 'network') return [networkResource(state)];
  if (relation === 'labels') return NONE;
  if (relation === 'parent')
    return optional(group.parent === null ? undefined : state.groups.get(group.parent), (one) =>
      groupResource(state, one),
    );
  const members: Resource[] = [];
  for (const { user } of state.members.ofGroup(group.eid)) {
    const known = state.users.get(user);
    if (known !== undefined && isVisible(state, user)) members.push(userResource(state, known));
  }
  return members;
}

function membershipRelation(state: NetworkState, membership: Membership, relation: string): readonly Resource[] {
  if (relation === 'user') return optional(state.users.get(membership.user), (user) => userResource(state, user));
  if (relation === 'network') return membership.group === null ? [networkResource(state)] : NONE;
  if (relation === 'group') {
    return optional(membership.group === null ? undefined : state.groups.get(membership.group), (group) =>
      groupResource(state, group),
    );
  }
  const role = membership.group === null ? roleByKeyOrEid(state, membership.role) : undefined;
  return optional(role, (one) => roleResource(state, one, 0));
}

function optional<T>(item: T | undefined, toResource: (item: T) => Resource): readonly Resource[] {
  return item === undefined ? NONE : [toResource(item)];
}

function mayReadGroups(state: NetworkState): boolean {
  return state.network.permissions.includes('get_user_groups');
}

/** What is undefined is not in the answer at all. */
function userFields(state: NetworkState, user: User): Record<string, unknown> {
  const { attributes } = user;
  return {
    XID: state.network.permissions.includes('get_profile_xid') ? user.xid : undefined,
    fullName: `${attributes.givenName} ${attributes.familyName}`.trim(),
    name: { firstName: attributes.givenName, infix: '', familyName: attributes.familyName },
    primaryEmail: attributes.email,
    emailAddresses: attributes.otherEmails,
    telephoneNumbers: attributes.phones,
    jobTitle: attributes.title,
    birthday: null,
    gender: null,
    address: null,
    languages: [],
    preferredLanguage: attributes.preferredLanguage,
    avatarThumbnailUrl: null,
    headerBackgroundUrl: null,
    external: state.members.of(user.eid, null)?.role === 'external',
    deleted: user.suspendedAt !== null,
    lastModified: user.lastModified,
    privacyStatementAccepted: user.activated,
    adminConditionsAccepted: false,
    tourCompleted: false,
  };
}
