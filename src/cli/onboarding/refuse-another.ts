import type { Client } from '@temporalio/client';
import type { Database } from '../../store/database.js';
import { latestOnboarding, NoOnboarding, OnboardingExists } from '../../store/onboardings.js';
import { OnboardingUnderWay } from '../../temporal/onboardings.js';
import { isUnderWay } from '../../temporal/under-way.js';
import { onboardingId } from '../../workflows/onboarding/messages.js';

/**
 * Before anything of the customer is saved: what is under way, or finished, keeps the contacts that it has. After a
 * cancelled one there may be another. @throws OnboardingUnderWay, OnboardingExists
 */
export async function refuseAnother(database: Database, client: Client, customer: string): Promise<void> {
  if (await isUnderWay(client, onboardingId(customer))) throw new OnboardingUnderWay(customer);
  const latest = await latestOnboarding(database, customer).catch((error: unknown) => {
    if (error instanceof NoOnboarding) return null;
    throw error;
  });
  if (latest?.status === 'done') throw new OnboardingExists(customer, 'finished');
}
