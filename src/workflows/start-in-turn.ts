import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ApplicationFailure,
  ParentClosePolicy,
  getExternalWorkflowHandle,
  sleep,
  startChild,
  workflowInfo,
  type ChildWorkflowHandle,
} from '@temporalio/workflow';
import { dailySync } from './daily-sync.js';
import { giveWaySignal, type RunOrder } from './messages.js';
import { customerKey } from './search-attributes.js';

/** Seconds between two tries: quick while the older run gives way, then patient while it is still applying. */
const WAITS = [1, 2, 5, 15, 60, 300];
const MOST_TRIES = 120;

/**
 * Starts `daily-sync/{customer}`, one at a time. An older run that only waits for approval is asked to give way; one that is
 * applying is waited for, about nine hours. `onWait` is told each time that there is one.
 */
export async function startInTurn(order: RunOrder, onWait: () => void): Promise<ChildWorkflowHandle<typeof dailySync>> {
  const workflowId = `daily-sync/${order.customer}`;
  for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
    const started = await tryToStart(workflowId, order);
    if (started !== null) return started;
    onWait();
    await askToGiveWay(workflowId);
    const seconds = WAITS[Math.min(attempt, WAITS.length - 1)] ?? 300;
    await sleep(seconds * 1000, { summary: `try ${attempt + 2}: waiting for the older run of ${order.customer}` });
  }
  throw ApplicationFailure.nonRetryable(
    `The older run ${workflowId} did not end in time, so today's run was not started. Nothing was changed. ` +
      'Look at the older run in the Temporal UI, then start the sync by hand.',
    'OlderRunNotFinished',
  );
}

async function tryToStart(workflowId: string, order: RunOrder): Promise<ChildWorkflowHandle<typeof dailySync> | null> {
  try {
    return await startChild(dailySync, {
      workflowId,
      args: [order],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `Daily sync of ${order.customer}`,
      typedSearchAttributes: [{ key: customerKey, value: order.customer }],
    });
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return null;
    throw error;
  }
}

/** The older run may end in this very moment; then there is nobody to ask. */
async function askToGiveWay(workflowId: string): Promise<void> {
  try {
    await getExternalWorkflowHandle(workflowId).signal(giveWaySignal, { to: workflowInfo().workflowId });
  } catch {
    return;
  }
}
