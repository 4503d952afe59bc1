import type { KindCounts, PartCounts } from '../../release/types.js';
import { countsByPart, countsOfPart, groupsIn, type CountedPart } from '../../store/release-counts.js';
import { addNewcomers, readRelease, updateWave, wavesOf, type ReleaseWave } from '../../store/releases.js';
import { findRun } from '../../store/runs.js';
import type { Run } from '../../store/prisma/client.js';
import type { ActivityParts } from '../parts.js';
import { ReleaseRefused, type ReleaseRequest } from './request.js';

export interface PartRequest extends ReleaseRequest {
  readonly wave: number;
  readonly part: number;
}

/** A plan for everybody, as it is approved. */
export interface MeasuredPlan {
  /** Number of the dry run. */
  readonly run: number;
  readonly mappingVersion: number;
  /** Groups that would be made, for all waves together. */
  readonly groups: number;
  readonly kinds: KindCounts;
  readonly parts: readonly CountedPart[];
}

export function createWaveActivities({ database }: ActivityParts) {
  async function wavesOfRequest({ customer, number }: ReleaseRequest): Promise<readonly ReleaseWave[]> {
    return wavesOf(database, (await readRelease(database, customer, number)).id);
  }

  async function waveOf(request: PartRequest): Promise<ReleaseWave> {
    const found = (await wavesOfRequest(request)).find(
      ({ wave, part }) => wave === request.wave && part === request.part,
    );
    if (found === undefined) throw new ReleaseRefused(`There is no part ${request.part} of wave ${request.wave}.`);
    return found;
  }

  async function runOf(customer: string, number: number): Promise<Run> {
    const run = await findRun(database, customer, number);
    if (run === null) throw new ReleaseRefused(`There is no run ${number} of ${customer}.`);
    return run;
  }

  return {
    /** Counts what a dry run for everybody does to each wave. */
    async measurePlan({ run: number, ...request }: ReleaseRequest & { readonly run: number }): Promise<MeasuredPlan> {
      const release = await readRelease(database, request.customer, request.number);
      const run = await runOf(request.customer, number);
      const parts = await countsByPart(database, release.id, run.id);
      return {
        ...{ run: number, mappingVersion: run.mappingVersion ?? 0, parts },
        groups: await groupsIn(database, run.id),
        kinds: sumOf(parts.map(({ kinds }) => kinds)),
      };
    },

    /** Counts what a dry run of one part would do, with what was done of it before. */
    async measurePart({
      run: number,
      ...request
    }: PartRequest & { readonly run: number }): Promise<
      PartCounts & { readonly mappingVersion: number; readonly groups: number }
    > {
      const { pilotId } = await waveOf(request);
      const run = await runOf(request.customer, number);
      const counts = await countsOfPart(database, pilotId, run.id);
      return { ...counts, mappingVersion: run.mappingVersion ?? 0, groups: await groupsIn(database, run.id) };
    },

    /** What is approved of each part; guards take shares of these people. */
    async keepApproved({
      parts,
      ...request
    }: ReleaseRequest & { readonly parts: readonly CountedPart[] }): Promise<void> {
      for (const wave of await wavesOfRequest(request)) {
        const counts = parts.find((each) => each.wave === wave.wave && each.part === wave.part);
        if (counts === undefined) continue;
        await updateWave(database, wave, { approved: { people: counts.people, kinds: { ...counts.kinds } } });
      }
    },

    /** Who came with deliveries after the planning joins the last part: nobody is forgotten. */
    async addNewcomers(request: PartRequest): Promise<{ readonly people: number }> {
      const release = await readRelease(database, request.customer, request.number);
      return { people: await addNewcomers(database, release, await waveOf(request)) };
    },

    /** @throws ReleaseRefused for a run that a freeze kept from applying anything */
    async closePart({ run, ...request }: PartRequest & { readonly run: number }): Promise<void> {
      const { frozenUntil } = await runOf(request.customer, run);
      if (frozenUntil !== null) {
        throw new ReleaseRefused(
          `${request.customer} is frozen until ${frozenUntil.toISOString()}, so run ${run} applied nothing. ` +
            '"usersync sync unfreeze" ends it, and resuming the release goes on.',
        );
      }
      await updateWave(database, await waveOf(request), { run, endedAt: new Date() });
    },
  };
}

function sumOf(all: readonly KindCounts[]): KindCounts {
  const sum: Record<string, number> = {};
  for (const kinds of all) for (const [kind, count] of Object.entries(kinds)) sum[kind] = (sum[kind] ?? 0) + count;
  return sum;
}
