import { objectionToActor } from '../onboarding/acts/people.js';
import { objectionToAgree, objectionToClassify } from './acts/agreeing.js';
import { objectionToAnswer, objectionToAsk } from './acts/asking.js';
import { objectionToApprove, objectionToReject, objectionToRetry, objectionToWithdraw } from './acts/deciding.js';
import { objectionToPeopleMessage, objectionToPropose } from './acts/proposing.js';
import { objectionToTest } from './acts/testing.js';
import { objectionToForm, readMessage } from './forms.js';
import type { MessageName, Messages } from './messages.js';
import { isOver, type ChangeState } from './state.js';

type Objections = {
  readonly [Name in MessageName]: (state: ChangeState, message: Messages[Name]) => string | null;
};

const OBJECTIONS: Objections = {
  ask: objectionToAsk,
  answer: objectionToAnswer,
  classify: objectionToClassify,
  agree: objectionToAgree,
  propose: objectionToPropose,
  people: objectionToPeopleMessage,
  approve: objectionToApprove,
  reject: objectionToReject,
  withdraw: objectionToWithdraw,
  test: objectionToTest,
  retry: objectionToRetry,
};

/** Why a message cannot be taken now, in a sentence; null when it can. What came by signal may be anything at all. */
export function objectionTo(state: ChangeState | null, name: MessageName, value: unknown): string | null {
  const objection = objectionToForm(name, value) ?? objectionToMoment(state, name, value);
  return objection === null ? null : `${objection} Nothing was changed.`;
}

function objectionToMoment(state: ChangeState | null, name: MessageName, value: unknown): string | null {
  // It is only just beginning: the message waits, and is looked at again when its turn has come.
  if (state === null) return null;
  if (isOver(state)) return `Change ${state.number} is ${state.status} already: this comes too late. File another one.`;
  const message = readMessage(name, value);
  const objection: (state: ChangeState, message: never) => string | null = OBJECTIONS[name];
  return objectionToActor(state, message) ?? objection(state, message as never);
}
