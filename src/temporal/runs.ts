import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import {
  approveUpdate,
  progressQuery,
  refuseUpdate,
  type Decision,
  type RunOrder,
  type RunProgress,
  type RunResult,
} from '../workflows/messages.js';
import { customerKey } from '../workflows/search-attributes.js';

/** A decision was refused by the run, with the run's own sentence. */
export class DecisionRefused extends Error {
  override readonly name = 'DecisionRefused';
}

export interface StartedRun {
  readonly workflowId: string;
  /** `signal` ends the waiting, which otherwise keeps a call to the server open; the run goes on. */
  result(signal?: AbortSignal): Promise<RunResult>;
  /** null until the run has its number. */
  progress(): Promise<RunProgress | null>;
}

/**
 * Starts a run. A live one goes through the starter, so that an older run that waits gives way; a dry one has an id of
 * its own and may run beside it. `key` makes the id of a dry run: the same key starts it once.
 */
export async function startRun(client: Client, taskQueue: string, order: RunOrder, key: string): Promise<StartedRun> {
  if (order.kind === 'live') await throughStarter(client, taskQueue, order, key);
  else await startDry(client, taskQueue, order, key);
  const workflowId = order.kind === 'live' ? dailySyncId(order.customer) : dryRunId(order.customer, key);
  const handle = client.workflow.getHandle<() => Promise<RunResult>>(workflowId);
  return {
    workflowId,
    result: (signal) =>
      signal === undefined ? handle.result() : client.withAbortSignal(signal, () => handle.result()),
    progress: () => handle.query(progressQuery),
  };
}

/** Waits until the starter has started the run; the run itself goes on. */
async function throughStarter(client: Client, taskQueue: string, order: RunOrder, key: string): Promise<void> {
  await client.workflow.execute('startDailySync', {
    taskQueue,
    workflowId: `start-daily-sync/${order.customer}/${key}`,
    args: [order],
    staticSummary: `Starts the daily sync of ${order.customer}`,
    typedSearchAttributes: [{ key: customerKey, value: order.customer }],
  });
}

async function startDry(client: Client, taskQueue: string, order: RunOrder, key: string): Promise<void> {
  try {
    await client.workflow.start('dailySync', {
      taskQueue,
      workflowId: dryRunId(order.customer, key),
      args: [order],
      staticSummary: `Dry run for ${order.customer}`,
      typedSearchAttributes: [{ key: customerKey, value: order.customer }],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Approves or refuses what the customer's running sync holds. @throws DecisionRefused */
export async function decide(client: Client, customer: string, decision: Decision, approve: boolean): Promise<string> {
  const handle = client.workflow.getHandle(dailySyncId(customer));
  try {
    return await handle.executeUpdate(approve ? approveUpdate : refuseUpdate, { args: [decision] });
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) {
      throw new DecisionRefused(
        `No run of ${customer} is under way, so nothing waits for a decision. Nothing was changed.`,
      );
    }
    if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
      throw new DecisionRefused(error.cause.message);
    }
    throw error;
  }
}

function dailySyncId(customer: string): string {
  return `daily-sync/${customer}`;
}

function dryRunId(customer: string, key: string): string {
  return `daily-sync/${customer}/dry/${key}`;
}
