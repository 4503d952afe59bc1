import { deliverablesFor, type Deliverable } from './deliverables.js';
import { openItems, openQuestions, ownerOf, roleWords } from './owners.js';
import { PHASES, type Phase, type Side } from './schedule/types.js';
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
  const next = nextDue(state);
  return {
    phase: phaseWords(state),
    health: healthOf(state),
    waitingOn: state.status === 'running' && next !== null ? next.waitingOn : null,
    dueDate: next?.dueAt ?? null,
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

interface Next {
  readonly dueAt: string;
  readonly waitingOn: string;
}

/** What is due first among everything that may be worked on now. */
function nextDue(state: OnboardingState): Next | null {
  const items = openItems(state).map((item) => ({ dueAt: dueOf(state, item.id), waitingOn: waitingFor(state, item) }));
  const questions = openQuestions(state).map(({ id, to, side }) => ({
    dueAt: state.schedule?.questions.find((entry) => entry.id === id)?.dueAt ?? null,
    waitingOn: roleWords(state.contacts.find((contact) => contact.id === to) ?? null, side),
  }));
  const dated = [...questions, ...items].flatMap(({ dueAt, waitingOn }) =>
    dueAt === null ? [] : [{ dueAt, waitingOn }],
  );
  return dated.reduce<Next | null>(
    (first, entry) => (first === null || entry.dueAt < first.dueAt ? entry : first),
    null,
  );
}

/** Who must act now: what was handed over waits for a check, what is approved for those who have not approved. */
function waitingFor(state: OnboardingState, item: Deliverable): string {
  const side = sideToAct(state, item);
  return roleWords(ownerOf(state, { id: item.id, side }), side);
}

/** Whose turn it is with an item that is open. */
export function sideToAct(state: OnboardingState, item: Deliverable): Side {
  if (itemOf(state, item.id).state === 'delivered') return 'speakap';
  const agreement = AGREEMENTS[item.id];
  if (agreement === undefined) return item.side;
  const { status, approvals } = state[agreement];
  const isCustomersTurn = status === 'open' && !approvals.some(({ side }) => side === 'customer');
  return isCustomersTurn ? 'customer' : 'speakap';
}

const AGREEMENTS: Readonly<Record<string, 'groups' | 'mapping' | 'release'>> = {
  groups: 'groups',
  'mapping-feedback': 'mapping',
  'final-mapping': 'mapping',
  'finalised-user-sync': 'release',
};

function dueOf(state: OnboardingState, id: string): string | null {
  return state.schedule?.items.find((entry) => entry.id === id)?.dueAt ?? null;
}
