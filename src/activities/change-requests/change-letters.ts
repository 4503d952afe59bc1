import { readChange } from '../../store/change-requests.js';
import type { Contact } from '../../store/contacts.js';
import { Letters, MailNotSent, together, type Told } from '../onboarding/letters.js';
import type { ActivityParts } from '../parts.js';

/** The request that a mail is about. */
export interface Place {
  readonly changeRequestId: number;
}

/** The letters of a change request, with its number. */
export async function lettersOfChange(parts: ActivityParts, { changeRequestId }: Place) {
  const { customerId, manager, number } = await readChange(parts.database, changeRequestId);
  const letters = await Letters.about(parts, { key: `change/${changeRequestId}`, customerId, manager });
  return { letters, number };
}

/** The requester, who approves for the customer, and the project manager. */
export function everybody(letters: Letters, filedBy: string): readonly Contact[] {
  return letters.contacts.filter(
    ({ id, side, approves }) => id === filedBy || id === letters.manager?.id || (side === 'customer' && approves),
  );
}

/** What one contact cannot be sent does not keep it from the others. @throws MailNotSent when one could not be sent */
export async function toEach(contacts: readonly Contact[], send: (contact: Contact) => Promise<Told>): Promise<Told> {
  const told: Told[] = [];
  const failed: MailNotSent[] = [];
  for (const contact of contacts) {
    try {
      told.push(await send(contact));
    } catch (error) {
      if (!(error instanceof MailNotSent)) throw error;
      failed.push(error);
    }
  }
  if (failed[0] !== undefined) throw failed[0];
  return together(told);
}
