import type { CustomerId } from '../sync/ids.js';
import type { Database } from './database.js';
import type { Contact } from './prisma/client.js';

/** A person who delivers, answers or approves, as Postgres knows it. Name and address go into mails, and nowhere else. */
export type StoredContact = Contact;

export type NewContact = Pick<Contact, 'id' | 'side' | 'role' | 'name' | 'email' | 'approves' | 'owns'>;

/** Brings a customer's contacts to exactly these. */
export async function saveContacts(
  { prisma }: Database,
  customer: CustomerId,
  contacts: readonly NewContact[],
): Promise<void> {
  await prisma.$transaction([
    prisma.contact.deleteMany({ where: { customerId: customer, id: { notIn: contacts.map(({ id }) => id) } } }),
    ...contacts.map(({ id, ...data }) =>
      prisma.contact.upsert({
        where: { customerId_id: { customerId: customer, id } },
        create: { customerId: customer, id, ...data },
        update: data,
      }),
    ),
  ]);
}

/** In the order in which they were given, those of the customer first. */
export async function listContacts({ prisma }: Database, customer: string): Promise<readonly StoredContact[]> {
  return prisma.contact.findMany({
    where: { customerId: customer },
    orderBy: [{ side: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
  });
}
