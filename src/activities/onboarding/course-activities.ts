import { activityInfo } from '@temporalio/activity';
import { nextContactMoment } from '../../onboarding/calendar/contact-moment.js';
import { checkCalendar } from '../../onboarding/calendar/check-calendar.js';
import { addDays } from '../../onboarding/calendar/dates.js';
import { addWorkingDays } from '../../onboarding/calendar/working-days.js';
import { dateAt, isTimeZone } from '../../onboarding/calendar/zones.js';
import { deliverablesFor, type SourceKind } from '../../onboarding/deliverables.js';
import type { Outlook } from '../../onboarding/health.js';
import type { OnboardingOrder } from '../../onboarding/messages.js';
import type { Opened } from '../../onboarding/new-state.js';
import { makeSchedule } from '../../onboarding/schedule/make-schedule.js';
import { dueReminders, nextMoment } from '../../onboarding/schedule/reminders.js';
import {
  DEFAULT_DURATIONS,
  type CalendarSettings,
  type Moment,
  type OpenQuestion,
  type Progress,
  type Reminder,
  type Schedule,
} from '../../onboarding/schedule/types.js';
import type { ContactRef, OnboardingEvent, OnboardingPlan, Pause } from '../../onboarding/state.js';
import { listContacts, type Contact } from '../../store/contacts.js';
import { readCustomer } from '../../store/customers.js';
import { countDoubts } from '../../store/mail-doubt.js';
import { hasLinks } from '../../store/onboarding-traces.js';
import { openOnboarding, recordOnboarding, type OnboardingView } from '../../store/onboardings.js';
import { toCustomerId } from '../../sync/ids.js';
import type { ActivityParts } from '../parts.js';
import { OnboardingRefused } from '../refusals.js';

export interface DatesRequest {
  /** Instant in the time of the plan. */
  readonly now: string;
  readonly source: SourceKind;
  readonly plan: OnboardingPlan;
  readonly pauses: readonly Pause[];
  readonly remindersDone: readonly string[];
  readonly progress: readonly Progress[];
  readonly questions: readonly OpenQuestion[];
}

/** What Postgres answers to what is written down. Contacts and manager are left out by workers of earlier versions. */
export interface Recorded {
  readonly mailsInDoubt: number;
  readonly contacts?: readonly ContactRef[];
  readonly manager?: string;
}

export interface Dates {
  readonly schedule: Schedule;
  /** To be sent now. */
  readonly send: readonly Reminder[];
  /** When somebody has to look again; null: only when something happens. */
  readonly next: Moment | null;
  /** When people may be written to next: now, unless it is night or a free day. */
  readonly contactAt: string;
}

