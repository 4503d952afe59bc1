import type { Outlook } from '../../change-requests/health.js';
import { addWorkingDays } from '../../onboarding/calendar/working-days.js';
import { atTime, dateAt } from '../../onboarding/calendar/zones.js';
import { isDate } from '../../onboarding/calendar/dates.js';
import type { OnboardingEvent } from '../../onboarding/state.js';
import { recordChange, type ChangeView } from '../../store/change-requests.js';
import { listContacts } from '../../store/contacts.js';
import { readCustomer } from '../../store/customers.js';
import { countDoubts } from '../../store/mail-doubt.js';
import type { Recorded } from '../onboarding/course-activities.js';
import type { ActivityParts } from '../parts.js';
import { OnboardingRefused } from '../refusals.js';
import { toRef } from './filing-activities.js';

/** When a customer who is waited for is reminded, and when the project manager is told: working days, on its clocks. */
const REMINDED_AFTER_DAYS = 2;
const ESCALATED_AFTER_DAYS = 5;

export function createCourseOfChangeActivities({ database }: ActivityParts) {
  return {
    /** The end of a working day at the customer: `2026-12-11`, 17:00 there. @throws OnboardingRefused when there is no such day */
    async endOfDay({ date, timeZone }: { readonly date: string; readonly timeZone: string }) {
      if (!isDate(date)) throw new OnboardingRefused(`${date} is no day that exists.`);
      return { dueAt: atTime(date, '17:00', timeZone) };
    },

    /** When somebody who is waited for from an instant on is reminded, and when that is told to the project manager. */
    async planWait({ from, timeZone }: { readonly from: string; readonly timeZone: string }) {
      const calendar = { timeZone, holidays: [], pauses: [] };
      const after = (days: number) => atTime(addWorkingDays(calendar, dateAt(from, timeZone), days), '09:30', timeZone);
      return { remindAt: after(REMINDED_AFTER_DAYS), escalateAt: after(ESCALATED_AFTER_DAYS) };
    },

    /** The read model and the audit trail; answers what Postgres knows better. */
    async recordChange(request: {
      readonly changeRequestId: number;
      readonly events: readonly OnboardingEvent[];
      readonly outlook: Outlook;
      readonly view: ChangeView;
    }): Promise<Required<Recorded>> {
      await recordChange(database, request.changeRequestId, request);
      const { customer } = request.view;
      const [mailsInDoubt, contacts, { manager }] = await Promise.all([
        countDoubts(database, `change/${request.changeRequestId}`),
        listContacts(database, customer),
        readCustomer(database, customer),
      ]);
      return { mailsInDoubt, contacts: contacts.map(toRef), manager };
    },
  };
}
