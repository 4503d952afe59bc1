import { sleep, TemporalFailure } from '@temporalio/workflow';
import { activities } from '../activities.js';
import { rootOf } from '../root-of.js';
import { tellParent } from './parent.js';
import type { TestState } from './test-state.js';

const TRIES = 6;
const FIRST_WAIT_S = 30;

/**
 * Removes the network copy, everything anonymised and the key, proves it, and keeps the proof. What cannot be removed is
 * tried again, then left to people and to the sweeper. Answers whether everything is proven gone.
 */
export async function tearDown(state: TestState): Promise<boolean> {
  const { customer, number } = state.order;
  state.enter('removing everything');
  const { outcome, problem, checks, approvals } = state.progress;
  await activities('write the outcome down', { minutes: 5 }).closeTest({
    ...{ customer, number, outcome: outcome ?? 'failed', problem, checks, approvals },
  });
  for (let attempt = 1; ; attempt += 1) {
    const leftOver = await removeOnce(state);
    state.progress.leftOver = leftOver;
    if (leftOver === null) break;
    state.enter('removing everything');
    // A change that waits for it says at once what is in its way, and not after the last try.
    if (attempt === 1 && state.order.change !== undefined) await tellParent(state.order, 'nobody');
    if (attempt === TRIES) break;
    await sleep(`${FIRST_WAIT_S * 2 ** (attempt - 1)}s`);
  }
  const { leftOver } = state.progress;
  if (leftOver === null) state.note('removing everything', 'proven: nothing of the test is left');
  else await activities('tell that something is left', { minutes: 10 }).tellOfLeftOver({ customer, number, leftOver });
  state.enter('over');
  return leftOver === null;
}

/** null: everything is gone; else what is not, in words. */
async function removeOnce({ order: { customer, number }, pace }: TestState): Promise<string | null> {
  try {
    const removed = await activities('remove copy, records, files and key', {
      ...pace,
      attempts: 3,
    }).removeTest({ customer, number });
    return removed.leftOver;
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error;
    return rootOf(error).message;
  }
}
