import type { Client } from '@temporalio/client';
import { readCustomer } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import { latestOnboarding } from '../../store/onboardings.js';
import type { Onboarding } from '../../store/prisma/client.js';
import type { Context } from '../context.js';
import { refuseWithoutWorker } from '../sync/worker-check.js';

/** What a message to an onboarding needs. */
export interface Reached {
  readonly database: Database;
  readonly client: Client;
  readonly onboarding: Onboarding;
}

/** @throws UnknownCustomer, NoOnboarding, NoWorker, and what the connections are refused with. */
export async function reach(context: Context, slug: string): Promise<Reached> {
  const database = await context.database();
  await readCustomer(database, slug);
  const onboarding = await latestOnboarding(database, slug);
  const client = await context.temporal();
  await refuseWithoutWorker(client, context.config.taskQueue);
  return { database, client, onboarding };
}
