import type { Permission } from '../state/entities.js';

export type KindName = 'network' | 'user' | 'group' | 'membership' | 'role' | 'label';

interface Kind {
  /** Name of the relation under which a collection holds its items. */
  readonly plural: string;
  /** What `properties` may name. */
  readonly properties: readonly string[];
  /** What `embed` may name. Links without an entry here (avatar, settings) lead to what the sandbox does not play. */
  readonly relations: Readonly<Record<string, Relation>>;
}

interface Relation {
  readonly to: KindName;
  readonly many: boolean;
  readonly permission?: Permission;
}

const toNetwork: Relation = { to: 'network', many: false };

/** Properties and relations of each resource (`speakap-api.md`, 4). */
export const KINDS: Readonly<Record<KindName, Kind>> = {
  network: {
    plural: 'networks',
    properties: ['name', 'subdomain', 'description', 'emblemThumbnailUrl', 'subscription', 'environment'],
    // An application has no profile of its own, so this one is always empty.
    relations: { user_profile: { to: 'user', many: false } },
  },
  user: {
    plural: 'users',
    properties: [
      'XID',
      'fullName',
      'name',
      'primaryEmail',
      'emailAddresses',
      'telephoneNumbers',
      'jobTitle',
      'birthday',
      'gender',
      'address',
      'languages',
      'preferredLanguage',
      'avatarThumbnailUrl',
      'headerBackgroundUrl',
      'external',
      'deleted',
      'lastModified',
      'privacyStatementAccepted',
      'adminConditionsAccepted',
      'tourCompleted',
    ],
    relations: {
      network: toNetwork,
      organizationGroups: { to: 'group', many: true, permission: 'get_user_groups' },
    },
  },
  group: {
    plural: 'groups',
    properties: ['groupType', 'name', 'description', 'created', 'hidden', 'parent'],
    relations: {
      network: toNetwork,
      parent: { to: 'group', many: false },
      members: { to: 'user', many: true, permission: 'get_profiles' },
      labels: { to: 'label', many: true },
    },
  },
  membership: {
    plural: 'memberships',
    properties: ['rev', 'role', 'since', 'invitedAt', 'lockedBy'],
    relations: {
      network: toNetwork,
      user: { to: 'user', many: false, permission: 'get_profiles' },
      group: { to: 'group', many: false },
      role: { to: 'role', many: false },
    },
  },
  role: {
    plural: 'roles',
    properties: [
      'key',
      'roleType',
      'name',
      'permissions',
      'renameable',
      'editable',
      'deletable',
      'default',
      'numUsers',
    ],
    relations: { network: toNetwork },
  },
  label: { plural: 'labels', properties: ['name'], relations: {} },
};

/** The member that tells kinds apart. Memberships have none. */
export function hasType(kind: KindName): boolean {
  return kind !== 'membership';
}