export function createCourseActivities({ database }: ActivityParts) {
  return {
    /** Checks what was asked for against customer, contacts and calendar, and issues the number. @throws UnknownCustomer, OnboardingExists, OnboardingRefused */
    async openOnboarding({ order, now }: { readonly order: OnboardingOrder; readonly now: string }) {
      const { timeZone, network, manager } = await readCustomer(database, order.customer);
      const customer = toCustomerId(order.customer);
      if (network === null)
        throw new OnboardingRefused(`${customer} has no network. Add it with "usersync customer add".`);
      if (await hasLinks(database, customer)) throw new OnboardingRefused(isLive(customer));
      const contacts = await listContacts(database, customer);
      refuseWithoutContacts(customer, contacts);
      const calendar: CalendarSettings = { timeZone, holidays: order.holidays ?? [], pauses: [] };
      const wanted = { start: order.start, durations: { ...DEFAULT_DURATIONS, ...order.durations } };
      const today = isTimeZone(timeZone) ? dateAt(now, timeZone) : null;
      const { problems, notes, baseline } = checkCalendar(calendar, wanted, today);
      if (problems.length > 0) throw new OnboardingRefused(problems.join(' '));
      const { workflowExecution } = activityInfo();
      const opened = await openOnboarding(database, {
        customer,
        requestKey: workflowExecution?.runId ?? '',
        workflowId: workflowExecution?.workflowId ?? '',
        manager,
      });
      const origin = Date.parse(now);
      const start: Opened = {
        onboardingId: opened.id,
        number: opened.number,
        customer,
        manager,
        source: order.source,
        plan: {
          ...baseline,
          ...{ timeZone, holidays: calendar.holidays },
          clock: { origin, planOrigin: origin, speed: order.speed ?? 1 },
        },
        contacts: contacts.map(toRef),
      };
      return { start, words: [`Week 1 begins on ${baseline.start}.`, ...notes].join(' ') };
    },

    /** Gives everything its dates, and says what is to be sent now. The arithmetic of zones and holidays is here, and not in the workflow. */
    async planDates({ now, source, plan, pauses, remindersDone, progress, questions }: DatesRequest): Promise<Dates> {
      const schedule = makeSchedule({
        ...{ now, progress, questions },
        calendar: { timeZone: plan.timeZone, holidays: plan.holidays, pauses },
        baseline: { start: plan.start, durations: plan.durations },
        items: deliverablesFor(source),
      });
      const { send, next } = dueReminders(schedule, remindersDone, now);
      const sent = [...remindersDone, ...send.map(({ key }) => key)];
      const moment = nextMoment(schedule, sent, now);
      const retry = next === null ? null : { at: next, summary: 'reminders wait for the day' };
      return { schedule, send, next: earlier(moment, retry), contactAt: nextContactMoment(schedule.calendar, now) };
    },

    /** The date of an instant in the customer's zone, with the one before it and the one two working days later. */
    async lookUpDay({
      plan,
      pauses,
      at,
    }: {
      readonly plan: OnboardingPlan;
      readonly pauses: readonly Pause[];
      readonly at: string;
    }) {
      const calendar = {
        timeZone: plan.timeZone,
        holidays: plan.holidays,
        pauses: pauses.filter(({ to }) => to !== null),
      };
      const today = dateAt(at, plan.timeZone);
      return { today, yesterday: addDays(today, -1), inTwoWorkingDays: addWorkingDays(calendar, today, 2) };
    },

    /**
     * The read model and the audit trail. Answers what Postgres knows better: how many mails are in doubt, since people end doubts
     * and crashes begin them, and who the contacts and the manager are now.
     */
    async recordOnboarding(request: {
      readonly onboardingId: number;
      readonly events: readonly OnboardingEvent[];
      readonly outlook: Outlook;
      readonly view: OnboardingView;
    }): Promise<Recorded> {
      await recordOnboarding(database, request.onboardingId, request);
      const { customer } = request.view;
      const [mailsInDoubt, contacts, { manager }] = await Promise.all([
        countDoubts(database, `onboarding/${request.onboardingId}`),
        listContacts(database, customer),
        readCustomer(database, customer),
      ]);
      return { mailsInDoubt, contacts: contacts.map(toRef), manager };
    },
  };
}

/** Without name and address: workflows know contacts by id and role. */
function toRef({ id, side, role, approves, owns }: Contact): ContactRef {
  return { id, side, role, approves, owns };
}

function isLive(customer: string): string {
  return (
    `People of ${customer} are under the sync already, so it is connected, and an implementation from the beginning could harm them. ` +
    `Change its mapping with "usersync mapping import ${customer} FILE", or its source with "usersync customer add FILE".`
  );
}

function refuseWithoutContacts(customer: string, contacts: Awaited<ReturnType<typeof listContacts>>): void {
  const approving = (side: string) => contacts.filter((contact) => contact.side === side && contact.approves).length;
  if (approving('customer') >= 1 && approving('speakap') >= 2) return;
  throw new OnboardingRefused(
    `${customer} has ${approving('customer')} contacts of its own and ${approving('speakap')} of Speakap who may approve; ` +
      'at least one and two are needed, since the mapping is checked by four eyes. Add them with "usersync onboarding start FILE".',
  );
}

function earlier(one: Moment | null, other: Moment | null): Moment | null {
  if (one === null || other === null) return one ?? other;
  return one.at <= other.at ? one : other;
}
