import { ApplicationFailure, isCancellation, setHandler, TemporalFailure } from '@temporalio/workflow';
import { onboardingActivities } from '../onboarding/activities.js';
import { rootOf } from '../root-of.js';
import { releaseActivities } from './activities.js';
import {
  RELEASE_MESSAGES,
  RELEASE_NAMES,
  releaseQuery,
  releaseSignal,
  releaseUpdate,
  type ReleaseMessage,
  type ReleaseMessageName,
} from './messages.js';
import type { ReleaseState } from './release-state.js';

/** Updates and signals of every name, and the query. */
export function handleMessages(state: ReleaseState): void {
  setHandler(releaseQuery, () => state.progress);
  for (const name of RELEASE_NAMES) {
    setHandler(releaseUpdate(name), (message) => take(state, name, message), {
      validator: (message) => refuse(state.objectionTo(name, message)),
      description: RELEASE_MESSAGES[name],
    });
    setHandler(releaseSignal(name), (message) => takeBySignal(state, name, message));
  }
}

function refuse(objection: string | null): void {
  if (objection !== null) throw ApplicationFailure.nonRetryable(objection, 'Refused');
}

async function takeBySignal(state: ReleaseState, name: ReleaseMessageName, message: ReleaseMessage): Promise<void> {
  const objection = state.objectionTo(name, message);
  if (objection !== null) return state.noteRefused(objection);
  try {
    await take(state, name, message);
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error;
    state.noteRefused(rootOf(error).message);
  }
}

/** Who decides is looked up, and the code used up, by an activity: a decision of nobody counts for nothing. */
async function take(state: ReleaseState, name: ReleaseMessageName, message: ReleaseMessage): Promise<string> {
  if (name === 'pause' || name === 'resume' || name === 'stop') return TAKE[name](state, message, 'speakap');
  const side = await judge(state, name, message);
  refuse(state.objectionTo(name, message));
  return TAKE[name](state, message, side);
}

async function judge(state: ReleaseState, name: ReleaseMessageName, message: ReleaseMessage): Promise<Side> {
  const { customer, number } = state.order;
  const { by, code } = message;
  const approves = name !== 'complete';
  const plan = state.progress.shown?.plan ?? 0;
  try {
    const { side } = await releaseActivities(`${name} by ${by}`).judgeRelease({
      customer,
      number,
      by,
      approves,
    });
    if (name === 'accept' && side !== 'customer') {
      throw ApplicationFailure.nonRetryable('The customer accepts, and not Speakap. Nothing was changed.', 'Refused');
    }
    if (approves && state.onboardingId !== null) {
      await onboardingActivities('use the code up').useCode({
        ...{ onboardingId: state.onboardingId, subject: name === 'accept' ? 'acceptance' : 'waves', contactId: by },
        ...{ version: name === 'accept' ? number : plan, code: code ?? null, at: new Date().toISOString() },
      });
    }
    return side;
  } catch (error) {
    if (!(error instanceof TemporalFailure) || isCancellation(error)) throw error;
    throw ApplicationFailure.nonRetryable(rootOf(error).message, 'Refused');
  }
}

type Side = 'customer' | 'speakap';
type Take = (state: ReleaseState, message: ReleaseMessage, side: Side) => string;

const TAKE: Readonly<Record<ReleaseMessageName, Take>> = {
  approve(state, { by, comment }, side) {
    const plan = state.progress.shown?.plan ?? 0;
    state.progress.approvals.push({ plan, by, side, comment: comment ?? null });
    state.show();
    const missing = state.isApproved ? null : side === 'customer' ? 'speakap' : 'customer';
    return missing === null
      ? `The plan of run ${plan} is approved by both sides.`
      : `Noted. One approval of the plan of run ${plan} is missing: of the side "${missing}".`;
  },
  complete(state, { by, item, comment }) {
    state.progress.checklist = state.progress.checklist.map((entry) =>
      entry.item === item ? { ...entry, completed: { by, comment: comment ?? '' } } : entry,
    );
    state.show();
    return `"${item}" is completed by ${by}.`;
  },
  pause(state, { by, comment }) {
    state.pauseFor(by, comment ?? 'no reason given');
    return 'It is paused: a run that is under way is ended, and what it did not do is planned again.';
  },
  resume(state) {
    state.progress.paused = null;
    state.show();
    return 'It goes on, with a fresh plan.';
  },
  stop(state, { by, comment }) {
    state.stoppedBy = { by, comment: comment ?? '' };
    const { finishedWaves } = state;
    return `It is stopped. ${finishedWaves} finished waves stay as they are; a run that is under way is ended.`;
  },
  accept(state, { by, comment }) {
    state.progress.accepted = { by, comment: comment ?? null };
    state.show();
    return 'The finalised User Sync is accepted.';
  },
};
