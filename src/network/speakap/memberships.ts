import { changedRoles, feedback, membershipsAnswer, type MembershipAnswer } from './answers.js';
import { CALLS } from './calls.js';
import type { Client } from './client.js';
import { documentedReason } from './codes.js';
import { readCollection } from './collection.js';
import { mapPairs, type Pairs } from './encoding.js';
import { parseIfAny } from './parse.js';
import { isPending, untilVisible } from './settle.js';
import { toEid, type Eid } from '../../sync/ids.js';
import type { NetworkMembership, RoleRef } from '../network.js';

/** Roles changed in one request. The documents name no limit; an invitation takes as many. */
const ROLES_AT_ONCE = 1_000;

/** Without `group`, memberships of groups are among them and are left out here (assumed). */
export function readNetworkMemberships(client: Client): AsyncGenerator<readonly NetworkMembership[]> {
  return readMemberships(client, [], 'network');
}

export function readGroupMemberships(client: Client, group: Eid): AsyncGenerator<readonly NetworkMembership[]> {
  return readMemberships(client, [['group', group]], 'group');
}

/** Answers the memberships whose role could not be changed, with a reason that names nobody. */
export async function changeNetworkRoles(
  client: Client,
  roles: ReadonlyMap<Eid, RoleRef>,
): Promise<ReadonlyMap<Eid, string>> {
  const failed = new Map<Eid, string>();
  const all = [...roles];
  for (let start = 0; start < all.length; start += ROLES_AT_ONCE) {
    const some = new Map(all.slice(start, start + ROLES_AT_ONCE));
    for (const [membership, reason] of await changeSome(client, some)) failed.set(membership, reason);
  }
  return failed;
}

/** Makes the membership, or gives it another role. Members beyond `rev` and `role` are assumed. */
export async function setGroupRole(client: Client, user: Eid, group: Eid, role: RoleRef): Promise<void> {
  const call = CALLS.setGroupRole;
  const value = {
    rev: 'group',
    role: isBuiltIn(role) ? { key: role } : { EID: role },
    user: { EID: user, type: 'user' },
    group: { EID: group, type: 'group' },
  };
  const answer = await client.ask({ call, body: { kind: 'json', value }, answering: 'plain' });
  if (!isPending(answer, parseIfAny(feedback, call, answer))) return;
  await untilVisible(client, call, async () => ((await hasRole(client, user, group, role)) ? true : null));
}

async function changeSome(client: Client, roles: ReadonlyMap<Eid, RoleRef>): Promise<ReadonlyMap<Eid, string>> {
  const call = CALLS.changeRoles;
  const body = { kind: 'form', pairs: mapPairs('memberships', roles) } as const;
  const answer = await client.ask({ call, body, answering: 'plain' });
  const failed = parseIfAny(changedRoles, call, answer).data?.failed ?? {};
  return new Map(Object.entries(failed).map(([membership, text]) => [toEid(membership), documentedReason(text)]));
}

/** Asks for those of this role only, who in most groups are few, and stops when the person is among them. */
async function hasRole(client: Client, user: Eid, group: Eid, role: RoleRef): Promise<boolean> {
  const query: Pairs = [
    ['group', group],
    ['role', role],
  ];
  for await (const page of readMemberships(client, query, 'group')) {
    if (page.some((membership) => membership.user === user)) return true;
  }
  return false;
}

async function* readMemberships(
  client: Client,
  filters: Pairs,
  rev: MembershipAnswer['rev'],
): AsyncGenerator<readonly NetworkMembership[]> {
  const query: Pairs = [...filters, ['embed', 'memberships']];
  const what = { call: CALLS.memberships, query, answering: 'hal', schema: membershipsAnswer } as const;
  for await (const page of readCollection(client, what)) {
    const wanted = page.filter((membership) => membership.rev === rev);
    if (wanted.length > 0) yield wanted.map(membershipOf);
  }
}

function membershipOf({ EID, user, role, invitedAt }: MembershipAnswer): NetworkMembership {
  return { eid: EID, user, role, invitedAt: invitedAt ?? null };
}

function isBuiltIn(role: RoleRef): boolean {
  return role === 'admin' || role === 'member';
}
