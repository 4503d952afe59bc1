import {
  ApplicationFailure,
  condition,
  executeChild,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { beyondTolerance, excessWords, type Excess } from '../../release/tolerance.js';
import { dailySync } from '../daily-sync.js';
import { giveWaySignal, type RunOrder, type RunResult } from '../messages.js';
import { customerKey } from '../search-attributes.js';
import { releaseActivities } from './activities.js';
import { askForApproval } from './ask.js';
import { interruptible } from './interruptible.js';
import type { WaveProgress } from './messages.js';
import type { ReleaseState } from './release-state.js';

const MINUTE_MS = 60_000;
const WAITS_S = [1, 2, 5, 15, 60];

/** Every wave in its order, part by part, each with a fresh plan. */
export async function runWaves(state: ReleaseState): Promise<void> {
  for (const wave of state.progress.waves) {
    if (wave.status === 'done') continue;
    await betweenWaves(state, wave);
    await interruptible(state, () => runPart(state, wave));
  }
}

/** The pause and the approval that were agreed on, before every wave but the first. */
async function betweenWaves(state: ReleaseState, { wave, part, name }: WaveProgress): Promise<void> {
  const { options } = state.progress;
  if (wave === 1 || part > 1 || options === null) return;
  if (options.pauseMinutes > 0) {
    await interruptible(state, async () => {
      state.enter('pausing between waves');
      await sleep(options.pauseMinutes * MINUTE_MS, { summary: `the pause before wave ${wave}, ${name}` });
    });
  }
  if (!options.approveBetween) return;
  await interruptible(state, async () => {
    state.enter('planning');
    const first = state.waveOf(wave, 1);
    await ask(state, first, await rehearse(state, first), `Wave ${wave}, ${name}, is next.`);
  });
}

async function runPart(state: ReleaseState, wave: WaveProgress): Promise<void> {
  const { customer, number } = state.order;
  const part = { customer, number, wave: wave.wave, part: wave.part };
  if (wave === state.progress.waves.at(-1)) {
    const { people } = await releaseActivities('look for people who came since').addNewcomers(part);
    wave.people += people;
    if (people > 0) state.note(`${people} people came since the planning and join the last wave`);
  }
  await untilRateAllows(state, wave);
  await untilDaytime(state, wave);
  state.enter('planning');
  const fresh = await rehearse(state, wave);
  await askAgainWhenBeyond(state, wave, fresh);
  // Somebody may have taken a night to approve it.
  await untilDaytime(state, wave);
  state.enter('activating');
  state.rateIsFreeAt = Date.now() + minutesOf(state, wave) * MINUTE_MS;
  mark(state, wave, 'running', 'its run is under way; what a guard holds waits for "usersync sync approve"');
  const order: RunOrder = {
    customer,
    kind: 'live',
    requestedBy: `release-${number}`,
    delivery: 'last',
    only: wave.only,
  };
  const result = await runLive(state, wave, order).catch((error: unknown) => {
    mark(state, wave, 'interrupted', 'its run was ended; what it did stays, the rest is planned again');
    throw error;
  });
  if (result.status !== 'done') {
    mark(state, wave, 'interrupted', `run ${result.run} ended ${result.status}`);
    const why = result.problem ?? `it ended ${result.status}`;
    throw ApplicationFailure.nonRetryable(`Run ${result.run} of wave ${wave.wave}: ${why}`, 'WaveNotDone');
  }
  await releaseActivities('write the wave down').closePart({ ...part, run: result.run });
  wave.run = result.run;
  const failed = result.failed + result.skipped;
  mark(
    state,
    wave,
    'done',
    `run ${result.run}: ${result.done} changes done${failed === 0 ? '' : `, ${failed} failed and are tried by the next run`}`,
  );
}

function mark(state: ReleaseState, wave: WaveProgress, status: WaveProgress['status'], note: string): void {
  wave.status = status;
  wave.note = note;
  state.show();
}

/** Nobody is invited at night: a part begins when the hour that it takes ends before the evening. */
async function untilDaytime(state: ReleaseState, wave: WaveProgress): Promise<void> {
  const { options } = state.progress;
  if (options === null) return;
  for (;;) {
    const { at, isNow, words } = await releaseActivities('ask the calendar of the customer').nextDaytime({
      ...{ customer: state.order.customer, hours: options.day, minutes: Math.ceil(minutesOf(state, wave)) },
    });
    if (isNow) return;
    state.enter('waiting for the morning');
    const ms = Math.max(1_000, Date.parse(at) - Date.now());
    await sleep(ms, { summary: `until ${words}: wave ${wave.wave}, ${wave.name}` });
  }
}

/** So many people an hour are begun with: the next part waits until the last one has had its time. */
async function untilRateAllows(state: ReleaseState, { wave, part, name }: WaveProgress): Promise<void> {
  const ms = state.rateIsFreeAt - Date.now();
  if (ms <= 0) return;
  state.enter('keeping the rate');
  await sleep(ms, {
    summary: `so that no more people an hour are invited than agreed: wave ${wave}, ${name}, part ${part}`,
  });
}

function minutesOf({ progress: { options } }: ReleaseState, { people }: WaveProgress): number {
  return options === null ? 0 : (people / options.perHour) * 60;
}

interface FreshPlan {
  readonly plan: number;
  readonly mappingVersion: number;
  readonly groups: number;
  readonly people: number;
  readonly kinds: Readonly<Record<string, number>>;
}

/** A dry run of the part as it is now. */
async function rehearse(state: ReleaseState, { wave, part, name, only }: WaveProgress): Promise<FreshPlan> {
  const { customer, number } = state.order;
  const { run } = await executeChild(dailySync, {
    workflowId: `${workflowInfo().workflowId}/wave-${wave}-${part}/dry`,
    args: [{ customer, kind: 'dry', requestedBy: `release-${number}`, delivery: 'last', only }],
    staticSummary: `Release ${number} of ${customer}: fresh plan of wave ${wave}, ${name}`,
    typedSearchAttributes: [{ key: customerKey, value: customer }],
  });
  const measured = await releaseActivities('count what the fresh plan does').measurePart({
    ...{ customer, number, wave, part, run },
  });
  return { plan: run, ...measured };
}

/** What was approved is applied, and nothing that is further from it than the tolerance. */
async function askAgainWhenBeyond(state: ReleaseState, wave: WaveProgress, fresh: FreshPlan): Promise<void> {
  const excess = excessOf(state, wave, fresh);
  const isOther = fresh.mappingVersion !== state.progress.mappingVersion;
  if (excess.length === 0 && !isOther) return;
  const version = isOther ? `Version ${fresh.mappingVersion} of the mapping is active now. ` : '';
  const beyond = excess.length === 0 ? '' : `The fresh plan is beyond the tolerance: ${excessWords(excess)}.`;
  await ask(state, wave, fresh, `Wave ${wave.wave}, ${wave.name}: ${version}${beyond}`.trim());
}

/** Groups are made by whichever wave needs them first, so only more of them than in all waves together is odd. */
function excessOf({ progress }: ReleaseState, { approved }: WaveProgress, fresh: FreshPlan): readonly Excess[] {
  const { approvedGroups } = progress;
  const tolerance = progress.options?.tolerance ?? { percent: 0, floor: 0 };
  const groups = { create_group: Math.max(fresh.groups, approvedGroups) };
  return [
    ...beyondTolerance(approved?.kinds ?? {}, fresh.kinds, tolerance),
    ...beyondTolerance({ create_group: approvedGroups }, groups, tolerance),
  ];
}

/** From now on this is what was approved of the part. */
async function ask(state: ReleaseState, wave: WaveProgress, fresh: FreshPlan, why: string): Promise<void> {
  const { progress } = state;
  const { customer, number } = state.order;
  const { plan, mappingVersion, groups, people, kinds } = fresh;
  await askForApproval(state, { plan, mappingVersion, groups, kinds, why });
  await releaseActivities('write down what was approved').keepApproved({
    ...{ customer, number, parts: [{ wave: wave.wave, part: wave.part, people, kinds }] },
  });
  wave.approved = { people, kinds };
  progress.mappingVersion = mappingVersion;
  progress.approvedGroups = Math.max(progress.approvedGroups, groups);
}

/** The live run, one at a time for a customer: an older one that only waits is asked to give way. */
async function runLive(state: ReleaseState, { wave, part, name }: WaveProgress, order: RunOrder): Promise<RunResult> {
  const { customer, number } = state.order;
  const workflowId = `daily-sync/${customer}`;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await executeChild(dailySync, {
        workflowId,
        args: [order],
        parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
        staticSummary: `Release ${number} of ${customer}: wave ${wave}, ${name}, part ${part}`,
        typedSearchAttributes: [{ key: customerKey, value: customer }],
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    await getExternalWorkflowHandle(workflowId)
      .signal(giveWaySignal, { to: workflowInfo().workflowId })
      .catch(() => undefined);
    const seconds = WAITS_S[Math.min(attempt, WAITS_S.length - 1)] ?? 60;
    await condition(() => state.isHeldUp, seconds * 1_000);
  }
}
