import { rehearse } from '../../apply/rehearse.js';
import type { RoleRef } from '../../network/network.js';
import { NEW_EID } from '../../network/speakap/rehearsal.js';
import { rehearseSpeakapNetwork } from '../../network/speakap/speakap.js';
import type { Payload, PayloadRequest } from '../../report/payload-text.js';
import { readCustomer } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import { readGroupEids, readRoles } from '../../store/network-groups.js';
import { changesOfPerson, type PersonsChange } from '../../store/person-changes.js';
import type { Run } from '../../store/prisma/client.js';
import { groupKey, parentsOf } from '../../sync/group.js';
import { toCustomerId, toEid, type GroupKey, type Xid } from '../../sync/ids.js';
import { CommandFailed } from '../errors.js';

const NEW_USER = toEid(`${NEW_EID}fffe`);
const NEW_MEMBERSHIP = toEid(`${NEW_EID}fffd`);

const UNKNOWN =
  'The plan has no change for this XID. An XID is text: 0004711 is not 4711; "usersync sync explain" tells why nothing is to be done.';
const HELD = 'A guard holds a part of it: that is only sent after a person has approved it.';
const OWN =
  'Before an update the person is read, so that fields which are their own (the login e-mail of an activated account, and what ' +
  'the mapping leaves to them) keep the value that the network shows then.';

/**
 * What a live run of this plan would send for one person: the requests that the adapter itself makes, with passwords masked.
 * Nothing is sent. Held changes are among them.
 */
export async function payloadOf(database: Database, run: Run, xid: Xid): Promise<Payload> {
  const { id, network } = await readCustomer(database, run.customerId);
  if (network === null) throw new CommandFailed(`${id} has no network, so there is no payload. Nothing was changed.`);
  const customer = toCustomerId(id);
  const changes = onlyTheirs(await changesOfPerson(database, customer, run.id, xid));
  if (changes.length === 0) return { xid, requests: [], notes: [UNKNOWN] };
  const roles = (await readRoles(database, customer)).filter(({ key }) => key === null);
  const { eid: networkEid, apiBase, scimBase } = network;
  const rehearsed = rehearseSpeakapNetwork({ networkEid, apiBase, ...(scimBase === null ? {} : { scimBase }) });
  const problems = await rehearse(
    {
      network: rehearsed.network,
      groups: await readGroupEids(database, customer),
      roles: new Map<string, RoleRef>([
        ...roles.map(({ name, eid }) => [name, toEid(eid)] as const),
        ...(['admin', 'member'] as const).map((role) => [role, role] as const),
      ]),
      ...{ newUser: NEW_USER, newMembership: NEW_MEMBERSHIP },
    },
    changes,
  );
  const isHeld = changes.some(({ status }) => status === 'held');
  const isUpdate = changes.some(({ change }) => change.kind === 'update');
  // The rehearsal answers no invitation, so it cannot say how one went.
  const real = problems.filter((problem) => !problem.startsWith('The network did not say'));
  return {
    xid,
    requests: rehearsed.sent.filter(({ method }) => method !== 'GET').map(withWords),
    notes: [...real, ...(isHeld ? [HELD] : []), ...(isUpdate ? [OWN] : [])],
  };
}

/** Of the groups that the plan makes, only those that this person joins. */
function onlyTheirs(changes: readonly PersonsChange[]): readonly PersonsChange[] {
  const joined = new Set<GroupKey>(
    changes.flatMap(({ change }) =>
      change.kind === 'join' ? [change.group, ...parentsOf(change.group)].map(groupKey) : [],
    ),
  );
  return changes.filter(({ change }) => change.kind !== 'create_group' || joined.has(groupKey(change.group)));
}

/** Ids that only the network gives out are said in words. */
function withWords({ url, body, ...request }: PayloadRequest): PayloadRequest {
  return { ...request, url: inWords(url), body: body === null ? null : inWords(body) };
}

function inWords(text: string): string {
  return text
    .replaceAll(NEW_USER, '{new user}')
    .replaceAll(NEW_MEMBERSHIP, '{new membership}')
    .replaceAll(
      new RegExp(`${NEW_EID}([0-9a-f]{4})`, 'g'),
      (_, digits: string) => `{new group ${parseInt(digits, 16)}}`,
    )
    .replace(/\/Users\/new\b/, '/Users/{new account}');
}
