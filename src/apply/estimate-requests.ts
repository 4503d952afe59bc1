import type { RequestFacts } from '../store/request-facts.js';
import type { ChangeKind } from '../sync/change.js';
import { READ_TOGETHER } from './read-together.js';

/** One thing that a live run asks the network for, and how often. */
export interface RequestCount {
  readonly what:
    ChangeKind | 'read groups and roles' | 'find accounts' | 'find memberships' | 'find administrators' | 'read back';
  readonly requests: number;
}

export interface RequestEstimate {
  /** In the order of a run; what takes none is left out. */
  readonly counts: readonly RequestCount[];
  readonly requests: number;
  /** At the network's allowed rate; null without a limit. */
  readonly seconds: number | null;
}

export interface NetworkPace {
  readonly requestsPerSecond: number | null;
  /** People in one batch of changes. */
  readonly batchSize: number;
  /** How many requests it takes to read a collection of so many things. */
  readonly requestsToRead: (things: number) => number;
}

/**
 * How many requests a live run of a plan takes, when everything goes well: nothing refused, no answer lost, everything that was
 * accepted visible at once. What each change costs is what the files beside this one ask.
 */
export function estimateRequests(facts: RequestFacts, pace: NetworkPace): RequestEstimate {
  const counts = [...before(facts, pace), ...changes(facts, pace), ...after(facts, pace)].filter(
    ({ requests }) => requests > 0,
  );
  const requests = counts.reduce((sum, count) => sum + count.requests, 0);
  const { requestsPerSecond } = pace;
  return { counts, requests, seconds: requestsPerSecond === null ? null : requests / requestsPerSecond };
}

/** Read by every run, whether anything is to be done or not. */
function before({ network, units }: RequestFacts, { requestsToRead }: NetworkPace): readonly RequestCount[] {
  const lost = network.withoutEid > 0 ? requestsToRead(network.people) : 0;
  const made = (units.create ?? 0) > 0 ? requestsToRead(network.people + (units.create ?? 0)) : 0;
  return [
    { what: 'read groups and roles', requests: requestsToRead(network.groups) + requestsToRead(0) },
    { what: 'find accounts', requests: lost + made },
  ];
}

function changes(facts: RequestFacts, pace: NetworkPace): readonly RequestCount[] {
  const { units, updates, roles, invitations, network } = facts;
  const of = (kind: ChangeKind): number => units[kind] ?? 0;
  const each = (kind: ChangeKind): RequestCount => ({ what: kind, requests: of(kind) });
  /** One request for all of a batch who need it. */
  const batches = (kind: ChangeKind, people: number): number => Math.min(people, Math.ceil(of(kind) / pace.batchSize));
  const joined = facts.groupsWritten.reduce((sum, people) => sum + people, 0);
  const memberships = network.memberships + of('create') + joined;
  return [
    each('create_group'),
    each('restore'),
    each('create'),
    {
      what: 'update',
      requests: of('update') + Math.ceil(updates.readFirst / READ_TOGETHER) + updates.newEmail,
    },
    each('join'),
    { what: 'find memberships', requests: roles.membershipUnknown > 0 ? pace.requestsToRead(memberships) : 0 },
    {
      what: 'find administrators',
      // In most networks the first page has one who stays.
      requests: facts.leaving > 0 ? Math.max(1, Math.ceil(of('suspend') / pace.batchSize)) : 0,
    },
    { what: 'change_role', requests: batches('change_role', roles.inNetwork) + roles.inGroups },
    { what: 'invite', requests: batches('invite', invitations.sent) + invitations.again },
    each('leave'),
    // Each is looked at first: the account may be somebody else's by now.
    { what: 'suspend', requests: 2 * of('suspend') },
  ];
}

/** What was written is read back (`activities/verify-activities.ts`): everybody once, and each group that somebody joined or left. */
function after(
  { units, network, groupsWritten }: RequestFacts,
  { requestsToRead }: NetworkPace,
): readonly RequestCount[] {
  const { create = 0, restore = 0, suspend = 0 } = units;
  const everybody = create + restore + suspend > 0 ? requestsToRead(network.people + create + restore - suspend) : 0;
  const groups = groupsWritten.reduce((sum, people) => sum + requestsToRead(people), 0);
  return [{ what: 'read back', requests: everybody + groups }];
}
