import type { Health } from '../onboarding/health.js';
import { openQuestions } from './acts/asking.js';
import { needsPeopleStatement } from './closed-people.js';
import { clockNews, isPaused, openPromises } from './promise.js';
import { isOver, isTestAwaited, type ChangeState } from './state.js';

/** What a project manager finds and sorts change requests by. */
export interface Outlook {
  /** `change: approval` */
  readonly phase: string;
  readonly health: Health;
  /** `customer: HR manager`; null when it waits for nobody. */
  readonly waitingOn: string | null;
  /** Instant at which the next promise ends; null when it is over. */
  readonly dueDate: string | null;
  readonly openQuestions: number;
}

export function outlookOf(state: ChangeState, now: string): Outlook {
  return {
    phase: `change: ${isOver(state) ? state.status : state.step}`,
    health: healthOf(state, now),
    waitingOn: isOver(state) ? null : waitingOn(state),
    dueDate: isOver(state) ? null : (firstPromise(state, now)?.dueAt ?? null),
    openQuestions: openQuestions(state).length,
  };
}

/** The promise that ends first. */
export function firstPromise(state: ChangeState, now: string) {
  return openPromises(state, now).toSorted((one, other) => (one.dueAt < other.dueAt ? -1 : 1))[0] ?? null;
}

/** A breach stays to be seen until the end, whatever else is in the way. */
function healthOf(state: ChangeState, now: string): Health {
  if (state.broken.length > 0) return 'late';
  if (isOver(state)) return 'on track';
  if (state.problems.length > 0) return 'blocked';
  if (isPaused(state)) return 'paused';
  const isWarned = state.told.some((key) => key.endsWith('/warning')) || clockNews(state, now).length > 0;
  const isInConflict = (state.proposal?.conflicts.length ?? 0) > 0;
  return isWarned || isInConflict || state.mailsInDoubt > 0 ? 'at risk' : 'on track';
}

/** Why the customer is waited for, in words; null when it is not. While it is, the clock stands still. */
export function waitsForCustomer(state: ChangeState): string | null {
  if (isOver(state)) return null;
  const asked = openQuestions(state).filter(({ side }) => side === 'customer');
  if (asked.length > 0) return `the answer to ${asked.map(({ id }) => id).join(', ')}`;
  const { agreement, proposal, step, classification } = state;
  const isDateOpen = agreement !== null && agreement.agreed === null && agreement.side === 'speakap';
  if (classification.size === 'structural' && isDateOpen) return `the date ${agreement.on}`;
  if (step === 'testing' && state.testing?.waitsFor === 'customer')
    return `the approval of test ${state.testing.number}`;
  if (step !== 'approval' || proposal?.status !== 'open') return null;
  return needsPeopleStatement(state) && state.people === null
    ? 'what becomes of the people of what is closed'
    : `the approval of version ${proposal.version}`;
}

/** The system is at work on it, and nobody has to do anything. */
function isUnderWay(state: ChangeState): boolean {
  const { step, problems, testing } = state;
  if (problems.length > 0) return false;
  return step === 'applying' || (step === 'testing' && testing !== undefined && !isTestAwaited(state));
}

function waitingOn(state: ChangeState): string | null {
  if (waitsForCustomer(state) === null) return isUnderWay(state) ? null : 'speakap: project manager';
  const asked = openQuestions(state).find(({ side }) => side === 'customer')?.to ?? state.filed.by;
  const contact = state.contacts.find(({ id, side }) => id === asked && side === 'customer');
  const first = contact ?? state.contacts.find(({ side, approves }) => side === 'customer' && approves);
  return `customer: ${first?.role ?? 'nobody is named'}`;
}
