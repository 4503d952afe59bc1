import { parseJson } from '../http/body.js';
import { type Answer, type Call, feedback202, type Route } from '../http/call.js';
import { Refusal, notFound } from '../http/refusal.js';
import { checkRoleName } from '../rules/names.js';
import { roleByKeyOrEid, roleValue } from '../rules/roles.js';
import { visibleMemberships, visibleRoles } from '../rules/visibility.js';
import type { BuiltInRole, Role } from '../state/entities.js';
import { newEid } from '../state/ids.js';
import { pathEid } from './find.js';
import { collection, type Resource, single } from './render.js';
import { roleHref, roleResource } from './resources.js';
import { roleBody } from './schemas.js';

export const roleRoutes: readonly Route[] = [
  { method: 'GET', pattern: '/roles/', view: true, handle: listRoles },
  {
    method: 'GET',
    pattern: '/roles/{role}/',
    view: true,
    handle: (call) => single(call, toResource(call, roleInPath(call))),
  },
  { method: 'POST', pattern: '/roles/', permission: 'manage_roles', body: 'json', handle: createRole },
  { method: 'PUT', pattern: '/roles/{role}/', permission: 'manage_roles', body: 'json', handle: updateRole },
];

function listRoles(call: Call): Answer {
  const roles = visibleRoles(call.world, call.network);
  return collection(
    call,
    'role',
    roles,
    (role) => toResource(call, role),
    (role) => roleHref(call.network, role.eid),
  );
}

/** The two keys that the documents name. */
const ROLE_KEYS: ReadonlyMap<string, BuiltInRole> = new Map([
  ['default', 'member'],
  ['admin', 'admin'],
]);

/** An EID or one of the keys. */
function roleInPath(call: Call): Role {
  const key = ROLE_KEYS.get(call.parameters[0] ?? '');
  const role = key === undefined ? call.network.roles.get(pathEid(call, 0)) : roleByKeyOrEid(call.network, key);
  if (role === undefined || role.visibleFrom > call.world.now()) throw notFound('role');
  return role;
}

function createRole(call: Call): Answer {
  const body = parseJson(call.body, roleBody);
  const { visibilityDelayMs } = call.network.network;
  const role: Role = { eid: newEid(), key: null, ...body, visibleFrom: call.world.now() + visibilityDelayMs };
  checkRoleName(call.network, role);
  call.commit([{ kind: 'role', in: call.network.eid, role }]);
  return feedback202('Accepted for insertion', call, visibilityDelayMs);
}

function updateRole(call: Call): Answer {
  const before = roleInPath(call);
  if (before.key !== null) throw new Refusal(403, -3, 'Insufficient Scope: a built-in role cannot be changed', 'state');
  const role: Role = { ...before, ...parseJson(call.body, roleBody) };
  checkRoleName(call.network, role);
  call.commit([{ kind: 'role', in: call.network.eid, role }]);
  return feedback202('Accepted for storage', call);
}

function toResource(call: Call, role: Role): Resource {
  const value = roleValue(role);
  let people = 0;
  for (const { group, role: held } of visibleMemberships(call.network))
    if (group === null && held === value) people += 1;
  return roleResource(call.network, role, people);
}
