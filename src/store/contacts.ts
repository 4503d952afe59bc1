import type { CustomerId } from '../sync/ids.js';
import type { Database } from './database.js';
import type { Contact } from './prisma/client.js';

export interface NewContact {
  /** `c-hr`, `staff-17`: all that messages carry. */
  readonly id: string;
  readonly side: 'customer' | 'speakap';
  /** In words that others may read: `HR manager`. */
  readonly role: string;
  readonly name: string;
  readonly email: string;
}

/** No contact of this id. Names the ids that there are, never a person. */
export class UnknownContact extends Error {
  override readonly name = 'UnknownContact';
  constructor(customer: string, known: readonly string[]) {
    const ids = known.length === 0 ? 'It has none yet' : `There are: ${known.join(', ')}`;
    super(`${customer} has no contact of this id. ${ids}. Nothing was changed.`);
  }
}

/** A contact cannot be kept as it is given. Names its place in the list, since its id may well be a name. */
export class UnusableContact extends Error {
  override readonly name = 'UnusableContact';
  constructor(place: number, reason: string) {
    super(`Contact ${place} cannot be used: ${reason}. None of the contacts was saved.`);
  }
}

/**
 * Adds the contacts, or brings those that are there up to date; others stay, since what happened names them.
 * @throws UnusableContact
 */
export async function saveContacts(
  { prisma }: Database,
  customer: CustomerId,
  contacts: readonly NewContact[],
): Promise<void> {
  refuseUnusable(contacts);
  await prisma.$transaction(
    contacts.map(({ id, side, role, name, email }) => {
      const details = { side, role, name, email };
      const place = { customerId_id: { customerId: customer, id } };
      return prisma.contact.upsert({
        where: place,
        create: { customerId: customer, id, ...details },
        update: details,
      });
    }),
  );
}

export async function listContacts({ prisma }: Database, customer: string): Promise<readonly Contact[]> {
  return prisma.contact.findMany({ where: { customerId: customer }, orderBy: [{ side: 'asc' }, { id: 'asc' }] });
}

/** @throws UnknownContact */
export async function readContact(database: Database, customer: string, id: string): Promise<Contact> {
  const all = await listContacts(database, customer);
  const contact = all.find((one) => one.id === id);
  if (contact !== undefined) return contact;
  throw new UnknownContact(
    customer,
    all.map((one) => one.id),
  );
}

function refuseUnusable(contacts: readonly NewContact[]): void {
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
