import { readCustomer, setDailyAt } from '../../store/customers.js';
import { activeMapping } from '../../store/mappings.js';
import { removeSource, removeTraces } from '../../store/onboarding-traces.js';
import { onboardingEvents, readOnboarding, viewOf } from '../../store/onboardings.js';
import { toCustomerId } from '../../sync/ids.js';
import { BadTimeOfDay, parseTimeOfDay } from '../../temporal/schedule.js';
import type { ActivityParts } from '../parts.js';
import { OnboardingRefused } from '../refusals.js';

export function createEndActivities({ database, schedules, deliveries, uploads }: ActivityParts) {
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

    /** The release: from now on the network follows the record every day. */
    async handOver({ onboardingId }: { readonly onboardingId: number }) {
      const { customerId } = await readOnboarding(database, onboardingId);
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

    /** Accounts, credentials and data that a cancelled onboarding made are removed; says what was, and what stays. */
    async cleanUp({ onboardingId }: { readonly onboardingId: number }) {
      const { customerId } = await readOnboarding(database, onboardingId);
      const customer = toCustomerId(customerId);
      const access = await uploads.withdraw(customer);
      const hadSource = await removeSource(database, customer);
      const hadSchedule = await schedules.remove(customerId);
      const traces = await removeTraces(database, customer, onboardingId);
      for (const file of traces.files) await deliveries.remove(file);
      const uploaded = await uploads.empty(customer);
      const rows = Object.values(traces.rows).reduce((sum, count) => sum + count, 0);
      const removed = [
        `${access.logins} logins of the drop`,
        `${access.links} links`,
        ...(hadSource || access.source ? ['the source with its credentials'] : []),
        ...(hadSchedule ? ['the daily schedule'] : []),
        `${traces.files.length} sealed files`,
        `${uploaded} uploaded files`,
        `${rows} rows`,
      ];
      const kept = [
        'the audit trail',
        'the contacts',
        'groups that were created in the network',
        ...(traces.keptRecords ? ['the records, since people are under the sync'] : []),
      ];
      return { words: `Removed: ${removed.join(', ')}. What stays: ${kept.join(', ')}.` };
    },
  };
}
