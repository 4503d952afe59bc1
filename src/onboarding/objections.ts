import {
  agreementOf,
  objectionToApproval,
  objectionToComment,
  objectionToPropose,
  objectionToReject,
} from './acts/agreements.js';
import { objectionToCancel, objectionToPause, objectionToResume } from './acts/course.js';
import {
  objectionToCheck,
  objectionToDeliver,
  objectionToLeaveOut,
  objectionToMove,
  objectionToReopen,
  objectionToRetry,
} from './acts/items.js';
import { objectionToActor } from './acts/people.js';
import { objectionToTest } from './acts/tests.js';
import { objectionToAnswer, objectionToAsk } from './acts/questions.js';
import { objectionToForm, readMessage } from './forms.js';
import type { MessageName, Messages } from './messages.js';
import type { OnboardingState } from './state.js';

type Objections = {
  readonly [Name in MessageName]: (state: OnboardingState, message: Messages[Name], today: string) => string | null;
};

const OBJECTIONS: Objections = {
  deliver: objectionToDeliver,
  check: objectionToCheck,
  reopen: objectionToReopen,
  leaveOut: objectionToLeaveOut,
  ask: objectionToAsk,
  answer: objectionToAnswer,
  propose: objectionToPropose,
  comment: objectionToComment,
  approve: (state, message) => objectionToApproval(state, agreementOf(state, message.subject), message),
  reject: objectionToReject,
  test: objectionToTest,
  retry: objectionToRetry,
  pause: objectionToPause,
  resume: objectionToResume,
  move: objectionToMove,
  cancel: objectionToCancel,
};

/**
 * Why a message cannot be taken now, in a sentence; null when it can. What came by signal may be anything at all.
 * `today`: the date in the customer's time zone.
 */
export function objectionTo(
  state: OnboardingState | null,
  name: MessageName,
  value: unknown,
  today: string,
): string | null {
  const objection = objectionToForm(name, value) ?? objectionToMoment(state, name, value, today);
  return objection === null ? null : `${objection} Nothing was changed.`;
}

function objectionToMoment(
  state: OnboardingState | null,
  name: MessageName,
  value: unknown,
  today: string,
): string | null {
  // It is only just beginning: the message waits, and is looked at again when its turn has come.
  if (state === null) return null;
  if (state.status === 'done') return 'The onboarding is finished. A change is asked for as a change request.';
  if (state.status === 'cancelled') return 'The onboarding was cancelled.';
  const message = readMessage(name, value);
  const objection: (state: OnboardingState, message: never, today: string) => string | null = OBJECTIONS[name];
  return objectionToActor(state, message) ?? objection(state, message as never, today);
}
