import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { releaseId } from '../store/releases.js';
import {
  releaseQuery,
  releaseUpdate,
  type ReleaseMessage,
  type ReleaseMessageName,
  type ReleaseOrder,
  type ReleaseProgress,
  type ReleaseResult,
} from '../workflows/release/messages.js';
import { customerKey } from '../workflows/search-attributes.js';
import { DecisionRefused } from './runs.js';

export interface StartedRelease {
  readonly workflowId: string;
  result(): Promise<ReleaseResult>;
  /** null when it has ended and its history is gone. */
  progress(): Promise<ReleaseProgress | null>;
}

/** Starts the workflow of a release that was planned. One that is there already is followed. */
export async function startRelease(client: Client, taskQueue: string, order: ReleaseOrder): Promise<StartedRelease> {
  try {
    await client.workflow.start('release', {
      ...{ taskQueue, workflowId: releaseId(order.customer, order.number), args: [order] },
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      staticSummary: `Release ${order.number} of ${order.customer}`,
      typedSearchAttributes: [{ key: customerKey, value: order.customer }],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  return followRelease(client, order.customer, order.number);
}

export function followRelease(client: Client, customer: string, number: number): StartedRelease {
  const workflowId = releaseId(customer, number);
  const handle = client.workflow.getHandle<(order: ReleaseOrder) => Promise<ReleaseResult>>(workflowId);
  return {
    workflowId,
    result: () => handle.result(),
    async progress() {
      try {
        return await handle.query(releaseQuery);
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      }
    },
  };
}

/** Says something to a release; answers its sentence. @throws DecisionRefused with the release's own */
export async function sayToRelease(
  client: Client,
  customer: string,
  number: number,
  name: ReleaseMessageName,
  message: ReleaseMessage,
): Promise<string> {
  const handle = client.workflow.getHandle(releaseId(customer, number));
  try {
    return await handle.executeUpdate(releaseUpdate(name), { args: [message] });
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) {
      throw new DecisionRefused(
        `Release ${number} of ${customer} is not under way. Nothing was changed. "usersync release show ${customer}" shows how it stands.`,
      );
    }
    if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
      throw new DecisionRefused(error.cause.message);
    }
    throw error;
  }
}
