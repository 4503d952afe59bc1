import { changeRolesRoutes } from '../rest/change-roles.js';
import { groupRoutes } from '../rest/groups.js';
import { inviteRoutes } from '../rest/invite.js';
import { membershipRoutes } from '../rest/memberships.js';
import { networkRoutes } from '../rest/network.js';
import { newGroupRoutes } from '../rest/new-groups.js';
import { roleRoutes } from '../rest/roles.js';
import { userRoutes } from '../rest/users.js';
import { scimRoutes } from '../scim/users.js';
import type { Route } from './call.js';
import { Router } from './router.js';

/** Everything that the documents allow below `/networks/{net}`. */
export function speakapRouter(): Router<Route> {
  const router = new Router<Route>();
  const all = [
    networkRoutes,
    userRoutes,
    groupRoutes,
    newGroupRoutes,
    membershipRoutes,
    changeRolesRoutes,
    roleRoutes,
    inviteRoutes,
    scimRoutes,
  ];
  for (const route of all.flat()) router.add(route.method, route.pattern, route);
  return router;
}
