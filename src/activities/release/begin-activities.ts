import { checkRelease, type CheckedItem } from '../../release/checklist.js';
import { nextDaytime, type DayHours } from '../../release/hours.js';
import type { ReleaseOptions, WavePart } from '../../release/types.js';
import { listContacts } from '../../store/contacts.js';
import { readCustomer } from '../../store/customers.js';
import { readOnboarding, viewOf } from '../../store/onboardings.js';
import { readRelease, updateRelease, wavesOf, type ReleaseStatus } from '../../store/releases.js';
import type { ActivityParts } from '../parts.js';
import { letUsualLimitsHold } from './daily-activities.js';
import { gatherFacts } from './facts.js';
import { optionsOf, ReleaseRefused, type ReleaseRequest } from './request.js';

/** What the workflow has to know of its release. */
export interface BegunRelease {
  readonly manager: string;
  readonly timeZone: string;
  readonly mappingVersion: number;
  /** Instant; null: as soon as it is approved. */
  readonly goLiveAt: string | null;
  /** The same on the customer's clocks. */
  readonly goLiveWords: string;
  readonly options: ReleaseOptions;
  readonly waves: readonly WavePart[];
  readonly onboardingId: number | null;
  /** What the onboarding left out and why. */
  readonly leftOut: readonly string[];
}

export interface NoteReleaseRequest extends ReleaseRequest {
  readonly status: ReleaseStatus;
  readonly problem: string | null;
  /** What `release show` shows when the workflow is over. */
  readonly view: object;
}

export function createBeginActivities(parts: ActivityParts) {
  const { database } = parts;
  return {
    /** Begins a release that was planned. @throws ReleaseRefused when its go-live is over, or it is itself */
    async beginRelease(request: ReleaseRequest): Promise<BegunRelease> {
      const release = await readRelease(database, request.customer, request.number);
      const { customerId, goLiveAt, onboardingId, mappingVersion } = release;
      const { manager, timeZone } = await readCustomer(database, customerId);
      if (release.status === 'done' || release.status === 'stopped') {
        throw new ReleaseRefused(`Release ${release.number} of ${customerId} is over.`);
      }
      if (release.status === 'planned' && goLiveAt !== null && goLiveAt.getTime() <= Date.now()) {
        throw new ReleaseRefused(
          `The go-live of release ${release.number} of ${customerId} is in the past. Plan another one: usersync release plan ${customerId} --go-live MOMENT.`,
        );
      }
      await updateRelease(database, release, { status: 'running', startedAt: release.startedAt ?? new Date() });
      return {
        ...{ manager, timeZone, mappingVersion, onboardingId, options: optionsOf(release) },
        goLiveAt: goLiveAt?.toISOString() ?? null,
        goLiveWords: goLiveAt === null ? 'as soon as it is approved' : momentWords(goLiveAt, timeZone),
        waves: await partsOfRelease(parts, release.id),
        leftOut: await leftOutOf(parts, onboardingId),
      };
    },

    /** Fills the checklist from what is so now. */
    async checkRelease(request: ReleaseRequest): Promise<{ readonly items: readonly CheckedItem[] }> {
      const release = await readRelease(database, request.customer, request.number);
      return { items: checkRelease(release.customerId, await gatherFacts(parts, release)) };
    },

    /** Looks up who says something. @throws ReleaseRefused for whoever is no contact, or may not approve */
    async judgeRelease({
      by,
      approves,
      ...request
    }: ReleaseRequest & { readonly by: string; readonly approves: boolean }): Promise<{
      readonly side: 'customer' | 'speakap';
    }> {
      const contact = (await listContacts(database, request.customer)).find(({ id }) => id === by);
      if (contact === undefined) throw new ReleaseRefused(`${request.customer} has no contact "${by}".`);
      if (approves && !contact.approves) throw new ReleaseRefused(`The contact "${by}" does not approve.`);
      return { side: contact.side };
    },

    /** The instant at which something of so many minutes may begin, by the customer's clocks. */
    async nextDaytime({
      customer,
      hours,
      minutes,
    }: {
      readonly customer: string;
      readonly hours: DayHours;
      readonly minutes: number;
    }): Promise<{ readonly at: string; readonly isNow: boolean; readonly words: string }> {
      const { timeZone } = await readCustomer(database, customer);
      const now = new Date().toISOString();
      const at = nextDaytime(now, timeZone, hours, minutes);
      return { at, isNow: at === now, words: momentWords(new Date(at), timeZone) };
    },

    /** Writes down where the release stands. */
    async noteRelease({ status, problem, view, ...request }: NoteReleaseRequest): Promise<void> {
      const release = await readRelease(database, request.customer, request.number);
      const isOver = status === 'done' || status === 'stopped';
      // Nobody watches any more, and nothing else would end it.
      if (status === 'stopped' && release.status === 'watching') await letUsualLimitsHold(parts, request);
      await updateRelease(database, release, {
        ...{ status, problem, view: { ...view } },
        ...(isOver ? { endedAt: release.endedAt ?? new Date() } : {}),
      });
    },
  };
}

async function partsOfRelease({ database }: ActivityParts, id: number): Promise<readonly WavePart[]> {
  const waves = await wavesOf(database, id);
  return waves.map(({ wave, part, name, people, pilotId }) => ({
    ...{ wave, part, name, people, only: pilotId },
    parts: waves.filter((other) => other.wave === wave).length,
  }));
}

async function leftOutOf({ database }: ActivityParts, onboardingId: number | null): Promise<readonly string[]> {
  if (onboardingId === null) return [];
  const view = viewOf(await readOnboarding(database, onboardingId));
  return view?.leftOut.map(({ item, reason }) => `${item} (${reason})`) ?? [];
}

function momentWords(instant: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return `${format.format(instant)} ${timeZone}`;
}
