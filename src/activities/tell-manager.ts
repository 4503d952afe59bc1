import { deliverMail, type MailDelivery } from '../mail/deliver.js';
import type { FactsByKind, MailFacts, MailKind } from '../mail/texts/facts.js';
import { writeMail } from '../mail/texts/write-mail.js';
import { listContacts } from '../store/contacts.js';
import { readCustomer } from '../store/customers.js';
import { toCustomerId } from '../sync/ids.js';
import type { ActivityParts } from './parts.js';

/** Of every mail to a manager; `customer` is the slug, as commands take it. */
type ManagerFacts = MailFacts & { readonly customer: string };

/**
 * Writes to the customer's project manager, or to the first contact of Speakap. `about`: what makes the mail another one than
 * the last. A mail that cannot be sent now stops nothing: its row says so. null: there is nobody to write to.
 */
export async function tellManager<Kind extends MailKind>(
  parts: ActivityParts,
  slug: string,
  kind: Kind,
  about: string,
  complete: (facts: ManagerFacts) => FactsByKind[Kind],
): Promise<MailDelivery | null> {
  const customer = await readCustomer(parts.database, slug);
  const contacts = await listContacts(parts.database, slug);
  const manager = contacts.find(({ id }) => id === customer.manager) ?? contacts.find(({ side }) => side === 'speakap');
  if (manager === undefined) return null;
  const facts = complete({
    ...{ customerName: customer.name, timeZone: customer.timeZone, customer: customer.id },
    recipient: { name: manager.name, role: manager.role },
    manager: { name: manager.name, address: manager.email },
  });
  return deliverMail(parts, {
    key: `${about}/${manager.id}`,
    customer: toCustomerId(slug),
    contactId: manager.id,
    kind,
    compose: async () => writeMail(kind, facts, manager.email),
  });
}
