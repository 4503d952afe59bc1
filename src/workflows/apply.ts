import { ApplicationFailure, CancellationScope } from '@temporalio/workflow';
import { activities } from './activities.js';
import type { KindProgress } from './messages.js';
import type { RunState } from './run-state.js';

const BATCHES_AT_ONCE = 2;
/** After so many changes, a share of failures above this stops the run. */
const FAILURES = { after: 50, share: 0.4 };
/** Somebody else may write for hours: asked again every five seconds, for about six hours. */
const LEASE_ATTEMPTS = 4_320;

/**
 * Applies of every kind what nothing holds back and that is not finished, each in batches, from where the run stands.
 * Answers whether it stopped early because the history is full; at least one round is always done.
 */
export async function applyKinds(state: RunState, isFull: () => boolean): Promise<boolean> {
  const kinds = state.run.kinds.filter(isToApply);
  if (kinds.length === 0) return false;
  const fence = await takeLease(state);
  try {
    if (kinds.some(({ kind }) => kind !== 'create_group')) await completeLinks(state, fence, 'userEid', 1);
    for (const kind of kinds) if (await applyKind(state, fence, kind, isFull)) return true;
    return false;
  } finally {
    await CancellationScope.nonCancellable(() => releaseLease(state, fence));
  }
}

function isToApply({ held, refused, planned, next, to }: KindProgress): boolean {
  return held + refused < planned && next <= to;
}

async function applyKind(state: RunState, fence: number, kind: KindProgress, isFull: () => boolean): Promise<boolean> {
  await prepare(state, fence, kind);
  while (kind.next <= kind.to) {
    await applyRound(state, fence, kind);
    if (kind.next <= kind.to && isFull()) return true;
  }
  await complete(state, fence, kind);
  return false;
}

function takeLease({ run: { runId } }: RunState): Promise<number> {
  return activities('take the right to write', { minutes: 1, attempts: LEASE_ATTEMPTS }).takeLease({ runId });
}

function releaseLease({ run: { runId } }: RunState, fence: number): Promise<void> {
  return activities('give the right to write back', { minutes: 1 }).releaseLease({ runId, fence });
}

/** A few batches side by side. Groups are made one batch after the other: some stand in others. */
async function applyRound(state: RunState, fence: number, kind: KindProgress): Promise<void> {
  const { batchSize } = state.run;
  const atOnce = kind.kind === 'create_group' ? 1 : BATCHES_AT_ONCE;
  const starts = Array.from({ length: atOnce }, (_, index) => kind.next + index * batchSize);
  await together(starts.filter((from) => from <= kind.to).map((from) => () => applyBatch(state, fence, kind, from)));
  kind.next += atOnce * batchSize;
  stopWhenTooManyFail(state);
}

/** When one fails the others are cancelled, and all are waited for: nothing is written once the run has ended. */
async function together(works: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  const scope = new CancellationScope();
  await scope.run(() =>
    Promise.all(
      works.map((work) =>
        work().catch((error: unknown) => {
          failures.push(error);
          scope.cancel();
        }),
      ),
    ),
  );
  if (failures.length > 0) throw failures[0];
}

async function applyBatch(state: RunState, fence: number, kind: KindProgress, from: number): Promise<void> {
  const { runId, heartbeatSeconds, batchSize } = state.run;
  const to = Math.min(from + batchSize - 1, kind.to);
  const counts = await activities(
    `${kind.kind.replaceAll('_', ' ')} ${from - kind.from + 1} to ${to - kind.from + 1} of ${kind.to - kind.from + 1}`,
    { minutes: 240, heartbeatSeconds, attempts: 100, endsFirst: true },
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

/** Accounts get their EID, those of earlier runs first, and whoever gets a role in the network its membership, before anything builds on it. */
async function completeLinks(
  state: RunState,
  fence: number,
  what: 'userEid' | 'membershipEid',
  looks?: number,
): Promise<void> {
  const { runId, heartbeatSeconds } = state.run;
  const summary =
    what === 'userEid'
      ? 'find accounts in the network that have no EID yet'
      : 'find the memberships whose role changes';
  await activities(summary, { minutes: 60, heartbeatSeconds, endsFirst: true }).completeLinks({
    ...{ runId, fence, what },
    ...(looks === undefined ? {} : { looks }),
  });
}

function stopWhenTooManyFail(state: RunState): void {
  if (state.attempted < FAILURES.after || state.failed <= state.attempted * FAILURES.share) return;
  throw ApplicationFailure.nonRetryable(
    `${state.failed} of ${state.attempted} changes failed, so the run was stopped. What was done is in the report; ` +
      'the rest was not tried and is planned again by the next run. Look at the failures first.',
    'TooManyFailures',
  );
}
