import { heartbeat } from '@temporalio/activity';
import { classifyVersion, type Classification } from '../../change-requests/classify.js';
import { conflictsOf, type Touching } from '../../change-requests/conflicts.js';
import type { Asked } from '../../change-requests/messages.js';
import { classifyAsked } from '../../change-requests/classify.js';
import type { Proposal } from '../../change-requests/state.js';
import { diffMappings, type MappingDifference } from '../../proposal/diff/diff-mappings.js';
import { effectWords } from '../../report/effect-words.js';
import { withdrawCodes } from '../../store/approval-codes.js';
import { countGuarded, readProposal, saveProposal, versionsOfChange } from '../../store/change-proposals.js';
import { openChanges, readChange } from '../../store/change-requests.js';
import type { Database } from '../../store/database.js';
import { currentFreeze } from '../../store/freezes.js';
import {
  activeMapping,
  approveMapping,
  mappingVersion,
  presentMapping,
  proposeMapping,
  retireMapping,
} from '../../store/mappings.js';
import type { ChangeRequest } from '../../store/prisma/client.js';
import { findRun } from '../../store/runs.js';
import { toCustomerId, type CustomerId } from '../../sync/ids.js';
import { compareOnSnapshot } from '../compare-mappings.js';
import { usableMapping } from '../mapping.js';
import type { ActivityParts } from '../parts.js';
import { NothingDelivered, OnboardingRefused } from '../refusals.js';

interface VersionPlace {
  readonly changeRequestId: number;
  readonly version: number;
}

export interface WrittenProposal extends Pick<
  Proposal,
  'base' | 'run' | 'counts' | 'differences' | 'closed' | 'conflicts'
> {
  /** What the rules make of it. */
  readonly classification: Classification;
}

