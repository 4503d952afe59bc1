import { heartbeat } from '@temporalio/activity';
import type { TestSpace } from '../../connections/test/test-spaces.js';
import type { Network } from '../../network/network.js';
import type { FoundInvitation, FoundNetwork, FoundPerson } from '../../proof/found.js';
import { invitationsDone } from '../../store/told.js';
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
    for (const { user, role, invitedAt } of page)
      memberships.set(user, { role: roleOf(role), invitedAt: invitedAt ?? null });
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
      if (xid !== null && membership !== undefined && membership.invitedAt !== null) invited.set(xid, person);
    }
    heartbeat();
  }
  return { people, groups: groups.map(({ group }) => group), sent: await sentIn(space, people, invited) };
}

/**
 * How often somebody was told, and by letter, stands in what the runs wrote down; by e-mail and SMS it counts only where the
 * network itself says that the person was invited, and who was invited without a run is listed as well. Of suspended people
 * the network says nothing.
 */
async function sentIn(
  { database, customer }: TestSpace,
  people: readonly FoundPerson[],
  invited: ReadonlyMap<string, FoundPerson>,
): Promise<readonly FoundInvitation[]> {
  const done = await invitationsDone(database, customer);
  const visible = new Map(people.flatMap((person) => (person.xid === null ? [] : [[person.xid, person] as const])));
  const sent: FoundInvitation[] = [];
  for (const [xid, ways] of done) {
    for (const { audience, times } of ways) {
      if (audience === 'letter') sent.push({ xid, by: 'letter', address: null, times });
      if (audience !== 'email' && audience !== 'sms') continue;
      const person = visible.get(xid);
      if (person !== undefined && !invited.has(xid)) continue;
      const address = audience === 'sms' ? person?.profile.telephoneNumber : person?.profile.email;
      sent.push({ xid, by: audience, address: address ?? null, times });
    }
  }
  for (const [xid, { profile }] of invited) {
    const isKnown = done.get(toXid(xid))?.some(({ audience }) => audience === 'email' || audience === 'sms') === true;
    if (!isKnown) sent.push({ xid, by: 'email', address: profile.email ?? null, times: 1 });
  }
  return sent;
}
