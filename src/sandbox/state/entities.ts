/** What a network consists of. Everything here is plain data, so that it can stand in a journal line. Times are ISO 8601. */

/** A Speakap id: 16 hexadecimal digits, kept in lower case. */
export type Eid = string;

export const PERMISSIONS = [
  'access_statistics',
  'get_network_timeline',
  'get_group_timelines',
  'get_profiles',
  'get_profile_status',
  'view_user_activity',
  'get_profile_xid',
  'get_user_groups',
  'infinite_limit',
  'invite_users',
  'list_groups',
  'send_alerts',
  'post_updates',
  // Controlled Permissions: that they exist is documented, their names are assumed.
  'manage_groups',
  'manage_memberships',
  'manage_roles',
  'manage_networks',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export interface Network {
  readonly eid: Eid;
  readonly name: string;
  readonly subdomain: string;
  readonly environment: 'production' | 'development';
  readonly created: string;
  readonly app: { readonly eid: Eid; readonly secret: string };
  readonly scimToken: string;
  readonly permissions: readonly Permission[];
  /** null: no limit. */
  readonly requestsPerSecond: number | null;
  /** How long an asynchronous (202) creation stays invisible, in milliseconds. */
  readonly visibilityDelayMs: number;
  /** What its copies may take of the development environment; absent: as much as they like. */
  readonly developmentQuota?: DevelopmentQuota | undefined;
}

/** Limits of the development environment for one network; null: none. */
export interface DevelopmentQuota {
  /** Networks of the development environment that share its application. */
  readonly networks: number | null;
  /** Accounts in each of them. */
  readonly accounts: number | null;
  /** Groups that a copy gets; those beyond are left out without a word, as in a copy that was interrupted. */
  readonly groups: number | null;
}

export interface User {
  readonly eid: Eid;
  /** null for people who never came over SCIM. */
  readonly scimId: string | null;
  readonly userName: string | null;
  readonly xid: string | null;
  readonly attributes: Attributes;
  /** Hash only: a password is never readable again. `temporary` until the first login. */
  readonly password: { readonly hash: string; readonly temporary: boolean } | null;
  /** Has finished the invitation or the first login. */
  readonly activated: boolean;
  /** When the pending invitation was sent; null when there is none. */
  readonly invitedAt: string | null;
  readonly suspendedAt: string | null;
  readonly created: string;
  readonly lastModified: string;
}

/** What SCIM PUT replaces as a whole. */
export interface Attributes {
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string | null;
  readonly otherEmails: readonly LabelledValue[];
  readonly phones: readonly LabelledValue[];
  readonly title: string | null;
  readonly preferredLanguage: string | null;
  readonly upn: string | null;
  /** Customer-specific extras, and `urn:speakap:params:scim:bag`. */
  readonly bag: Readonly<Record<string, string | number | boolean>>;
  readonly employeeNumber: string | null;
  readonly department: Readonly<Record<string, unknown>> | null;
}

export interface LabelledValue {
  readonly label: string;
  readonly value: string;
}

export const BASIC_GROUP_TYPES = ['public', 'restricted', 'private', 'secret'] as const;
export const GROUP_TYPES = ['business_unit', 'department', 'local_dept', ...BASIC_GROUP_TYPES] as const;
export type GroupType = (typeof GROUP_TYPES)[number];

export interface Group {
  readonly eid: Eid;
  readonly groupType: GroupType;
  readonly name: string;
  readonly description: string | null;
  readonly hidden: boolean;
  /** The business unit of a local department, the parent of a topic subgroup. */
  readonly parent: Eid | null;
  /** The global department of a local department. */
  readonly department: Eid | null;
  readonly created: string;
  /** Milliseconds of the sandbox's clock from which reads show the group. */
  readonly visibleFrom: number;
}

export interface Role {
  readonly eid: Eid;
  /** Built-in roles only. */
  readonly key: BuiltInRole | null;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly visibleFrom: number;
}

export const BUILT_IN_ROLES = ['admin', 'member', 'invitee', 'external'] as const;
export type BuiltInRole = (typeof BUILT_IN_ROLES)[number];

export interface Membership {
  readonly eid: Eid;
  readonly user: Eid;
  /** null: the membership of the network itself. */
  readonly group: Eid | null;
  /** Key of a built-in role, or EID of a user-defined one. */
  readonly role: string;
  readonly since: string;
  readonly invitedAt: string | null;
  readonly lockedBy: string | null;
}

/** One invitation that was really sent. */
export interface Invitation {
  readonly user: Eid;
  readonly address: string;
  readonly by: 'email' | 'sms';
  readonly at: string;
}
