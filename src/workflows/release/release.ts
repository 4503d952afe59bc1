import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  executeChild,
  getExternalWorkflowHandle,
  isCancellation,
  sleep,
  TemporalFailure,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { GO_LIVE } from '../../onboarding/deliverables.js';
import { dailySync } from '../daily-sync.js';
import { onboardingId as onboardingOf, signalOf } from '../onboarding/messages.js';
import { rootOf } from '../root-of.js';
import { customerKey, goLiveKey, managerKey } from '../search-attributes.js';
import { releaseActivities } from './activities.js';
import { askForApproval, noteProgress } from './ask.js';
import { firstDays } from './first-days.js';
import { handleMessages } from './handlers.js';
import { interruptible, reasonOf } from './interruptible.js';
import type { ReleaseOrder, ReleaseResult } from './messages.js';
import { ReleaseState } from './release-state.js';
import { runWaves } from './run-wave.js';

const RECHECK_S = 900;

/**
 * Brings a customer's network under the sync: a checklist, one approved plan, the waves at their times, the daily schedule, and
 * the customer's acceptance. It can be paused, resumed and stopped at any point; finished waves stay.
 */
export async function release(order: ReleaseOrder): Promise<ReleaseResult> {
  checkOrder(order);
  const state = new ReleaseState(order);
  handleMessages(state);
  try {
    await open(state);
    await course(state);
    state.end('accepted', null);
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error;
    endWith(state, error);
  }
  state.enter('over');
  const status = state.progress.outcome === 'accepted' ? 'done' : 'stopped';
  await CancellationScope.nonCancellable(() => noteProgress(state, status));
  await tellOnboarding(state);
  await condition(allHandlersFinished);
  const { outcome, problem } = state.progress;
  return { release: order.number, outcome: outcome ?? 'failed', finishedWaves: state.finishedWaves, problem };
}

/** Orders are typed by hand in the Temporal UI as well. */
function checkOrder(order: unknown): void {
  const { customer, number } = (order ?? {}) as Partial<Record<keyof ReleaseOrder, unknown>>;
  if (typeof customer === 'string' && Number.isSafeInteger(number)) return;
  throw ApplicationFailure.nonRetryable(
    'The order of a release is one JSON value such as {"customer": "korenaar", "number": 1}, with the number that "usersync release plan" issues. Nothing was changed.',
    'BadOrder',
  );
}

async function open(state: ReleaseState): Promise<void> {
  const { customer, number } = state.order;
  const begun = await releaseActivities('look the release up').beginRelease({
    customer,
    number,
  });
  const { manager, mappingVersion, goLiveAt, goLiveWords, options, waves, onboardingId, leftOut } = begun;
  Object.assign(state.progress, { mappingVersion, goLiveAt, goLiveWords, options, leftOut });
  state.progress.waves = waves.map((wave) => ({ ...wave, approved: null, status: 'planned', run: null, note: null }));
  state.onboardingId = onboardingId;
  state.manager = manager;
  upsertSearchAttributes([
    { key: customerKey, value: customer },
    { key: managerKey, value: manager },
    ...(goLiveAt === null ? [] : [{ key: goLiveKey, value: new Date(goLiveAt) }]),
  ]);
}

async function course(state: ReleaseState): Promise<void> {
  await interruptible(state, () => check(state));
  await interruptible(state, () => planAndAsk(state));
  await interruptible(state, () => waitForGoLive(state));
  await runWaves(state);
  await firstDays(state);
}

/** Until everything is so, or completed by a person who says why. */
async function check(state: ReleaseState): Promise<void> {
  const { customer, number, lookEverySeconds } = state.order;
  state.enter('checking');
  for (;;) {
    const { items } = await releaseActivities('fill the checklist').checkRelease({
      customer,
      number,
    });
    state.takeChecklist(items);
    if (state.isChecked) return;
    await condition(() => state.isChecked, (lookEverySeconds ?? RECHECK_S) * 1_000);
    if (state.isChecked) return;
  }
}

/** One dry run for everybody is shown, and exactly that is approved. */
async function planAndAsk(state: ReleaseState): Promise<void> {
  const { customer, number } = state.order;
  state.enter('planning');
  const { run } = await executeChild(dailySync, {
    workflowId: `${workflowInfo().workflowId}/plan`,
    args: [{ customer, kind: 'dry', requestedBy: `release-${number}`, delivery: 'last' }],
    staticSummary: `Release ${number} of ${customer}: the plan that is approved`,
    typedSearchAttributes: [{ key: customerKey, value: customer }],
  });
  const measured = await releaseActivities('count what the plan does to each wave').measurePlan({
    customer,
    number,
    run,
  });
  const { mappingVersion, groups, kinds, parts } = measured;
  for (const { wave, part, people, kinds: mine } of parts) state.waveOf(wave, part).approved = { people, kinds: mine };
  state.progress.mappingVersion = mappingVersion;
  await askForApproval(state, { plan: run, mappingVersion, groups, kinds, why: null });
  state.progress.approvedGroups = groups;
  await releaseActivities('write down what was approved').keepApproved({
    customer,
    number,
    parts,
  });
}

/** Its go-live waits for this. An onboarding that is over has nobody to tell. */
async function tellOnboarding({ onboardingId, order, manager }: ReleaseState): Promise<void> {
  if (onboardingId === null) return;
  const item = GO_LIVE;
  await CancellationScope.nonCancellable(() =>
    getExternalWorkflowHandle(onboardingOf(order.customer)).signal(signalOf('retry'), { item, by: manager }),
  ).catch(() => undefined);
}

/** Approved too late is not begun behind people's backs. */
async function waitForGoLive(state: ReleaseState): Promise<void> {
  const { goLiveAt, goLiveWords } = state.progress;
  if (goLiveAt === null) return;
  const ms = Date.parse(goLiveAt) - Date.now();
  if (ms > 0) {
    state.enter('waiting for the go-live');
    await sleep(ms, { summary: `until the go-live, ${goLiveWords}` });
    return;
  }
  // Looked at once: whoever resumes wants it now.
  state.progress.goLiveAt = null;
  state.pauseFor('the system', `The go-live, ${goLiveWords}, was over when it was approved. Resuming begins now.`);
}

function endWith(state: ReleaseState, error: TemporalFailure): void {
  const finished = `${state.finishedWaves} finished waves stay as they are; what was not done stays due.`;
  if (isCancellation(error)) return state.end('stopped', `The release was cancelled. ${finished}`);
  const isStopped = rootOf(error).type === 'ReleaseStoppedByPerson';
  state.end(isStopped ? 'stopped' : 'failed', isStopped ? `${reasonOf(error)}. ${finished}` : reasonOf(error));
}
