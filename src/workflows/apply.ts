import type { ChangeKind } from '../sync/change.js';
import { ApplicationFailure } from '@temporalio/workflow';
import { activities } from './activities.js';
import type { KindProgress } from './messages.js';
import type { RunState } from './run-state.js';

/** People (or groups) in one activity: long enough to keep the history short, short enough to repeat after a crash. */
const UNITS_IN_A_BATCH = 250;
const BATCHES_AT_ONCE = 2;
/** After so many changes, a share of failures above this stops the run. */
const FAILURES = { after: 50, share: 0.4 };

interface ApplyOptions {
  /** Only these kinds, from their beginning: what was approved. Left out: all kinds, from where the run stands. */
  readonly only?: readonly ChangeKind[];
  /** Whether the history is long enough to continue as new. */
  readonly isFull: () => boolean;
}

/** Applies kind after kind, each in batches. Answers whether it stopped early because the history is full. */
export async function applyKinds(state: RunState, options: ApplyOptions): Promise<boolean> {
  const fence = await activities('take the right to write', { minutes: 24 * 60, heartbeatSeconds: 60 }).takeLease({
    runId: state.run.runId,
  });
  try {
    return options.only === undefined
      ? await applyFromHere(state, fence, options.isFull)
      : await applyOnly(state, fence, options.only);
  } finally {
    await activities('give the right to write back', { minutes: 1 }).releaseLease({ runId: state.run.runId, fence });
  }
}

async function applyFromHere(state: RunState, fence: number, isFull: () => boolean): Promise<boolean> {
  const { kinds, next } = state.run;
  for (; next.kind < kinds.length; next.kind += 1, next.unit = 0) {
    const kind = kinds[next.kind];
    if (kind === undefined || kind.held > 0) continue;
    next.unit = Math.max(next.unit, kind.from);
    await prepare(state, fence, kind);
    while (next.unit <= kind.to) {
      if (isFull()) return true;
      next.unit = await applyRound(state, fence, kind, next.unit);
    }
    await complete(state, fence, kind);
  }
  return false;
}

async function applyOnly(state: RunState, fence: number, only: readonly ChangeKind[]): Promise<boolean> {
  for (const kind of state.run.kinds.filter((entry) => only.includes(entry.kind))) {
    await prepare(state, fence, kind);
    for (let unit = kind.from; unit <= kind.to;) unit = await applyRound(state, fence, kind, unit);
    await complete(state, fence, kind);
  }
  return false;
}

/** A few batches side by side; answers the unit after them. Groups are made one batch after the other: some stand in others. */
async function applyRound(state: RunState, fence: number, kind: KindProgress, first: number): Promise<number> {
  const rounds = kind.kind === 'create_group' ? 1 : BATCHES_AT_ONCE;
  const starts = Array.from({ length: rounds }, (_, index) => first + index * UNITS_IN_A_BATCH);
  await Promise.all(starts.filter((from) => from <= kind.to).map((from) => applyBatch(state, fence, kind, from)));
  stopWhenTooManyFail(state);
  return first + rounds * UNITS_IN_A_BATCH;
}

async function applyBatch(state: RunState, fence: number, kind: KindProgress, from: number): Promise<void> {
  const to = Math.min(from + UNITS_IN_A_BATCH - 1, kind.to);
  const { runId, heartbeatSeconds } = state.run;
  const counts = await activities(
    `${kind.kind.replaceAll('_', ' ')} ${from - kind.from + 1} to ${to - kind.from + 1} of ${kind.to - kind.from + 1}`,
    {
      minutes: 240,
      heartbeatSeconds,
      attempts: 100,
    },
  ).applyBatch({ runId, fence, from, to });
  kind.done += counts.done;
  kind.failed += counts.failed;
  kind.skipped += counts.skipped;
  state.show();
}

async function prepare(state: RunState, fence: number, { kind }: KindProgress): Promise<void> {
  if (kind === 'change_role') await completeLinks(state, fence, 'membershipEid');
}

async function complete(state: RunState, fence: number, { kind }: KindProgress): Promise<void> {
  if (kind === 'create' || kind === 'restore') await completeLinks(state, fence, 'userEid');
}

/** New accounts get their EID, and whoever gets a role in the network its membership, before anything builds on it. */
async function completeLinks(state: RunState, fence: number, what: 'userEid' | 'membershipEid'): Promise<void> {
  const { runId, heartbeatSeconds } = state.run;
  const summary =
    what === 'userEid' ? 'find the new accounts in the network' : 'find the memberships whose role changes';
  await activities(summary, { minutes: 60, heartbeatSeconds }).completeLinks({ runId, fence, what });
}

function stopWhenTooManyFail(state: RunState): void {
  if (state.attempted < FAILURES.after || state.failed <= state.attempted * FAILURES.share) return;
  throw ApplicationFailure.nonRetryable(
    `${state.failed} of ${state.attempted} changes failed, so the run was stopped. What was done is in the report; ` +
      'the rest was not tried and is planned again by the next run. Look at the failures first.',
    'TooManyFailures',
  );
}
