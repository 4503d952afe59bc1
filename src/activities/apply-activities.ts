import { setTimeout as sleep } from 'node:timers/promises';
import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import { applyChanges } from '../apply/apply.js';
import type { ApplyParts } from '../apply/batch.js';
import type { RoleRef } from '../network/network.js';
import { toCustomerId, toEid, type CustomerId } from '../sync/ids.js';
import {
  countRange,
  leavingPeople,
  linksWithout,
  lookAtNewLinks,
  readBatch,
  recordOutcomes,
  type StoredLink,
} from '../store/changes.js';
import { inTransaction } from '../store/database.js';
import { decideHeld, type DecidedHolds } from '../store/holds.js';
import { refuseFrozen } from '../store/freezes.js';
import { releaseLease, renewLease, takeLease, type Lease } from '../store/leases.js';
import { ownerOfAccount } from '../store/links.js';
import { readGroups, readRoles, saveGroup, type KnownRole } from '../store/network-groups.js';
import { readRun } from '../store/runs.js';
import { isInRecord } from '../store/unknown-xids.js';
import { areVacating } from '../store/swapped-addresses.js';
import { holdLease, LEASE_MS } from './held-lease.js';
import type { ActivityParts } from './parts.js';
import { LeaseTaken } from './refusals.js';

/** A new account is visible a moment after it was made; one of an earlier run is, or is not. */
const LOOKS = 5;
/** Giving an address up takes one request. */
const LOOKED_AGAIN_MS = 200;

export interface BatchRequest {
  readonly runId: number;
  readonly fence: number;
  readonly from: number;
  readonly to: number;
}

