import { condition, sleep } from '@temporalio/workflow';
import { onboardingActivities } from '../onboarding/activities.js';
import { releaseActivities } from './activities.js';
import { noteProgress } from './ask.js';
import { interruptible } from './interruptible.js';
import type { ReleaseState } from './release-state.js';

const LOOK_EVERY_S = 900;

/** Switches the daily schedule on, watches its first runs, and hands over to the customer. */
export async function firstDays(state: ReleaseState): Promise<void> {
  const { customer, number } = state.order;
  let after = 0;
  await interruptible(state, async () => {
    state.enter('watching the first days');
    const switched = await releaseActivities('switch the daily schedule on').switchOnDaily({
      customer,
      number,
    });
    after = switched.after;
    state.note(`the daily sync runs ${switched.words}`);
    await noteProgress(state, 'watching');
  });
  await interruptible(state, () => watch(state, after));
  await interruptible(state, async () => {
    await releaseActivities('let the usual limits hold again').loosenDaily({
      customer,
      number,
    });
    state.enter('waiting for acceptance');
    await noteProgress(state, 'watching');
    await askForAcceptance(state);
    await condition(() => state.progress.accepted !== null);
  });
}

async function watch(state: ReleaseState, from: number): Promise<void> {
  const { customer, number, lookEverySeconds } = state.order;
  const { progress } = state;
  const most = progress.options?.watchRuns ?? 0;
  while (progress.watched.length < most) {
    const after = progress.watched.at(-1)?.run ?? from;
    const { runs } = await releaseActivities('look for daily runs').watchDaily({
      ...{ customer, number, after, most: most - progress.watched.length },
    });
    for (const { run, words } of runs) progress.watched.push({ run, words });
    state.show();
    if (progress.watched.length >= most) return;
    const seconds = lookEverySeconds ?? LOOK_EVERY_S;
    await sleep(seconds * 1_000, {
      summary: `until the next look: ${progress.watched.length} of ${most} runs were watched`,
    });
  }
}

async function askForAcceptance({ onboardingId, progress, order }: ReleaseState): Promise<void> {
  if (onboardingId === null) return;
  const without = progress.leftOut.length === 0 ? 'nothing' : progress.leftOut.join(', ');
  await onboardingActivities('mail a code to everybody who approves', 10).requestApprovals({
    ...{ onboardingId, subject: 'acceptance', version: order.number, again: null, at: new Date().toISOString() },
    words: `The finalised User Sync on your network. Left out: ${without}.`,
  });
}
