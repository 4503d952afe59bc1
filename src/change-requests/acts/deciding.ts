import { note, type Occasion } from '../../onboarding/events.js';
import { contactOf, objectionToSide } from '../../onboarding/acts/people.js';
import { becomeWords, closedWords, objectionToPeople } from '../closed-people.js';
import type { Approve, People, Propose, Reject, Retry, Tested, Withdraw } from '../messages.js';
import { needsTest, type ChangeState, type ClosedStatus, type Proposal } from '../state.js';

const APPLIED_ALREADY =
  'It is being applied already. What was applied is taken back with "usersync sync undo", and the version before is activated again.';

export function objectionToPropose(state: ChangeState, message: Propose): string | null {
  const objection = objectionToSide(state, message, 'speakap', 'Proposing a version of the mapping');
  if (objection !== null) return objection;
  if (state.step === 'applying') return 'The version that was approved is being applied.';
  const { proposal } = state;
  return proposal !== null && message.version <= proposal.version && proposal.status === 'changes requested'
    ? `Version ${proposal.version} was sent back; the next proposal is a newer version.`
    : null;
}

/** It takes the place of the one before; whatever was approved of that does not count for it. */
export function takePropose(
  state: ChangeState,
  message: Propose,
  occasion: Occasion,
  found: Pick<Proposal, 'base' | 'run' | 'counts' | 'differences' | 'closed' | 'conflicts'>,
): string {
  const { version, by, test = false } = message;
  state.proposal = { ...found, version, by, test, at: occasion.at, status: 'open', approvals: [] };
  state.test = null;
  state.step = 'approval';
  note(state, message, occasion, {
    what: 'proposed',
    about: `mapping/${version}`,
    text: proposalWords(state.proposal),
  });
  return `Version ${version} is proposed to the customer: ${proposalWords(state.proposal)}`;
}

/** What a version would do, in numbers. */
export function proposalWords({ differences, counts, closed, base, conflicts, run }: Proposal): string {
  const kinds = Object.entries(counts).map(([kind, people]) => `${people} × ${kind.replace('_', ' ')}`);
  const words = [
    `${differences === 1 ? '1 rule differs' : `${differences} rules differ`} from version ${base}.`,
    kinds.length === 0
      ? `Dry run ${run} changes nobody.`
      : `Dry run ${run} would change people in the network: ${kinds.join(', ')}.`,
  ];
  if (closed.length > 0) words.push(closedWords(closed));
  if (conflicts.length > 0)
    words.push(`In conflict with change ${conflicts.join(', ')}, which touches the same rules.`);
  return words.join(' ');
}

export function objectionToPeopleMessage(state: ChangeState): string | null {
  return state.step === 'applying' ? APPLIED_ALREADY : null;
}

export function takePeople(state: ChangeState, message: People, occasion: Occasion): string {
  const { become, text, by } = message;
  state.people = { become, text, by, at: occasion.at };
  note(state, message, occasion, { what: `said that the people ${becomeWords(become)}`, text });
  return `Noted: the people of what is closed ${becomeWords(become)}.`;
}

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
  const isTested = needsTest(state);
  state.step = isTested ? 'testing' : 'applying';
  note(state, message, occasion, { what: 'approved', about: `mapping/${version}` });
  return isTested
    ? `Version ${version} is approved. It is tested on an anonymised copy next.`
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

/** A version that is not good: the next one is awaited. */
export function sendBack(state: ChangeState): void {
  if (state.proposal !== null) state.proposal.status = 'changes requested';
  state.step = 'mapping';
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

export function objectionToTested(state: ChangeState, message: Tested): string | null {
  const objection = objectionToSide(state, message, 'speakap', 'The outcome of a test');
  if (objection !== null) return objection;
  const { proposal, step } = state;
  if (step !== 'testing' || proposal === null) return `Nothing is tested now: it waits for the step "${step}".`;
  return message.version === proposal.version
    ? null
    : `The test is about version ${message.version}, and version ${proposal.version} is open. Test that one.`;
}

export function takeTested(state: ChangeState, message: Tested, occasion: Occasion): string {
  const { version, passed, by, comment } = message;
  state.test = { version, passed, by, comment, at: occasion.at };
  note(state, message, occasion, {
    what: passed ? 'tested: passed' : 'tested: failed',
    about: `mapping/${version}`,
    text: comment,
  });
  if (passed) {
    state.step = 'applying';
    return `Version ${version} is tested, and is applied now.`;
  }
  sendBack(state);
  return `Version ${version} failed its test. The next one is made from what was found.`;
}

export function objectionToRetry(state: ChangeState, message: Retry): string | null {
  const objection = objectionToSide(state, message, 'speakap', 'Trying again');
  if (objection !== null) return objection;
  if (message.accept !== undefined && state.applied === null)
    return 'Nothing of it was applied, so there is nothing to accept.';
  return state.problems.length === 0 && state.step !== 'approval' ? 'Nothing stands in the way now.' : null;
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
