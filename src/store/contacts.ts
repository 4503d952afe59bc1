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

/** A contact cannot be kept as it is given. Names its place in the list, since its id may well be a name. */
export class UnusableContact extends Error {
  override readonly name = 'UnusableContact';
  constructor(place: number, reason: string) {
    super(`Contact ${place} cannot be used: ${reason}. None of the contacts was saved.`);
  }
}

/** Makes these the customer's contacts; who is not among them any more is removed. @throws UnusableContact */
export async function saveContacts(
  { prisma }: Database,
  customer: CustomerId,
  contacts: readonly ContactDetails[],
): Promise<void> {
  refuseUnusable(contacts);
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

function refuseUnusable(contacts: readonly ContactDetails[]): void {
  const ids = new Set<string>();
  for (const [index, { id, role, name, email }] of contacts.entries()) {
    const place = index + 1;
    if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(id)) {
      throw new UnusableContact(place, 'an id is 1 to 40 small letters, digits and hyphens, such as c-hr');
    }
    if (ids.has(id)) throw new UnusableContact(place, `the id ${id} stands in the list twice`);
    if (role.trim() === '' || name.trim() === '') throw new UnusableContact(place, 'it needs a role and a name');
    if (!/^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;]+$/.test(email)) {
      throw new UnusableContact(place, 'its e-mail address is none');
    }
    ids.add(id);
  }
}
