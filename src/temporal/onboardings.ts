import { randomUUID } from 'node:crypto';
import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  isGrpcServiceError,
  ServiceError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { MessageName, Messages, OnboardingOrder } from '../onboarding/messages.js';
import type { OnboardingState } from '../onboarding/state.js';
import {
  iterationId,
  onboardingId,
  signalOf,
  stateQuery,
  updateOf,
  type OnboardingResult,
} from '../workflows/onboarding/messages.js';
import { customerKey, managerKey, phaseKey } from '../workflows/search-attributes.js';

/** A message was refused, with the onboarding's own sentence. */
export class OnboardingRefused extends Error {
  override readonly name = 'OnboardingRefused';
}

/** The workflow that a message is for has ended, or never was. */
export class NotUnderWay extends Error {
  override readonly name = 'NotUnderWay';
  constructor(readonly workflowId: string) {
    super(`${workflowId} is not under way, so nobody takes the message. Nothing was changed.`);
  }
}

/** The customer is being connected already. Nothing was started. */
export class OnboardingUnderWay extends Error {
  override readonly name = 'OnboardingUnderWay';
  constructor(customer: string) {
    super(
      `The implementation of ${customer} is under way already. Nothing was started or changed. ` +
        `See "usersync onboarding show ${customer}".`,
    );
  }
}

/** No worker answered in time. A message that was sent is not lost: who comes back takes it. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  constructor(customer: string, wasSent: boolean) {
    const rest = wasSent
      ? `The message may still be taken when one comes back, so look at "usersync onboarding show ${customer}" before it is sent again.`
      : 'Nothing was sent or changed. Look whether the worker runs, and try again.';
    super(`Nobody answered within ${ANSWER_WITHIN_SECONDS} seconds: no worker seems to be at work. ${rest}`);
  }
}

/** A worker that is there answers at once, also while it works on something long. */
const ANSWER_WITHIN_SECONDS = 20;

export interface StartedOnboarding {
  /** null until the onboarding has its number, and while no worker answers. */
  state(): Promise<OnboardingState | null>;
  /** Fails with the sentence in which the order was refused. `signal` ends the waiting; the onboarding goes on. */
  result(signal: AbortSignal): Promise<OnboardingResult>;
}

/** @throws OnboardingUnderWay */
export async function startOnboarding(
  client: Client,
  taskQueue: string,
  order: OnboardingOrder,
  manager: string,
): Promise<StartedOnboarding> {
  const { customer, start, source, requestedBy } = order;
  try {
    await client.workflow.start('onboarding', {
      taskQueue,
      workflowId: onboardingId(customer),
      workflowIdConflictPolicy: 'FAIL',
      args: [order],
      staticSummary: `Implementation of ${customer}`,
      staticDetails: `Six weeks from ${start}, record by ${source}, started by ${requestedBy}. Where it stands is in the current details.`,
      typedSearchAttributes: [
        { key: customerKey, value: customer },
        { key: managerKey, value: manager },
        { key: phaseKey, value: 'setup' },
      ],
    });
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) throw new OnboardingUnderWay(customer);
    throw error;
  }
  const handle = client.workflow.getHandle<() => Promise<OnboardingResult>>(onboardingId(customer));
  return {
    state: () => readState(client, customer).catch(() => null),
    result: (signal) => client.withAbortSignal(signal, () => handle.result()),
  };
}

/** What the onboarding knows of itself now; null until it has its number. @throws NotUnderWay, NoAnswer */
export async function readState(client: Client, customer: string): Promise<OnboardingState | null> {
  const workflowId = onboardingId(customer);
  try {
    return await withinSeconds(client, () => client.workflow.getHandle(workflowId).query(stateQuery));
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw new NotUnderWay(workflowId);
    if (isWithoutWorker(error)) throw new NoAnswer(customer, false);
    throw error;
  }
}

/** Sends an update and answers the onboarding's sentence. @throws OnboardingRefused, NotUnderWay, NoAnswer */
export async function sendMessage<Name extends MessageName>(
  client: Client,
  customer: string,
  name: Name,
  message: Messages[Name],
): Promise<string> {
  return sendUpdate(client, customer, onboardingId(customer), name, message);
}

/** The same to the workflow of one concept mapping. @throws OnboardingRefused, NotUnderWay, NoAnswer */
export async function sendToConcept<Name extends 'comment' | 'approve' | 'reject'>(
  client: Client,
  customer: string,
  iteration: number,
  name: Name,
  message: Messages[Name],
): Promise<string> {
  return sendUpdate(client, customer, iterationId(customer, iteration), name, message);
}

/** Sends a message that can only be refused, so that it is shown in the onboarding; without an onboarding, nobody hears it. */
export async function showRefused<Name extends MessageName>(
  client: Client,
  customer: string,
  name: Name,
  message: Messages[Name],
): Promise<void> {
  try {
    await client.workflow.getHandle(onboardingId(customer)).signal(signalOf(name), message);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

/** Its own id makes the update one: a call that is repeated because its answer was lost does nothing a second time. */
async function sendUpdate<Name extends MessageName>(
  client: Client,
  customer: string,
  workflowId: string,
  name: Name,
  message: Messages[Name],
): Promise<string> {
  const handle = client.workflow.getHandle(workflowId);
  const updateId = randomUUID();
  try {
    const sent = await withinSeconds(client, () =>
      handle.startUpdate(updateOf(name), { args: [message], updateId, waitForStage: 'ACCEPTED' }),
    );
    return await sent.result();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw new NotUnderWay(workflowId);
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) throw new NoAnswer(customer, true);
    if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
      throw new OnboardingRefused(error.cause.message);
    }
    throw error;
  }
}

function withinSeconds<Result>(client: Client, ask: () => Promise<Result>): Promise<Result> {
  return client.withDeadline(Date.now() + ANSWER_WITHIN_SECONDS * 1_000, ask);
}

/** Numbers of gRPC: a query that nobody answered in time, by the server's clock or by ours, and one of a task queue that nobody polls. */
const CANCELLED = 1;
const DEADLINE_EXCEEDED = 4;
const FAILED_PRECONDITION = 9;

function isWithoutWorker(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && [CANCELLED, DEADLINE_EXCEEDED, FAILED_PRECONDITION].includes(cause.code);
}
