import type { Client } from '@temporalio/client';
import type { MessageName, Messages } from '../../change-requests/messages.js';
import { findChange } from '../../store/change-requests.js';
import { readCustomer } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import type { ChangeRequest } from '../../store/prisma/client.js';
import { sendToChange } from '../../temporal/change-requests.js';
import type { Context } from '../context.js';
import { withProgress } from '../onboarding/with-progress.js';
import { refuseWithoutWorker } from '../sync/worker-check.js';

/** What a message to a change request needs. */
export interface ReachedChange {
  readonly database: Database;
  readonly client: Client;
  readonly request: ChangeRequest;
}

/** @throws UnknownCustomer, NoChangeRequest, NoWorker, and what the connections are refused with. */
export async function reachChange(context: Context, slug: string, number: number): Promise<ReachedChange> {
  const database = await context.database();
  await readCustomer(database, slug);
  const request = await findChange(database, slug, number);
  const client = await context.temporal();
  await refuseWithoutWorker(client, context.config.taskQueue);
  return { database, client, request };
}

/** Sends one message to a change request, and says what it answers. @throws its refusal, with its own sentence */
export async function send<Name extends MessageName>(
  context: Context,
  slug: string,
  number: number,
  name: Name,
  message: Messages[Name],
): Promise<void> {
  await sendTo(context, await reachChange(context, slug, number), name, message);
}

export async function sendTo<Name extends MessageName>(
  { output }: Context,
  { client, request }: ReachedChange,
  name: Name,
  message: Messages[Name],
): Promise<void> {
  const { customerId: customer, number } = request;
  const words = name === 'propose' ? 'making the dry run and the comparison' : 'waiting for the answer of the change';
  const answer = await withProgress(output, words, () => sendToChange(client, customer, number, name, message));
  output.answer({ customer, change: number, message: name, ...message, answer }, () => answer);
}
