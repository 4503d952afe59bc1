import type { Database } from '../../src/store/database.js';
import { toCustomerId, type CustomerId } from '../../src/sync/ids.js';

/** A customer without any connection, as at the start of an onboarding. */
export async function addCustomer({ prisma }: Database, slug = 'korenaar'): Promise<CustomerId> {
  const details = { name: slug, timeZone: 'Europe/Amsterdam', manager: 'pm-1', dailyAt: '05:30' };
  await prisma.customer.create({ data: { id: slug, ...details } });
  return toCustomerId(slug);
}

/** An onboarding of the customer; answers its id. */
export async function addOnboarding({ prisma }: Database, customer: CustomerId, number = 1): Promise<number> {
  const place = { customerId: customer, number, requestKey: `${customer}-${number}` };
  const state = { status: 'running', phase: 'mapping', health: 'on track', manager: 'pm-1', view: {} } as const;
  const { id } = await prisma.onboarding.create({
    data: { ...place, ...state, workflowId: `onboarding/${customer}` },
  });
  return id;
}
