import { readCustomer, setDailyAt } from '../../store/customers.js';
import { activeMapping } from '../../store/mappings.js';
import { closeGroupRuns } from '../../store/group-plans.js';
import { hasLinks, removeSource, removeTraces, sealedFilesOf } from '../../store/onboarding-traces.js';
import { onboardingEvents, readOnboarding, viewOf } from '../../store/onboardings.js';
import { forgetPgpKeys } from '../../store/pgp-keys.js';
import { toCustomerId, type CustomerId } from '../../sync/ids.js';
import { BadTimeOfDay, parseTimeOfDay } from '../../temporal/schedule.js';
import type { ActivityParts } from '../parts.js';
import { releaseInWaves } from './release-in-waves.js';
import { OnboardingRefused } from '../refusals.js';

export function createEndActivities(parts: ActivityParts) {
  const { database, schedules, deliveries, uploads } = parts;
  async function disconnect(customer: CustomerId): Promise<readonly string[]> {
    const access = await uploads.withdraw(customer);
    const hadSource = await removeSource(database, customer);
    const pgpKeys = await forgetPgpKeys(database, customer);
    const hadSchedule = await schedules.remove(customer);
    return [
      `${access.logins} logins of the drop`,
      `${access.links} links`,
      ...(hadSource || access.source ? ['the source with its credentials'] : []),
      ...(pgpKeys > 0 ? [`${pgpKeys} PGP keys`] : []),
      ...(hadSchedule ? ['the daily schedule'] : []),
    ];
  }

  return {
    /** The agreed time becomes the daily schedule, paused until the release. @throws OnboardingRefused */
    async agreeFrequency({ onboardingId, time }: { readonly onboardingId: number; readonly time: string }) {
      const { customerId } = await readOnboarding(database, onboardingId);
      const { timeZone } = await readCustomer(database, customerId);
      try {
        parseTimeOfDay(time);
      } catch (error) {
        if (error instanceof BadTimeOfDay)
          throw new OnboardingRefused(error.message.replace(' Nothing was changed.', ''));
        throw error;
      }
      await setDailyAt(database, toCustomerId(customerId), time);
      await schedules.save({ customer: customerId, dailyAt: time, timeZone });
      return {
        ...{ usable: true, settled: true },
        finding: `Daily at ${time}, ${timeZone}; the schedule is made, and paused until the release.`,
      };
    },

    /**
     * The release: from now on the network follows the record every day. One that was planned in waves begins now, and the go-live
     * is handed over when the customer has accepted it. @throws OnboardingRefused as long as it has not
     */
    async handOver({ onboardingId }: { readonly onboardingId: number }) {
      const { customerId } = await readOnboarding(database, onboardingId);
      const released = await releaseInWaves(parts, onboardingId);
      if (released !== null) return { words: released };
      const { dailyAt, timeZone } = await readCustomer(database, customerId);
      const { version } = await activeMapping(database, customerId);
      await schedules.switchOn({ customer: customerId, dailyAt, timeZone }, 'released');
      return {
        words: `The daily sync runs at ${dailyAt}, ${timeZone}, with version ${version} of the mapping.`,
      };
    },

    /** The whole course in a few sentences. */
    async sumUp({ onboardingId }: { readonly onboardingId: number }) {
      const onboarding = await readOnboarding(database, onboardingId);
      const events = await onboardingEvents(database, onboardingId);
      const view = viewOf(onboarding);
      const schedule = view?.schedule ?? null;
      const shift =
        schedule === null || schedule.goLiveShift === 0
          ? 'as planned'
          : `${schedule.goLiveShift} working days after the plan`;
      const leftOut = view?.leftOut.map(({ item, reason }) => `${item} (${reason})`) ?? [];
      const words = [
        `Implementation ${onboarding.number} of ${onboarding.customerId} is finished, ${shift}.`,
        `Concepts: ${view?.mapping.iteration ?? 0}; questions: ${view?.questions.length ?? 0}; events: ${events.length}.`,
        `Left out: ${leftOut.length === 0 ? 'nothing' : leftOut.join(', ')}.`,
        ...(schedule?.reason === null || schedule === null ? [] : [schedule.reason]),
        'The daily sync goes on by itself.',
      ];
      return { words: words.join(' ') };
    },

    /**
     * Accounts, credentials and data that a cancelled onboarding made are removed; says what was, and what stays. Of a customer
     * with people under the sync nothing is taken that the sync lives on. Rows go last: they know what else has to go.
     */
    async cleanUp({ onboardingId }: { readonly onboardingId: number }) {
      const { customerId } = await readOnboarding(database, onboardingId);
      const customer = toCustomerId(customerId);
      const runs = await closeGroupRuns(database, onboardingId, { problem: CANCELLED });
      const isLive = await hasLinks(database, customer);
      const connection = isLive ? [] : await disconnect(customer);
      const files = await sealedFilesOf(database, customer, onboardingId);
      for (const file of files) await deliveries.remove(file);
      const uploaded = isLive ? [] : [`${await uploads.empty(customer)} uploaded files`];
      const traces = await removeTraces(database, customer, onboardingId);
      const rows = Object.values(traces.rows).reduce((sum, count) => sum + count, 0);
      const removed = [
        ...connection,
        `${files.length} sealed files`,
        ...uploaded,
        ...(runs === 0 ? [] : [`the plan of ${runs} ${runs === 1 ? 'run' : 'runs'} for groups`]),
        `${rows} rows`,
      ];
      const kept = [
        'the audit trail with the list of mails',
        'the contacts',
        'groups that were created in the network',
        traces.keptRecords ? 'every version of the mapping' : 'versions of the mapping that were active',
        ...(traces.keptRecords ? [NEEDED] : []),
      ];
      return { words: `Removed: ${removed.join(', ')}. What stays: ${kept.join(', ')}.` };
    },
  };
}

const CANCELLED = 'The implementation was cancelled before it was applied to the end. What was not done was left out.';

const NEEDED =
  'the source with its credentials, the daily schedule, the logins of the drop, uploads and records, since people are under the sync';
