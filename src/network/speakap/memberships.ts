import { changedRoles, membershipsAnswer, type MembershipAnswer } from './answers.js';
import { CALLS } from './calls.js';
import type { Client } from './client.js';
import { documentedReason } from './codes.js';
import { readCollection } from './collection.js';
import { mapPairs, type Pairs } from './encoding.js';
import { parseIfAny } from './parse.js';
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

/** Those of one role only, who in most groups are few. */
export function readHolders(client: Client, group: Eid, role: RoleRef): AsyncGenerator<readonly NetworkMembership[]> {
  const query: Pairs = [
    ['group', group],
    ['role', role],
  ];
  return readMemberships(client, query, 'group');
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

async function changeSome(client: Client, roles: ReadonlyMap<Eid, RoleRef>): Promise<ReadonlyMap<Eid, string>> {
  const call = CALLS.changeRoles;
  const body = { kind: 'form', pairs: mapPairs('memberships', roles) } as const;
  const answer = await client.ask({ call, body, answering: 'plain' });
  const failed = parseIfAny(changedRoles, call, answer).data?.failed ?? {};
  return new Map(Object.entries(failed).map(([membership, text]) => [toEid(membership), documentedReason(text)]));
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