export function createVersionActivities({ database }: ActivityParts) {
  return {
    /** Whether a version may be proposed, before a dry run is made of it. @throws OnboardingRefused, UnknownMapping, MappingRejected */
    async checkVersion({ changeRequestId, version }: VersionPlace): Promise<{ readonly base: number }> {
      const { customerId } = await readChange(database, changeRequestId);
      const { status, document } = await mappingVersion(database, customerId, version);
      const [other] = (await openChanges(database, customerId)).filter(
        (request) => request.id !== changeRequestId && request.version === version,
      );
      if (other !== undefined)
        throw new OnboardingRefused(`Version ${version} is proposed for change ${other.number} already.`);
      if (!['draft', 'proposed'].includes(status)) {
        throw new OnboardingRefused(`Version ${version} is ${status}, and only a draft can be proposed.`);
      }
      usableMapping({ document });
      const base = (await activeMapping(database, customerId)).version;
      return { base };
    },

    /** Keeps what a version would do: its differences, its effect on the last snapshot, the numbers of its dry run. @throws OnboardingRefused, NothingDelivered */
    async writeProposal(
      request: VersionPlace & { readonly base: number; readonly run: number; readonly asked: Asked },
    ): Promise<WrittenProposal> {
      const { changeRequestId, version, base, run, asked } = request;
      const row = await readChange(database, changeRequestId);
      const customer = toCustomerId(row.customerId);
      await refuseOtherBase(database, customer, version, base);
      const before = usableMapping(await mappingVersion(database, customer, base)).mapping;
      const after = usableMapping(await mappingVersion(database, customer, version)).mapping;
      const differences = diffMappings(before, after);
      if (differences.length === 0) {
        throw new OnboardingRefused(
          `Version ${version} means the same as version ${base}, which is active: it changes nothing.`,
        );
      }
      const compared = await compareOnSnapshot(database, customer, before, after, (people) => heartbeat({ people }));
      if (compared === null) throw new NothingDelivered(customer);
      const { counts, changed, managed } = await countGuarded(database, customer, run);
      await saveProposal(database, {
        ...{ changeRequestId, version, baseVersion: base, run, differences, closed: compared.closed },
        effects: [effectWords(compared.effects)],
      });
      await proposeMapping(database, customer, version);
      return {
        ...{ base, run, counts, differences: differences.length },
        closed: compared.closed.map(({ group: _, ...people }) => people),
        conflicts: await conflictsWith(database, row),
        classification: classifyVersion(classifyAsked(asked), differences, { changed, managed }),
      };
    },

    /** Numbers of other open requests that touch the same rules, or are about the same places. */
    async findConflicts({ changeRequestId }: { readonly changeRequestId: number }): Promise<readonly number[]> {
      return conflictsWith(database, await readChange(database, changeRequestId));
    },

    /** The customer agreed: the version is approved, and still the one that was compared. @throws OnboardingRefused */
    async approveVersion({ changeRequestId, version, base }: VersionPlace & { readonly base: number }): Promise<void> {
      const customer = toCustomerId((await readChange(database, changeRequestId)).customerId);
      await refuseOtherBase(database, customer, version, base);
      await approveMapping(database, customer, version);
    },

    /** A version that was sent back is not used any more. */
    async retireVersion({ changeRequestId, version }: VersionPlace): Promise<void> {
      const customer = toCustomerId((await readChange(database, changeRequestId)).customerId);
      await retireUnused(database, customer, version);
      await withdrawCodes(database, { changeRequestId }, `mapping/${version}`);
    },

    /**
     * Nothing of a request that ended without being applied stays: drafts are retired, codes are withdrawn. The active mapping is not
     * touched; `active` says which version that is when it is one of the request.
     */
    async leaveNothing({
      changeRequestId,
    }: {
      readonly changeRequestId: number;
    }): Promise<{ readonly retired: number; readonly active: number | null }> {
      const customer = toCustomerId((await readChange(database, changeRequestId)).customerId);
      const versions = await versionsOfChange(database, changeRequestId);
      let retired = 0;
      for (const version of versions) {
        if (await retireUnused(database, customer, version)) retired += 1;
      }
      await withdrawCodes(database, { changeRequestId });
      const active = (await presentMapping(database, customer))?.version ?? null;
      return { retired, active: active !== null && versions.includes(active) ? active : null };
    },

    /** Whether the version can be applied now. @throws OnboardingRefused when another version became the active one */
    async lookBeforeApplying({ changeRequestId, version, base }: VersionPlace & { readonly base: number }) {
      const customer = toCustomerId((await readChange(database, changeRequestId)).customerId);
      const frozen = await currentFreeze(database, customer);
      const active = (await activeMapping(database, customer)).version;
      if (active !== version) await refuseOtherBase(database, customer, version, base);
      return {
        isActive: active === version,
        frozen: frozen === null ? null : { until: frozen.until.toISOString(), by: frozen.by },
      };
    },

    /** What the run that applied a version left. */
    async checkApplied({ changeRequestId, version, run }: VersionPlace & { readonly run: number }) {
      const { customerId } = await readChange(database, changeRequestId);
      const active = (await activeMapping(database, customerId)).version;
      const row = await findRun(database, customerId, run);
      const mismatches = await database.prisma.runWarning.count({ where: { runId: row?.id ?? 0, stage: 'verify' } });
      return { isActive: active === version, frozenUntil: row?.frozenUntil?.toISOString() ?? null, mismatches };
    },
  };
}

/** What was compared with another version than the active one would take back what that one does. */
async function refuseOtherBase(database: Database, customer: CustomerId, version: number, base: number): Promise<void> {
  const active = (await activeMapping(database, customer)).version;
  if (active === base) return;
  throw new OnboardingRefused(
    `Version ${version} was made from version ${base}, and version ${active} is active now: it would take back what that one does. ` +
      'Make a new version from the active one, and propose that.',
  );
}

async function retireUnused(database: Database, customer: CustomerId, version: number): Promise<boolean> {
  const { status } = await mappingVersion(database, customer, version);
  if (status === 'active' || status === 'retired') return false;
  await retireMapping(database, customer, version);
  return true;
}

async function conflictsWith(database: Database, mine: ChangeRequest): Promise<readonly number[]> {
  const others = (await openChanges(database, mine.customerId)).filter(({ id }) => id !== mine.id);
  return conflictsOf(
    await touchingOf(database, mine),
    await Promise.all(others.map((row) => touchingOf(database, row))),
  );
}

async function touchingOf(database: Database, { id, number, places, version }: ChangeRequest): Promise<Touching> {
  const differences: readonly MappingDifference[] | null =
    version === null ? null : ((await readProposal(database, id, version))?.differences ?? null);
  return { number, places, differences };
}
