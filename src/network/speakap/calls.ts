/** One documented call. The table below is the whole of what the adapter asks of Speakap (`speakap-api.md`, 3 and 6). */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `{net}` and the like are filled in when asked; messages and metrics carry the pattern only. */
  readonly pattern: string;
  readonly api: 'rest' | 'scim';
  /** `true`: a second time has no second effect, so a lost answer is followed by another attempt. */
  readonly repeatable: boolean;
  /** The permission that a 403 is about, in words for the person who grants it. */
  readonly permission: string;
}

const MANAGE_GROUPS = 'to manage groups, which Speakap itself grants (a controlled permission)';
const MANAGE_MEMBERS = 'to manage members and their roles, which Speakap itself grants (a controlled permission)';
const MANAGE_NETWORKS = 'to copy networks and to remove copies, which Speakap itself grants (a controlled permission)';
const SCIM = 'to provision people over SCIM';

export const CALLS = {
  describe: read('/networks/{net}/', 'to read the network'),
  groups: read('/networks/{net}/groups/', 'list_groups'),
  roles: read('/networks/{net}/roles/', 'to read roles'),
  people: read('/networks/{net}/users/', 'get_profiles and get_profile_xid'),
  person: read('/networks/{net}/users/{user}/', 'get_profiles, get_profile_xid and get_user_groups'),
  status: read('/networks/{net}/users/{user}/status', 'get_profile_status'),
  memberships: read('/networks/{net}/memberships/', 'to read memberships'),
  createTopicGroup: write('/networks/{net}/groups/', MANAGE_GROUPS),
  createBusinessUnit: write('/networks/{net}/business-units/', MANAGE_GROUPS),
  createDepartment: write('/networks/{net}/departments/', MANAGE_GROUPS),
  createLocalDepartment: write('/networks/{net}/local-departments/', MANAGE_GROUPS),
  join: repeatableWrite('/networks/{net}/users/{user}/groups/add', MANAGE_MEMBERS),
  leave: repeatableWrite('/networks/{net}/users/{user}/groups/remove', MANAGE_MEMBERS),
  setGroupRole: repeatableWrite('/networks/{net}/memberships/', MANAGE_MEMBERS),
  changeRoles: repeatableWrite('/networks/{net}/changeroles', MANAGE_MEMBERS),
  invite: write('/networks/{net}/invite', 'invite_users'),
  copy: write('/networks/{net}/copies/', MANAGE_NETWORKS),
  remove: { ...repeatableWrite('/networks/{net}/', MANAGE_NETWORKS), method: 'DELETE' },
  findAccount: scim('GET', '/Users', true),
  createAccount: scim('POST', '/Users', false),
  changeAccount: scim('PUT', '/Users/{id}', true),
} as const satisfies Record<string, Call>;

/** `POST /networks/{net}/invite`: how a call is named in messages and metrics. */
export function callName(call: Call): string {
  return call.api === 'scim' ? `${call.method} {scim}${call.pattern}` : `${call.method} ${call.pattern}`;
}

function read(pattern: string, permission: string): Call {
  return { method: 'GET', pattern, api: 'rest', repeatable: true, permission };
}

function write(pattern: string, permission: string): Call {
  return { method: 'POST', pattern, api: 'rest', repeatable: false, permission };
}

function repeatableWrite(pattern: string, permission: string): Call {
  return { ...write(pattern, permission), repeatable: true };
}

function scim(method: Call['method'], pattern: string, repeatable: boolean): Call {
  return { method, pattern, api: 'scim', repeatable, permission: SCIM };
}
