import type { CustomerId } from '../sync/ids.js';
import type { Database } from './database.js';
import type { Contact } from './prisma/client.js';

export type { Contact };

/** A person of either side. Name and address are kept here alone: everything else knows the id. */
export interface ContactDetails {
  readonly id: string;
  readonly side: 'customer' | 'speakap';
  readonly role: string;
  readonly name: string;
  readonly email: string;
  readonly approves: boolean;
  /** Deliverables that this person owes. */
  readonly owns: readonly string[];
}

/** Makes these the customer's contacts; who is not among them any more is removed. */
export async function saveContacts(
  { prisma }: Database,
  customer: CustomerId,
  contacts: readonly ContactDetails[],
): Promise<void> {
  const ids = contacts.map(({ id }) => id);
  const now = Date.now();
  await prisma.$transaction([
    prisma.contact.deleteMany({ where: { customerId: customer, id: { notIn: ids } } }),
    ...contacts.map(({ id, owns, ...details }, position) => {
      const data = { ...details, owns: [...owns] };
      // A millisecond apart, so that they keep the order in which they were named.
      const create = { customerId: customer, id, ...data, createdAt: new Date(now + position) };
      return prisma.contact.upsert({ where: { customerId_id: { customerId: customer, id } }, create, update: data });
    }),
  ]);
}

/** In the order in which they were named: the first of a side owes what nobody claims. */
export async function listContacts({ prisma }: Database, customer: string): Promise<readonly Contact[]> {
  return prisma.contact.findMany({ where: { customerId: customer }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
}
