import type { Answer, Call, Route } from '../http/call.js';
import { formMap } from '../http/form.js';
import { putMembership } from '../rules/memberships.js';
import { assignableRole, isOnlyAdministrator } from '../rules/roles.js';
import type { Effect } from '../state/effects.js';
import type { Eid, Membership } from '../state/entities.js';
import { parseEid } from '../state/ids.js';

export const changeRolesRoutes: readonly Route[] = [
  { method: 'POST', pattern: '/changeroles', permission: 'manage_memberships', body: 'form', handle: changeRoles },
];

/** Changes what it can; each failure is told by membership (`data.failed`). */
function changeRoles(call: Call): Answer {
  const failed: Record<Eid, string> = {};
  const demoted = new Set<Eid>();
  const effects: Effect[] = [];
  for (const [key, value] of formMap(call.form, 'memberships')) {
    const membership = call.network.members.get(parseEid(key) ?? '');
    const role = assignableRole(call.network, value, call.world.now());
    const problem = whyNot(call, membership, role, demoted);
    if (problem !== null || membership === undefined || role === null) {
      failed[key] = problem ?? 'Unknown membership';
      continue;
    }
    if (membership.role === 'admin' && role !== 'admin') demoted.add(membership.user);
    effects.push(putMembership(call.network, { ...membership, role }, call.world.nowIso()));
  }
  call.commit(effects);
  return { status: 200, body: { status: `Changed role for ${effects.length} membership(s)`, data: { failed } } };
}

function whyNot(
  call: Call,
  membership: Membership | undefined,
  role: string | null,
  demoted: ReadonlySet<Eid>,
): string | null {
  if (membership === undefined || call.network.users.get(membership.user)?.suspendedAt !== null)
    return 'Unknown membership';
  if (membership.group !== null) return 'Not a network membership';
  if (role === null) return 'Unknown role';
  return role !== 'admin' && isOnlyAdministrator(call.network, membership.user, demoted) ? 'Only Admin' : null;
}
