import { heartbeat } from '@temporalio/activity';
import type { TestSpace } from '../../connections/test/test-spaces.js';
import type { Network } from '../../network/network.js';
import type { FoundInvitation, FoundNetwork, FoundPerson } from '../../proof/found.js';
import { invitationsDone, lettersReady } from '../../store/told.js';
import type { GroupRef } from '../../sync/group.js';
import { toXid } from '../../sync/ids.js';

/** Reads the whole network copy over its API, as somebody who knows nothing of what the sync wrote. @throws NetworkError */
export async function readFound(space: TestSpace, network: Network): Promise<FoundNetwork> {
  const groups = await network.groups();
  const roles = new Map((await network.roles()).map(({ eid, key, name }) => [eid as string, key ?? name]));
  const roleOf = (role: string): string => roles.get(role) ?? role;
  const groupsOf = new Map<string, { group: GroupRef; role: string | null }[]>();
  for (const { eid, group } of groups) {
    for await (const page of network.groupMemberships(eid)) {
      for (const { user, role } of page) {
        const mine = groupsOf.get(user) ?? [];
        mine.push({ group, role: roleOf(role) });
        groupsOf.set(user, mine);
      }
    }
    heartbeat();
  }
  const memberships = new Map<string, { readonly role: string; readonly invitedAt: string | null }>();
  for await (const page of network.networkMemberships()) {
    for (const { user, role, invitedAt } of page) memberships.set(user, { role: roleOf(role), invitedAt: invitedAt ?? null });
    heartbeat();
  }
  const people: FoundPerson[] = [];
  const invited = new Map<string, FoundPerson>();
  for await (const page of network.people()) {
    for (const { eid, xid, profile } of page) {
      const membership = memberships.get(eid);
      const networkRole = membership?.role === 'invitee' ? 'member' : (membership?.role ?? null);
      const person = { eid, xid, profile, isActive: true, networkRole, groups: groupsOf.get(eid) ?? [] };
      people.push(person);
      if (xid !== null && membership?.invitedAt != null) invited.set(xid, person);
    }
    heartbeat();
  }
  return { people, groups: groups.map(({ group }) => group), sent: await sentIn(space, people, invited) };
}

/** The network says that somebody was invited; how often, and that a letter is ready, stands in what the runs wrote down. */
async function sentIn(
  { database, customer }: TestSpace,
  people: readonly FoundPerson[],
  invited: ReadonlyMap<string, FoundPerson>,
): Promise<readonly FoundInvitation[]> {
  const done = await invitationsDone(database, customer);
  const sent: FoundInvitation[] = [];
  for (const [xid, { profile }] of invited) {
    const ways = (done.get(toXid(xid)) ?? []).filter(({ audience }) => audience !== 'letter' && audience !== 'sso');
    const by = ways[0]?.audience === 'sms' ? 'sms' : 'email';
    const address = (by === 'sms' ? profile.telephoneNumber : profile.email) ?? null;
    sent.push({ xid, by, address, times: ways.length === 0 ? 1 : ways.reduce((sum, { times }) => sum + times, 0) });
  }
  const present = new Set(people.flatMap(({ xid }) => xid ?? []));
  for (const xid of await lettersReady(database, customer)) {
    if (!present.has(xid)) continue;
    const times = (done.get(xid) ?? []).find(({ audience }) => audience === 'letter')?.times ?? null;
    if (times !== null) sent.push({ xid, by: 'letter', address: null, times });
  }
  return sent;
}
