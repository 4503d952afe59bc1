import { deliverablesFor, type Deliverable } from './deliverables.js';
import { openItems, openQuestions, ownerOf, roleWords } from './owners.js';
import type { Subject } from './messages.js';
import { PHASES, type Dated, type Phase, type ScheduledItem, type Side } from './schedule/types.js';
import { isSettled, itemOf, type OnboardingState } from './state.js';

export type Health = 'on track' | 'at risk' | 'late' | 'blocked' | 'paused';

/** What a project manager finds and sorts an onboarding by. */
export interface Outlook {
  readonly phase: Phase | 'handed over' | 'cancelled';
  readonly health: Health;
  /** `customer: HR manager`; null when it waits for nobody. */
  readonly waitingOn: string | null;
  /** Instant at which the next thing is due. */
  readonly dueDate: string | null;
  readonly goLive: string | null;
  readonly iteration: number;
  readonly openQuestions: number;
}

export function outlookOf(state: OnboardingState): Outlook {
  const first = nextDue(state);
  return {
    phase: phaseWords(state),
    health: healthOf(state),
    waitingOn: state.status === 'running' && first !== null ? first.waitingOn : null,
    dueDate: first?.dueAt ?? null,
    goLive: state.schedule?.goLiveAt ?? null,
    iteration: state.mapping.iteration,
    openQuestions: openQuestions(state).length,
  };
}

/** The first phase in which something is open. */
export function phaseOf(state: OnboardingState): Phase {
  const open = deliverablesFor(state.source).filter(({ id }) => !isSettled(itemOf(state, id)));
  return PHASES.find((phase) => open.some((item) => item.phase === phase)) ?? 'release';
}

/** Everything of a phase is checked off, or left out by name. */
export function isPhaseDone(state: OnboardingState, phase: Phase): boolean {
  return deliverablesFor(state.source).every((item) => item.phase !== phase || isSettled(itemOf(state, item.id)));
}

function phaseWords(state: OnboardingState): Outlook['phase'] {
  if (state.status === 'cancelled') return 'cancelled';
  return state.status === 'done' ? 'handed over' : phaseOf(state);
}

function healthOf(state: OnboardingState): Health {
  if (state.status === 'paused') return 'paused';
  if (state.status !== 'running') return 'on track';
  if (state.problems.length > 0) return 'blocked';
  const { schedule } = state;
  if (schedule === null) return 'on track';
  if (schedule.goLiveShift > 0) return 'late';
  const isShifted = schedule.items.some(({ done, late, shiftedBy }) => !done && (late || shiftedBy > 0));
  const isUnanswered = schedule.questions.some(({ done, late }) => !done && late);
  return isShifted || isUnanswered || state.mailsInDoubt > 0 ? 'at risk' : 'on track';
}

/** The first thing that is due, and who owes it. */
export interface Next {
  /** Title of a deliverable, or `question q1`. */
  readonly what: string;
  readonly waitingOn: string;
  readonly dueDate: string;
  /** Instant. */
  readonly dueAt: string;
  readonly late: boolean;
}

/** What is due first among everything that may be worked on now. */
export function nextDue(state: OnboardingState): Next | null {
  const items = openItems(state).map((item) => next(item.title, waitingFor(state, item), dueOf(state, item.id)));
  const questions = openQuestions(state).map(({ id, to, side }) => {
    const contact = state.contacts.find((entry) => entry.id === to) ?? null;
    const dates = state.schedule?.questions.find((entry) => entry.id === id) ?? null;
    return next(`question ${id}`, roleWords(contact, side), dates);
  });
  return [...questions, ...items].reduce<Next | null>(
    (first, entry) => (entry !== null && (first === null || entry.dueAt < first.dueAt) ? entry : first),
    null,
  );
}

function next(what: string, waitingOn: string, dates: Dated | null): Next | null {
  return dates === null
    ? null
    : { what, waitingOn, dueDate: dates.dueDate, dueAt: dates.dueAt, late: dates.late && !dates.done };
}

/** Who must act now: what was handed over waits for a check, what is approved for those who have not approved. */
function waitingFor(state: OnboardingState, item: Deliverable): string {
  const side = sideToAct(state, item);
  return roleWords(ownerOf(state, { id: item.id, side }), side);
}

/** Which side has to act on an item that may be worked on. */
export function sideToAct(state: OnboardingState, item: Pick<Deliverable, 'id' | 'side'>): Side {
  if (itemOf(state, item.id).state === 'delivered') return 'speakap';
  const agreement = agreementAbout(item.id);
  if (agreement === null) return item.side;
  const { status, approvals } = state[agreement];
  const isCustomersTurn = status === 'open' && !approvals.some(({ side }) => side === 'customer');
  return isCustomersTurn ? 'customer' : 'speakap';
}

/** What both sides approve, where an item is finished by that. */
export function agreementAbout(id: string): Subject | null {
  return AGREEMENTS[id] ?? null;
}

const AGREEMENTS: Readonly<Record<string, Subject>> = {
  groups: 'groups',
  'mapping-feedback': 'mapping',
  'final-mapping': 'mapping',
  'finalised-user-sync': 'release',
};

/** The dates of an item; null before the first are made. */
export function dueOf({ schedule }: OnboardingState, id: string): ScheduledItem | null {
  return schedule?.items.find((entry) => entry.id === id) ?? null;
}