/** What became of all changes in the range, earlier attempts included. */
export interface BatchCounts {
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface DecideRequest {
  readonly runId: number;
  readonly approve: boolean;
  readonly decision: {
    readonly by: string;
    /** What the changes are held with. */
    readonly kind?: string;
    /** Id of a list of people in Postgres. */
    readonly selection?: number;
    readonly comment?: string;
  };
}

export function createApplyActivities(parts: ActivityParts) {
  const { database, networks, batchSize } = parts;

  async function customerOf(runId: number): Promise<CustomerId> {
    return toCustomerId((await readRun(database, runId)).customerId);
  }

  /**
   * Two batches go side by side, and what the first of them gives up, the second may be about to give to somebody: who is written
   * to there before would be refused, or lose the new address to the giving up that comes after it.
   */
  async function untilVacated(runId: number, from: number, signal: AbortSignal): Promise<void> {
    while (await areVacating(database, runId, { from: from - batchSize, to: from - 1 }))
      await sleep(LOOKED_AGAIN_MS, undefined, { signal });
  }

  return {
    /** Answers the fencing number. @throws LeaseTaken while another run writes; CustomerFrozen. */
    async takeLease({ runId }: { readonly runId: number }): Promise<number> {
      const customer = await customerOf(runId);
      await refuseFrozen(database, customer);
      const lease = await takeLease(database, customer, `run ${runId}`, LEASE_MS);
      if (lease === null) throw new LeaseTaken(customer);
      return lease.fence;
    },

    async releaseLease({ runId, fence }: { readonly runId: number; readonly fence: number }): Promise<void> {
      await releaseLease(database, { customer: await customerOf(runId), fence });
    },

    /** Applies the changes of a range that are still to be done; repeated after a crash, it goes on where it stopped. @throws CustomerFrozen */
    async applyBatch({ runId, fence, from, to }: BatchRequest): Promise<BatchCounts> {
      const customer = await customerOf(runId);
      const lease = { customer, fence };
      await refuseFrozen(database, customer);
      const before = await countRange(database, runId, { from, to });
      const changes = await holdLease(database, lease, async (lost) => {
        const signal = AbortSignal.any([cancellationSignal(), lost]);
        await untilVacated(runId, from, signal);
        const planned = await readBatch(database, customer, runId, { from, to });
        if (planned.length > 0) await applyChanges(await applyParts(parts, lease, runId, { signal, lost }), planned);
        return planned;
      });
      const counts = await countRange(database, runId, { from, to });
      const kind = changes[0]?.change.kind;
      for (const status of ['done', 'failed', 'skipped'] as const) {
        const applied = counts[status] - before[status];
        if (kind !== undefined) parts.metrics.changesApplied(customer, kind, status, applied);
      }
      return counts;
    },

    /** Finds the EIDs of new accounts, or the network memberships of people whose role changes, and writes them to the links. */
    async completeLinks(request: {
      readonly runId: number;
      readonly fence: number;
      readonly what: 'userEid' | 'membershipEid';
      /** How often the network is read when somebody is not found. */
      readonly looks?: number;
    }): Promise<{ readonly found: number; readonly open: number }> {
      const { runId, fence, what, looks = LOOKS } = request;
      const lease = { customer: await customerOf(runId), fence };
      const network = await networks.of(lease.customer);
      return holdLease(database, lease, async (lost) => {
        let found = 0;
        if (what === 'userEid') await lookAtNewLinks(database, runId);
        for (let look = 1; ; look += 1) {
          const open = await linksWithout(database, lease.customer, runId, what);
          if (open.length === 0 || look > looks) return { found, open: open.length };
          const completed = what === 'userEid' ? await withEids(network, open) : await withMemberships(network, open);
          lost.throwIfAborted();
          await recordOutcomes(database, lease, runId, [], completed);
          found += completed.length;
          if (completed.length < open.length && look < looks)
            await sleep(look * 200, undefined, { signal: cancellationSignal() });
        }
      });
    },

    /** Writes down a person's decision about held changes; answers how many it was about, and what is left of each kind. */
    async decideHeld({ runId, approve, decision }: DecideRequest): Promise<DecidedHolds> {
      const { by, kind, selection, comment } = decision;
      const said = comment === undefined ? by : `${by}: ${comment}`;
      const choice = {
        ...(kind === undefined ? {} : { with: kind }),
        ...(selection === undefined ? {} : { selection }),
      };
      return decideHeld(database, runId, choice, approve ? 'planned' : 'refused', said);
    },
  };
}

interface Ends {
  readonly signal: AbortSignal;
  /** Another may write by now: what waits to be sent, or to be sent again, is not. */
  readonly lost: AbortSignal;
}

async function applyParts(
  parts: ActivityParts,
  lease: Lease,
  runId: number,
  { signal, lost }: Ends,
): Promise<ApplyParts> {
  const { database, networks, passwords, networkConcurrency } = parts;
  const { customer } = lease;
  const groups = await readGroups(database, customer);
  return {
    network: await networks.of(customer, lost),
    groups: new Map(groups.map(({ key, eid }) => [key, eid])),
    roles: rolesByName(await readRoles(database, customer)),
    record: async (outcomes, links) => {
      await renewLease(database, lease, LEASE_MS);
      await recordOutcomes(database, lease, runId, outcomes, links);
    },
    rememberGroup: (eid, group) =>
      inTransaction(database, (connection) => saveGroup(connection, customer, { eid, group }, 'created')),
    ownerOf: (account) => ownerOfAccount(database, customer, account),
    isInRecord: (xid) => isInRecord(database, customer, xid),
    sealPassword: (xid) => passwords.make(customer, xid),
    openPassword: (xid, sealed) => passwords.open(customer, xid, sealed),
    movePassword: (from, to, sealed) => passwords.seal(customer, to, passwords.open(customer, from, sealed)),
    leavingPeople: () => leavingPeople(database, customer, runId),
    isRepeated: activityInfo().attempt > 1,
    concurrency: networkConcurrency,
    signal,
    onProgress: (done) => heartbeat({ done }),
  };
}

/** Built-in roles are spoken of by their key, custom ones by their name. */
function rolesByName(roles: readonly KnownRole[]): ReadonlyMap<string, RoleRef> {
  const custom = roles.filter(({ key }) => key === null).map(({ name, eid }) => [name, toEid(eid)] as const);
  return new Map<string, RoleRef>([...custom, ['admin', 'admin'], ['member', 'member']]);
}

type NetworkOf = Awaited<ReturnType<ActivityParts['networks']['of']>>;

async function withEids(network: NetworkOf, open: readonly StoredLink[]): Promise<readonly StoredLink[]> {
  const eids = await network.findPeople(new Set(open.map(({ xid }) => xid)));
  return open.flatMap((link) => {
    const userEid = eids.get(link.xid);
    return userEid === undefined ? [] : [{ ...link, userEid }];
  });
}

async function withMemberships(network: NetworkOf, open: readonly StoredLink[]): Promise<readonly StoredLink[]> {
  const wanted = new Map(open.map((link) => [link.userEid, link]));
  const completed: StoredLink[] = [];
  for await (const page of network.networkMemberships()) {
    for (const { eid, user } of page) {
      const link = wanted.get(user);
      if (link !== undefined) completed.push({ ...link, membershipEid: eid });
    }
    if (completed.length === wanted.size) break;
  }
  return completed;
}
