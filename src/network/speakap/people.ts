import {
  feedback,
  idsAnswer,
  personAnswer,
  statusAnswer,
  userAnswer,
  usersAnswer,
  type PersonAnswer,
  type UserAnswer,
} from './answers.js';
import { CALLS, type Call } from './calls.js';
import type { Client } from './client.js';
import { readCollection } from './collection.js';
import { listPairs, type Pairs } from './encoding.js';
import { unexpected } from './failures.js';
import { findTopicGroupsOf } from './groups.js';
import { describeNetwork } from './network.js';
import { PAGE } from './paging.js';
import { parse, parseIfAny } from './parse.js';
import { profileOf } from './profile.js';
import { isPending, untilVisible } from './settle.js';
import type { Eid, Xid } from '../../sync/ids.js';
import { Conflict, NotFound, Refused } from '../errors.js';
import type { NetworkPerson, PersonStatus } from '../network.js';
import type { Profile } from '../../sync/person.js';

const EVERYBODY: Pairs = [['scope', 'network']];
const PROFILE = 'EID,XID,name,primaryEmail,jobTitle,preferredLanguage,telephoneNumbers,deleted';

/** Everyone who is not suspended; a suspended person is in no collection (assumed). */
export async function* readPeople(client: Client): AsyncGenerator<readonly NetworkPerson[]> {
  const query: Pairs = [...EVERYBODY, ['properties', PROFILE]];
  const schema = usersAnswer.transform(({ users }) => users);
  for await (const page of readCollection(client, { call: CALLS.people, query, answering: 'plain', schema })) {
    yield page.filter(({ deleted }) => deleted !== true).map((user) => personOf(user, null));
  }
}

/** Reads ids only, and no further than needed. */
export async function findPeople(client: Client, xids: ReadonlySet<Xid>): Promise<ReadonlyMap<Xid, Eid>> {
  const found = new Map<Xid, Eid>();
  if (xids.size === 0) return found;
  const query: Pairs = [...EVERYBODY, ['properties', 'EID,XID']];
  const schema = idsAnswer.transform(({ users }) => users);
  for await (const page of readCollection(client, { call: CALLS.people, query, answering: 'plain', schema })) {
    for (const { EID, XID } of page) if (XID !== null && xids.has(XID)) found.set(XID, EID);
    if (found.size === xids.size) break;
  }
  return found;
}

export function readPerson(client: Client, user: Eid): Promise<NetworkPerson | null> {
  return orNobody(client, () => askForPerson(client, user));
}

export function readProfile(client: Client, user: Eid): Promise<Profile | null> {
  return orNobody(client, async () => {
    const call = CALLS.person;
    const query: Pairs = [['properties', PROFILE]];
    const found = parse(userAnswer, call, await client.ask({ call, path: { user }, query, answering: 'plain' }));
    return found.deleted === true ? null : profileOf(found);
  });
}

/** By their EIDs, in the one page that holds them all (`speakap-api.md`, 2, multi-GET). @throws RangeError for more than 1,000. */
export async function readProfiles(client: Client, users: readonly Eid[]): Promise<ReadonlyMap<Eid, Profile>> {
  if (users.length === 0) return new Map();
  if (users.length > PAGE) throw new RangeError(`At most ${PAGE} people can be read at once.`);
  const call = CALLS.people;
  const query: Pairs = [
    ...EVERYBODY,
    ['eid', users.join(',')],
    ['properties', PROFILE],
    ['limit', String(users.length)],
  ];
  const answer = parse(usersAnswer, call, await client.ask({ call, query, answering: 'plain' }));
  const there = answer.users.filter(({ deleted }) => deleted !== true);
  return new Map(there.map((user) => [user.EID, profileOf(user)]));
}

export function readStatus(client: Client, user: Eid): Promise<PersonStatus | null> {
  return orNobody(client, async () => {
    const call = CALLS.status;
    return parse(statusAnswer, call, await client.ask({ call, path: { user }, answering: 'plain' })).status;
  });
}

/** Null only when the network itself still answers: a network that is gone is an error, and nobody's leaving. */
async function orNobody<Answer>(client: Client, ask: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    await describeNetwork(client);
    return null;
  }
}

export function join(client: Client, user: Eid, groups: readonly Eid[]): Promise<void> {
  return changeGroups(client, CALLS.join, user, groups, (now) => groups.every((group) => now.includes(group)));
}

export function leave(client: Client, user: Eid, groups: readonly Eid[]): Promise<void> {
  return changeGroups(client, CALLS.leave, user, groups, (now) => !groups.some((group) => now.includes(group)));
}

/** A refusal is no failure where all is already as it should be: a repeated call may be told so. */
async function changeGroups(
  client: Client,
  call: Call,
  user: Eid,
  groups: readonly Eid[],
  isDone: (now: readonly Eid[]) => boolean,
): Promise<void> {
  if (groups.length === 0) return;
  const isSeen = async () => isDone((await readPerson(client, user))?.groups ?? []);
  try {
    const body = { kind: 'form', pairs: listPairs('groups', groups) } as const;
    const answer = await client.ask({ call, path: { user }, body, answering: 'plain' });
    if (!isPending(answer, parseIfAny(feedback, call, answer))) return;
    await untilVisible(client, call, async () => ((await isSeen()) ? true : null));
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Conflict) || !(await isSeen())) throw error;
  }
}

/** `organizationGroups` are those of the organisation; whether topic groups are among them is open, so they are asked for. */
async function askForPerson(client: Client, user: Eid): Promise<NetworkPerson | null> {
  const call = CALLS.person;
  const query: Pairs = [
    ['embed', 'organizationGroups'],
    ['limit[organizationGroups]', '1000'],
  ];
  const answer = parse(personAnswer, call, await client.ask({ call, path: { user }, query, answering: 'hal' }));
  if (answer.deleted === true) return null;
  const groups = new Set([...organizationGroupsOf(answer), ...(await findTopicGroupsOf(client, user))]);
  return personOf(answer, [...groups]);
}

function organizationGroupsOf({ _embedded, _links }: PersonAnswer): readonly Eid[] {
  const embedded = _embedded?.organizationGroups?.map(({ EID }) => EID);
  if (embedded !== undefined) return embedded;
  const links = _links?.organizationGroups ?? [];
  if (!('href' in links)) return links;
  throw unexpected(CALLS.person, 'a person without the groups that were asked for');
}

function personOf(user: UserAnswer, groups: readonly Eid[] | null): NetworkPerson {
  return { eid: user.EID, xid: user.XID, profile: profileOf(user), groups };
}
