import { ApplicationFailure, CancellationScope } from '@temporalio/workflow';
import { ownLimits } from '../../change-requests/limits.js';
import { sendBack } from '../../change-requests/acts/proposing.js';
import { isTested, needsTest, type Proposal } from '../../change-requests/state.js';
import { addProblem } from '../../onboarding/state.js';
import { onboardingActivities } from '../onboarding/activities.js';
import { refusalOf } from '../onboarding/refusal.js';
import type { RunResult } from '../messages.js';
import { startInTurn } from '../start-in-turn.js';
import type { Request } from './request.js';

/** Whether the approved version is to be applied, and nothing stands in the way. */
export function isToBeApplied(request: Request): boolean {
  const { state, isApplying } = request;
  return (
    !isApplying &&
    state.status === 'open' &&
    state.step === 'applying' &&
    (!needsTest(state) || isTested(state)) &&
    state.problems.every(({ about }) => about !== ABOUT)
  );
}

const ABOUT = 'applying';
/** Of a refusal that is over by itself. */
const FROZEN = 'Frozen';

/** In the background, since a run may wait for hours while messages are taken and the clock goes on. */
export function beginApplying(request: Request): void {
  request.isApplying = true;
  void CancellationScope.nonCancellable(() => applyApproved(request)).finally(() => {
    request.isApplying = false;
    request.changed();
  });
}

/** One run makes the version the active one and applies it, within what was approved; what it wrote was read back by it. */
async function applyApproved(request: Request): Promise<void> {
  const { state } = request;
  const { proposal } = state;
  if (proposal === null) return;
  try {
    await applyVersion(request, proposal);
  } catch (error) {
    const text = refusalOf(error);
    if (text === null) throw error;
    const until = error instanceof ApplicationFailure && error.type === FROZEN ? 'a while' : 'somebody';
    addProblem(state, { about: ABOUT, text, until });
    request.noteQuietly('could not be applied', `mapping/${proposal.version}`, text);
    await lookForOtherVersion(request, proposal);
  }
}

async function applyVersion(request: Request, proposal: Proposal): Promise<void> {
  const { state } = request;
  const { changeRequestId, customer } = state;
  const { version, base, counts, approvals } = proposal;
  const place = { changeRequestId, version, base };
  const look = await onboardingActivities('look whether it can be applied').lookBeforeApplying(place);
  if (look.frozen !== null) {
    const { until, by } = look.frozen;
    throw ApplicationFailure.nonRetryable(
      `${customer} is frozen until ${until} by ${by}. It is applied after that.`,
      FROZEN,
    );
  }
  const run = await startInTurn(
    {
      ...{ customer, kind: 'live', delivery: 'last', requestedBy: `change ${state.number}` },
      activate: {
        ...{ version, instead: base, limits: ownLimits(counts) },
        approvedBy: approvals.map(({ by }) => by).join(', '),
      },
    },
    () => request.show(),
  );
  request.noteQuietly('the run that applies it has begun', `mapping/${version}`, null);
  await verify(request, proposal, await run.result());
}

/** The run has read back what it wrote; here it is seen that it ended well, and that the version is the active one. */
async function verify(request: Request, { version }: Proposal, result: RunResult): Promise<void> {
  const { state } = request;
  const { run, done, failed, status, problem } = result;
  const { isActive, frozenUntil, mismatches } = await onboardingActivities(`check what run ${run} left`).checkApplied({
    ...{ changeRequestId: state.changeRequestId, version, run },
  });
  if (!isActive) throw refusal(whyNotActive({ run, status, problem, frozenUntil }));
  state.applied = { run, done, failed, accepted: null };
  request.noteQuietly('applied', `run ${run}`, `${done} changes done, ${failed} failed.`);
  if (failed > 0 || mismatches > 0) {
    throw refusal(
      `Run ${run} made version ${version} the active one, and ${failed} of its changes failed, ${mismatches} are seen otherwise in the ` +
        'network. "retry" tries them again; with "accept" and the reason it is closed as it is, and every run goes on trying.',
    );
  }
  state.status = 'done';
  state.step = 'closed';
}

function whyNotActive({
  run,
  status,
  problem,
  frozenUntil,
}: Pick<RunResult, 'run' | 'status' | 'problem'> & { readonly frozenUntil: string | null }): string {
  if (frozenUntil !== null) return `Run ${run} applied nothing, since the customer is frozen until ${frozenUntil}.`;
  if (status === 'superseded')
    return `Run ${run} waited for a decision and gave way to another one. Nothing was changed.`;
  return `Run ${run} did not apply it (${problem ?? 'what guards held was refused'}). The version before is still the active one.`;
}

/** What another change has overtaken cannot be applied any more, however often it is tried: the next version is awaited. */
async function lookForOtherVersion(request: Request, { version, base }: Proposal): Promise<void> {
  const { state } = request;
  const { changeRequestId } = state;
  try {
    await onboardingActivities('look which version is active').lookBeforeApplying({ changeRequestId, version, base });
  } catch (error) {
    if (refusalOf(error) === null) throw error;
    sendBack(state);
    await onboardingActivities(`version ${version} is not used`).retireVersion({ changeRequestId, version });
  }
}

function refusal(sentence: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(sentence, 'Refused');
}
