import { note, type Occasion } from '../../onboarding/events.js';
import { contactOf, objectionToSide } from '../../onboarding/acts/people.js';
import { objectionToPeople } from '../closed-people.js';
import type { Approve, Reject, Retry, Withdraw } from '../messages.js';
import { isTestAwaited, isTested, needsTest, type ChangeState, type ClosedStatus } from '../state.js';
import { APPLIED_ALREADY, sendBack } from './proposing.js';

/** Approving is the customer's; the code is checked by whoever knows it. */
export function objectionToApprove(state: ChangeState, message: Approve): string | null {
  const objection = objectionToVersion(state, message.version) ?? objectionToApprover(state, message);
  return objection ?? objectionToPeople(state);
}

function objectionToApprover(state: ChangeState, message: Approve): string | null {
  const side = objectionToSide(state, message, 'customer', 'The approval');
  if (side !== null) return side;
  const contact = contactOf(state, message.by);
  return contact?.approves === false ? `"${contact.id}" (${contact.role}) may not approve for the customer.` : null;
}

function objectionToVersion({ proposal }: ChangeState, asked: number): string | null {
  if (proposal === null) return 'No version has been proposed yet.';
  const { version, status } = proposal;
  if (asked < version) return `Version ${asked} is not open any more: the latest is version ${version}.`;
  if (asked > version) return `Version ${asked} was not proposed: the latest is version ${version}.`;
  return status === 'open' ? null : `Version ${version} is decided about already (${status}).`;
}

export function takeApprove(state: ChangeState, message: Approve, occasion: Occasion): string {
  const { proposal } = state;
  if (proposal === null) return 'Nothing is proposed.';
  const { by, version, recordedBy = null } = message;
  proposal.approvals.push({ by, side: 'customer', at: occasion.at, recordedBy });
  proposal.status = 'approved';
  const lacksTest = needsTest(state) && !isTested(state);
  state.step = lacksTest ? 'testing' : 'applying';
  note(state, message, occasion, { what: 'approved', about: `mapping/${version}` });
  return lacksTest
    ? `Version ${version} is approved. It is applied when its test on an anonymised copy is approved as well, and removed.`
    : `Version ${version} is approved, and is applied now.`;
}

export function objectionToReject(state: ChangeState, message: Reject): string | null {
  if (state.step === 'applying') return APPLIED_ALREADY;
  if (message.version === undefined) {
    const objection = objectionToSide(state, message, 'speakap', 'Turning a request down');
    return objection === null ? null : `${objection} The customer takes a request back with "withdraw".`;
  }
  const contact = contactOf(state, message.by);
  if (contact?.approves === false)
    return `"${contact.id}" (${contact.role}) may not decide for the side of ${contact.side}.`;
  return objectionToVersion(state, message.version);
}

export function takeReject(state: ChangeState, message: Reject, occasion: Occasion): string {
  const { version, reason } = message;
  if (version === undefined) {
    end(state, 'rejected', message);
    note(state, message, occasion, { what: 'rejected the request', text: reason });
    return 'The request is turned down. Nothing of it stays.';
  }
  sendBack(state);
  note(state, message, occasion, { what: 'rejected', about: `mapping/${version}`, text: reason });
  return `Version ${version} is sent back. The next one is made from what was said.`;
}

export function objectionToWithdraw(state: ChangeState, message: Withdraw): string | null {
  return state.step === 'applying'
    ? APPLIED_ALREADY
    : objectionToSide(state, message, 'customer', 'Taking a request back');
}

export function takeWithdraw(state: ChangeState, message: Withdraw, occasion: Occasion): string {
  end(state, 'withdrawn', message);
  note(state, message, occasion, { what: 'withdrew the request', text: message.reason });
  return 'The request is withdrawn. Nothing of it stays.';
}

export function end(state: ChangeState, status: ClosedStatus, { by, reason }: Withdraw): void {
  state.status = status;
  state.step = 'closed';
  state.ended = { by, reason };
}

export function objectionToRetry(state: ChangeState, message: Retry): string | null {
  const objection = objectionToSide(state, message, 'speakap', 'Trying again');
  if (objection !== null) return objection;
  if (message.accept !== undefined && state.applied === null)
    return 'Nothing of it was applied, so there is nothing to accept.';
  const isAnswerAwaited = state.step === 'approval' || isTestAwaited(state);
  return state.problems.length === 0 && !isAnswerAwaited ? 'Nothing stands in the way now.' : null;
}

export function takeRetry(state: ChangeState, message: Retry, occasion: Occasion): string {
  const count = state.problems.length;
  state.problems = [];
  if (message.accept !== undefined && state.applied !== null) {
    state.applied = { ...state.applied, accepted: message.accept };
    state.status = 'done';
    state.step = 'closed';
    note(state, message, occasion, { what: 'accepted as it is', text: message.accept });
    return 'It is closed as it is.';
  }
  note(state, message, occasion, { what: 'tried again' });
  return count === 0 ? 'New codes go to those who may approve.' : 'It is tried again.';
}
