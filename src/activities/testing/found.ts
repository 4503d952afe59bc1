import { heartbeat } from '@temporalio/activity';
import type { TestSpace } from '../../connections/test/test-spaces.js';
import type { Network } from '../../network/network.js';
import type { FoundInvitation, FoundNetwork } from '../../proof/found.js';
import { readFoundNetwork } from '../../proof/read-network.js';
import { invitationsDone } from '../../store/told.js';
import { toXid } from '../../sync/ids.js';

/**
 * Reads the whole network copy over its API, as somebody who knows nothing of what the sync wrote. `before`: as it was found the
 * last time, which says to which address earlier invitations went. @throws NetworkError
 */
export async function readFound(
  space: TestSpace,
  network: Network,
  before: FoundNetwork | null = null,
): Promise<FoundNetwork> {
  const found = await readFoundNetwork(network, { onPage: () => heartbeat() });
  return { ...found, sent: await sentIn(space, found, before?.sent ?? []) };
}

/**
 * How often somebody was told, and by letter, stands in what the runs wrote down; by e-mail and SMS it counts only where the
 * network itself says that the person was invited, and who was invited without a run is listed as well. Of suspended people
 * the network says nothing.
 */
async function sentIn(
  { database, customer }: TestSpace,
  { people, sent: invitations }: FoundNetwork,
  earlier: readonly FoundInvitation[],
): Promise<readonly FoundInvitation[]> {
  const done = await invitationsDone(database, customer);
  const visible = new Map(people.flatMap((person) => (person.xid === null ? [] : [[person.xid, person] as const])));
  const invited = new Set(invitations.flatMap(({ xid }) => xid ?? []));
  const byPerson = new Map<string, FoundInvitation[]>();
  for (const each of earlier) {
    const others = byPerson.get(each.xid ?? '');
    if (others === undefined) byPerson.set(each.xid ?? '', [each]);
    else others.push(each);
  }
  const sent: FoundInvitation[] = [];
  for (const [xid, ways] of done) {
    for (const { audience, times } of ways) {
      if (audience === 'letter') sent.push({ xid, by: 'letter', address: null, times });
      if (audience !== 'email' && audience !== 'sms') continue;
      const person = visible.get(xid);
      if (person !== undefined && !invited.has(xid)) continue;
      const address = audience === 'sms' ? person?.profile.telephoneNumber : person?.profile.email;
      const known = (byPerson.get(xid) ?? []).filter(({ by }) => by === audience);
      const more = times - known.reduce((sum, each) => sum + (each.times ?? 0), 0);
      sent.push(...known, ...(more > 0 ? [{ xid, by: audience, address: address ?? null, times: more }] : []));
    }
  }
  const byRuns = new Set(sent.filter(({ by }) => by !== 'letter').map(({ xid }) => xid));
  return [...sent, ...invitations.filter(({ xid }) => xid === null || !byRuns.has(toXid(xid)))];
}
