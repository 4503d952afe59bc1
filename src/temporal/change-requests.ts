import { randomUUID } from 'node:crypto';
import {
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { ChangeOrder, MessageName, Messages } from '../change-requests/messages.js';
import type { ChangeState } from '../change-requests/state.js';
import { changeId, fileUpdate, stateQuery, updateOf } from '../workflows/change-request/messages.js';
import type { changeRequest } from '../workflows/change-request/change-request.js';
import { customerKey, managerKey } from '../workflows/search-attributes.js';

/** A message was refused, with the sentence of the change request. */
export class ChangeRefused extends Error {
  override readonly name = 'ChangeRefused';
}

/** The request has ended, or its workflow is gone. */
export class ChangeNotUnderWay extends Error {
  override readonly name = 'ChangeNotUnderWay';
  constructor(customer: string, number: number) {
    super(
      `Change ${number} of ${customer} is not under way, so nobody takes the message. Nothing was changed. ` +
        `See "usersync change show ${customer} ${number}".`,
    );
  }
}

/** No worker answered in time. A message that was sent is not lost: who comes back takes it. */
export class ChangeNotAnswered extends Error {
  override readonly name = 'ChangeNotAnswered';
  constructor(customer: string, number: number) {
    super(
      `Nobody answered within ${ANSWER_WITHIN_SECONDS} seconds: no worker seems to be at work. The message may still be taken when one ` +
        `comes back, so look at "usersync change show ${customer} ${number}" before it is sent again.`,
    );
  }
}

const ANSWER_WITHIN_SECONDS = 20;

/**
 * Starts the workflow of an issued number and asks it at once what it takes the wish as: one call, answered with its sentence.
 * @throws ChangeRefused, ChangeNotAnswered
 */
export async function fileChange(
  client: Client,
  taskQueue: string,
  order: ChangeOrder & { readonly number: number },
  manager: string,
): Promise<string> {
  const { customer, number, kind } = order;
  const startWorkflowOperation = new WithStartWorkflowOperation<typeof changeRequest>('changeRequest', {
    taskQueue,
    workflowId: changeId(customer, number),
    workflowIdConflictPolicy: 'FAIL',
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    args: [order],
    staticSummary: `Change ${number} of ${customer}: ${kind}`,
    typedSearchAttributes: [
      { key: customerKey, value: customer },
      { key: managerKey, value: manager },
    ],
  });
  return answered(customer, number, () =>
    client.withDeadline(Date.now() + ANSWER_WITHIN_SECONDS * 1_000, () =>
      client.workflow.executeUpdateWithStart(fileUpdate, { startWorkflowOperation, updateId: randomUUID() }),
    ),
  );
}

/** Sends an update and answers the sentence of the change request. @throws ChangeRefused, ChangeNotUnderWay, ChangeNotAnswered */
export async function sendToChange<Name extends MessageName>(
  client: Client,
  customer: string,
  number: number,
  name: Name,
  message: Messages[Name],
): Promise<string> {
  const handle = client.workflow.getHandle(changeId(customer, number));
  // Its own id makes the update one: a call that is repeated because its answer was lost does nothing a second time.
  const updateId = randomUUID();
  return answered(customer, number, async () => {
    const sent = await client.withDeadline(Date.now() + ANSWER_WITHIN_SECONDS * 1_000, () =>
      handle.startUpdate(updateOf(name), { args: [message], updateId, waitForStage: 'ACCEPTED' }),
    );
    return sent.result();
  });
}

/** What the request knows of itself now; null until it is open. @throws ChangeNotUnderWay, ChangeNotAnswered */
export function readChangeState(client: Client, customer: string, number: number): Promise<ChangeState | null> {
  const handle = client.workflow.getHandle(changeId(customer, number));
  return answered(customer, number, () =>
    client.withDeadline(Date.now() + ANSWER_WITHIN_SECONDS * 1_000, () => handle.query(stateQuery)),
  );
}

async function answered<Answer>(customer: string, number: number, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError)
      throw new ChangeRefused(`Change ${number} of ${customer} was filed already. Nothing was filed a second time.`);
    if (error instanceof WorkflowNotFoundError) throw new ChangeNotUnderWay(customer, number);
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) throw new ChangeNotAnswered(customer, number);
    if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure)
      throw new ChangeRefused(error.cause.message);
    throw error;
  }
}
