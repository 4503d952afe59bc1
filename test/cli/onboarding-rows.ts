import { deliverablesFor, type SourceKind } from '../../src/onboarding/deliverables.js';
import { outlookOf } from '../../src/onboarding/health.js';
import { newState } from '../../src/onboarding/new-state.js';
import { makeSchedule } from '../../src/onboarding/schedule/make-schedule.js';
import { DEFAULT_DURATIONS } from '../../src/onboarding/schedule/types.js';
import { itemOf, type OnboardingState } from '../../src/onboarding/state.js';
import { listContacts, saveContacts } from '../../src/store/contacts.js';
import { saveCustomer } from '../../src/store/customers.js';
import type { Database } from '../../src/store/database.js';
import { openOnboarding, recordOnboarding } from '../../src/store/onboardings.js';
import { toCustomerId } from '../../src/sync/ids.js';

export interface WrittenOnboarding {
  readonly customer: string;
  readonly source?: SourceKind;
  /** Instant for which its dates are made. */
  readonly now: string;
  /** What happened until then. */
  readonly happened?: (state: OnboardingState) => void;
}

/** An onboarding as its workflow would have written it down: a real state, dates of the real calendar, rows in Postgres. */
export async function writeOnboarding(database: Database, written: WrittenOnboarding): Promise<number> {
  const { source = 'sftp', now, happened } = written;
  const customer = toCustomerId(written.customer);
  await saveCustomer(database, { id: customer, ...DETAILS }, NETWORK, null);
  await saveContacts(database, customer, CONTACTS);
  const { id, number } = await openOnboarding(database, {
    ...{ customer, requestKey: `test-${customer}`, workflowId: `onboarding/${customer}`, manager: DETAILS.manager },
  });
  const contacts = (await listContacts(database, customer)).map(({ id: contact, side, role, approves, owns }) => ({
    ...{ id: contact, side, role, approves, owns },
  }));
  const clock = { origin: 0, planOrigin: 0, speed: 1 };
  const plan = { start: '2026-12-01', durations: DEFAULT_DURATIONS, timeZone: DETAILS.timeZone, holidays: [], clock };
  const state = newState({ onboardingId: id, number, customer, manager: DETAILS.manager, source, plan, contacts });
  happened?.(state);
  state.schedule = scheduleOf(state, now);
  const { events, ...view } = state;
  await recordOnboarding(database, id, { outlook: outlookOf(state), view, events });
  return id;
}

/** Checked off, as of an instant. */
export function checkOff(state: OnboardingState, at: string, ...ids: readonly string[]): void {
  for (const id of ids) {
    const item = itemOf(state, id);
    item.state = 'checked';
    item.checked = { by: 'staff-17', at, recordedBy: null };
  }
}

function scheduleOf(state: OnboardingState, now: string) {
  const { plan, pauses, items, questions } = state;
  return makeSchedule({
    now,
    calendar: { timeZone: plan.timeZone, holidays: plan.holidays, pauses },
    baseline: { start: plan.start, durations: plan.durations },
    items: deliverablesFor(state.source),
    progress: items.map(({ id, checked, movedTo }) => ({ id, movedTo, doneAt: checked?.at ?? null })),
    questions: questions.map(({ id, side, about, askedAt, due, answer }) => ({
      ...{ id, side, about, askedAt, due, answeredAt: answer?.at ?? null },
    })),
  });
}

const DETAILS = { name: 'De Korenaar', timeZone: 'Europe/Amsterdam', manager: 'staff-17', dailyAt: '05:30' };
const NETWORK = {
  eid: '0123456789abcdef',
  apiBase: 'http://127.0.0.1:1',
  scimBase: null,
  requestsPerSecond: null,
  credentials: 'sealed',
};

const CONTACTS = [
  contact('c-hr', 'customer', 'HR manager', true, ['example-record', 'structure-overview']),
  contact('c-it', 'customer', 'system administrator', false, ['upload-addresses']),
  contact('staff-17', 'speakap', 'project manager', true, []),
  contact('staff-21', 'speakap', 'implementation engineer', true, ['concept-mapping']),
];

function contact(id: string, side: 'customer' | 'speakap', role: string, approves: boolean, owns: string[]) {
  return { id, side, role, approves, owns, name: `Vera ${id}`, email: `${id}@korenaar.example` };
}
