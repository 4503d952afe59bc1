import { condition } from '@temporalio/workflow';
import { onboardingActivities } from '../onboarding/activities.js';
import { releaseActivities } from './activities.js';
import type { ShownPlan } from './messages.js';
import { kindWords } from './release-details.js';
import type { ReleaseState } from './release-state.js';

/** Shows exactly this plan and waits until one contact of each side has approved it. */
export async function askForApproval(state: ReleaseState, shown: ShownPlan): Promise<void> {
  const { progress, onboardingId } = state;
  progress.shown = shown;
  state.enter('waiting for approval');
  await noteProgress(state, 'running');
  if (onboardingId !== null) {
    await onboardingActivities('mail a code to everybody who approves', 10).requestApprovals({
      ...{ onboardingId, subject: 'waves', version: shown.plan, again: null, at: new Date().toISOString() },
      words: `The plan of run ${shown.plan}: ${kindWords(shown.kinds)}. ${shown.why ?? ''}`.trim(),
    });
  }
  await condition(() => state.isApproved);
}

/** For whoever looks when the workflow is over. */
export async function noteProgress(
  state: ReleaseState,
  status: 'running' | 'watching' | 'done' | 'stopped',
): Promise<void> {
  const { customer, number } = state.order;
  await releaseActivities('write down where it stands').noteRelease({
    ...{ customer, number, status, problem: state.progress.problem, view: { ...state.progress } },
  });
}
