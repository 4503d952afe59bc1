import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { customerKey } from '../workflows/search-attributes.js';
import {
  approveTestUpdate,
  rejectTestUpdate,
  stopTestSignal,
  testQuery,
  type TestDecision,
  type TestOrder,
  type TestProgress,
  type TestResult,
} from '../workflows/testing/messages.js';
import { testId } from '../store/tests.js';
import { DecisionRefused } from './runs.js';

export interface StartedTest {
  readonly workflowId: string;
  /** `signal` ends the waiting; the test goes on. */
  result(signal?: AbortSignal): Promise<TestResult>;
  /** null when it has ended and its history is gone. */
  progress(): Promise<TestProgress | null>;
}

/** Starts the workflow of a test that has its number. One that is there already is followed. */
export async function startTest(client: Client, taskQueue: string, order: TestOrder): Promise<StartedTest> {
  const workflowId = testId(order.customer, order.number);
  try {
    await client.workflow.start('testOnCopy', {
      ...{ taskQueue, workflowId, args: [order] },
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      staticSummary: `Test ${order.number} of ${order.customer} on an anonymised copy`,
      typedSearchAttributes: [{ key: customerKey, value: order.customer }],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  return followTest(client, order.customer, order.number);
}

export function followTest(client: Client, customer: string, number: number): StartedTest {
  const workflowId = testId(customer, number);
  const handle = client.workflow.getHandle<(order: TestOrder) => Promise<TestResult>>(workflowId);
  return {
    workflowId,
    result: (signal) =>
      signal === undefined ? handle.result() : client.withAbortSignal(signal, () => handle.result()),
    async progress() {
      try {
        return await handle.query(testQuery);
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      }
    },
  };
}

/** Approves or rejects what the report of a test shows. @throws DecisionRefused with the test's own sentence */
export async function decideTest(
  client: Client,
  customer: string,
  number: number,
  decision: TestDecision,
  approve: boolean,
): Promise<string> {
  const handle = client.workflow.getHandle(testId(customer, number));
  try {
    return await handle.executeUpdate(approve ? approveTestUpdate : rejectTestUpdate, { args: [decision] });
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw new DecisionRefused(over(customer, number));
    if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
      throw new DecisionRefused(error.cause.message);
    }
    throw error;
  }
}

/** Ends a test now; everything of it is removed. @throws DecisionRefused when it has ended */
export async function stopTest(client: Client, customer: string, number: number, by: string): Promise<void> {
  try {
    await client.workflow.getHandle(testId(customer, number)).signal(stopTestSignal, { by });
    // What is under way, such as reading a large record, is not waited for.
    await client.workflow.getHandle(testId(customer, number)).cancel();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw new DecisionRefused(over(customer, number));
    throw error;
  }
}

function over(customer: string, number: number): string {
  return `Test ${number} of ${customer} is not under way. Nothing was changed. "usersync test show ${customer} ${number}" shows how it ended.`;
}
