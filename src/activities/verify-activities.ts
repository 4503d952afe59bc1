import { heartbeat } from '@temporalio/activity';
import type { Network } from '../network/network.js';
import { writtenMemberships, writtenNotes, writtenPeople, type WrittenMembership } from '../store/written.js';
import { readGroupEids } from '../store/network-groups.js';
import { readRun } from '../store/runs.js';
import { saveWarnings } from '../store/warnings.js';
import { groupKey } from '../sync/group.js';
import { toCustomerId, type CustomerId, type Eid, type GroupKey, type Xid } from '../sync/ids.js';
import type { Warning } from '../sync/person.js';
import type { ActivityParts } from './parts.js';

export function createVerifyActivities({ database, networks }: ActivityParts) {
  return {
    /** Reads back what the run wrote and compares: people who should be there or gone, and the groups they joined or left. */
    async verifyRun({ runId }: { readonly runId: number }) {
      const customer = toCustomerId((await readRun(database, runId)).customerId);
      const network = await networks.of(customer);
      const people = await writtenPeople(database, customer, runId);
      const memberships = await writtenMemberships(database, customer, runId);
      const eids = await readGroupEids(database, customer);
      const differences = [
        ...(people.length === 0 ? [] : await comparePeople(network, people)),
        ...(await compareGroups(network, eids, memberships)),
      ].map(({ xid, text }) => toWarning(customer, xid, text));
      const notes = (await writtenNotes(database, runId)).map(toNote);
      await saveWarnings(database, runId, 'verify', [...differences, ...notes]);
      const checked = people.length + memberships.length;
      const different = differences.length;
      const note = different === 0 ? 'all as written' : `${different} not as written, see the report`;
      return { checked, different, note: `${checked} read back, ${note}` };
    },
  };
}

interface Difference {
  readonly xid: Xid;
  readonly text: string;
}

type WrittenPeople = Awaited<ReturnType<typeof writtenPeople>>;

async function comparePeople(network: Network, people: WrittenPeople): Promise<readonly Difference[]> {
  const wanted = new Set(people.map(({ userEid }) => userEid));
  const seen = new Set<Eid>();
  for await (const page of network.people()) {
    for (const { eid } of page) if (wanted.has(eid)) seen.add(eid);
    heartbeat();
  }
  return people
    .filter(({ userEid, present }) => seen.has(userEid) !== present)
    .map(({ xid, present }) => ({
      xid,
      text: present ? 'The person is not in the network.' : 'The person is still in the network.',
    }));
}

async function compareGroups(
  network: Network,
  eids: ReadonlyMap<GroupKey, Eid>,
  memberships: readonly WrittenMembership[],
): Promise<readonly Difference[]> {
  const byGroup = new Map<GroupKey, WrittenMembership[]>();
  for (const membership of memberships) {
    const key = groupKey(membership.group);
    const written = byGroup.get(key);
    if (written === undefined) byGroup.set(key, [membership]);
    else written.push(membership);
  }
  const differences: Difference[] = [];
  for (const [key, written] of byGroup) {
    const eid = eids.get(key);
    if (eid !== undefined) differences.push(...(await compareGroup(network, eid, written)));
    heartbeat();
  }
  return differences;
}

async function compareGroup(
  network: Network,
  group: Eid,
  written: readonly WrittenMembership[],
): Promise<readonly Difference[]> {
  const members = new Set<Eid>();
  for await (const page of network.groupMemberships(group)) for (const { user } of page) members.add(user);
  return written
    .filter(({ userEid, member }) => members.has(userEid) !== member)
    .map(({ xid, member }) => ({
      xid,
      text: member ? 'The person is not in a group it joined.' : 'The person is still in a group it left.',
    }));
}

function toNote({ xid, text }: { readonly xid: Xid; readonly text: string }): Warning {
  return { code: 'done-with-a-note', xid, rows: [], column: null, text };
}

/** The next run sees no difference between the record and what is written down. */
function toWarning(customer: CustomerId, xid: Xid, text: string): Warning {
  const next = `The network may only be slow to show it; "usersync sync reconcile ${customer} --repair" writes it again.`;
  return { code: 'not-as-written', xid, rows: [], column: null, text: `${text} ${next}` };
}
