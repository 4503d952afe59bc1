import { ApplicationFailure, isCancellation, setHandler, TemporalFailure } from '@temporalio/workflow';
import { activities } from '../activities.js';
import { rootOf } from '../root-of.js';
import {
  approveTestSignal,
  approveTestUpdate,
  rejectTestSignal,
  rejectTestUpdate,
  stopTestSignal,
  testQuery,
  type TestDecision,
} from './messages.js';
import { tellParent, useCode } from './parent.js';
import type { TestState } from './test-state.js';

/** What people may say to a test, as update and as signal. */
export function handleMessages(state: TestState): void {
  setHandler(testQuery, () => state.progress);
  setHandler(approveTestUpdate, (decision: TestDecision) => decide(state, decision, true), {
    validator: (decision: TestDecision) => refuseSenseless(state, decision, true),
    description:
      'Approve what the report of this test shows: {"by": "your contact id", "code": "the mailed code"}; the customer adds ' +
      '"accept": "all" or the combinations of columns that it accepts',
  });
  setHandler(rejectTestUpdate, (decision: TestDecision) => decide(state, decision, false), {
    validator: (decision: TestDecision) => refuseSenseless(state, decision, false),
    description: 'Reject it, back to the mapping: {"by": "your contact id", "comment": "why"}',
  });
  setHandler(approveTestSignal, (decision) => decideBySignal(state, decision, true));
  setHandler(rejectTestSignal, (decision) => decideBySignal(state, decision, false));
  setHandler(stopTestSignal, (message) => {
    if (state.progress.outcome === null) state.stoppedBy = message?.by ?? 'somebody';
  });
}

function refuseSenseless(state: TestState, decision: TestDecision, approve: boolean): void {
  const objection = state.objectionTo(decision, approve);
  if (objection !== null) throw ApplicationFailure.nonRetryable(objection, 'Refused');
}

async function decideBySignal(state: TestState, decision: TestDecision, approve: boolean): Promise<void> {
  const objection = state.objectionTo(decision, approve);
  if (objection !== null) return state.noteRefused(objection);
  try {
    await decide(state, decision, approve);
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error;
    state.noteRefused(rootOf(error).message);
  }
}

/** Who decides is looked up, and the code used up, by an activity: a decision of nobody counts for nothing. */
async function decide(state: TestState, decision: TestDecision, approve: boolean): Promise<string> {
  const { customer, number } = state.order;
  const { side } = await judge(state, decision, approve);
  const again = state.objectionTo(decision, approve);
  if (again !== null) throw ApplicationFailure.nonRetryable(again, 'Refused');
  if (!approve) {
    state.rejected = decision;
    return `Test ${number} of ${customer} is rejected. Everything of it is removed now.`;
  }
  const { accepted } = state.accepting(decision);
  state.progress.approvals.push({
    ...{ by: decision.by, side, comment: decision.comment ?? null },
    ...{ accepted, at: new Date().toISOString() },
  });
  state.show();
  if (side === 'customer' && !state.isApproved) await tellParent(state.order, 'speakap');
  const missing = state.isApproved ? null : side === 'customer' ? 'speakap' : 'customer';
  return missing === null
    ? `Test ${number} of ${customer} is approved by both sides. Everything of it is removed now.`
    : `Noted. One approval is missing: of the side "${missing}".`;
}

async function judge(state: TestState, decision: TestDecision, approve: boolean) {
  const { order } = state;
  const { customer, number } = order;
  const { by, code } = decision;
  try {
    const summary = `${approve ? 'approval' : 'rejection'} by ${by}`;
    const judged = await activities(summary, { minutes: 1 }).judgeTest({ customer, number, by });
    const objection = approve ? state.objectionToSide(decision, judged.side) : null;
    // Before the code is used up: the same one is good for the answer that is complete.
    if (objection !== null) throw ApplicationFailure.nonRetryable(objection, 'Refused');
    if (approve) await useCode(order, by, code ?? null);
    return judged;
  } catch (error) {
    if (!(error instanceof TemporalFailure) || isCancellation(error)) throw error;
    throw ApplicationFailure.nonRetryable(rootOf(error).message, 'Refused');
  }
}
