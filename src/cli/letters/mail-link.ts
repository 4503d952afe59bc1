import { deliverMail } from '../../mail/deliver.js';
import { writeMail } from '../../mail/texts/write-mail.js';
import { createMailer } from '../../mail/transport.js';
import type { Contact } from '../../store/contacts.js';
import type { CustomerWithConnections } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import type { MadeBundle } from '../../store/letters/bundles.js';
import { toCustomerId } from '../../sync/ids.js';
import type { Context } from '../context.js';
import { CommandFailed } from '../errors.js';

/** Whom the contact may ask, as every mail says. @throws CommandFailed */
export function refuseWithoutManager(contacts: readonly Contact[], { id, manager }: CustomerWithConnections): Contact {
  const found = contacts.find((contact) => contact.id === manager) ?? contacts.find(({ side }) => side === 'speakap');
  if (found !== undefined) return found;
  throw new CommandFailed(
    `${id} has no contact at Speakap whom its own could ask, so no mail can be written. No letters were made. Use --link.`,
  );
}

export interface LinkMail {
  readonly recipient: Contact;
  readonly manager: Contact;
  readonly bundle: MadeBundle;
  readonly link: string;
  readonly validUntil: Date;
}

export interface MailedLink {
  readonly status: 'sent' | 'not_sent' | 'unknown';
  readonly words: string;
  /** What to do when it was not sent. */
  readonly next: string;
}

/** Mails the link, at most once. Whatever becomes of it, the letters wait behind the link. */
export async function mailLink(
  context: Context,
  database: Database,
  { id, name, timeZone }: CustomerWithConnections,
  { recipient, manager, bundle, link, validUntil }: LinkMail,
): Promise<MailedLink> {
  const mailer = createMailer(context.config.mail);
  const facts = {
    ...{ customerName: name, timeZone, letters: bundle.letters.length, link, validUntil },
    recipient: { name: recipient.name, role: recipient.role },
    manager: { name: manager.name, address: manager.email },
  };
  try {
    const { status, problem } = await deliverMail(
      { database, mailer },
      {
        ...{ key: `${id}/letters/${bundle.id}/${recipient.id}`, customer: toCustomerId(id) },
        ...{ contactId: recipient.id, kind: 'letters' },
        compose: () => Promise.resolve(writeMail('letters', facts, recipient.email)),
      },
    );
    return { status, ...inWords(status, problem, id, recipient.id) };
  } finally {
    await mailer.close();
  }
}

function inWords(status: MailedLink['status'], problem: string | null, slug: string, to: string) {
  const anew = `Make the letters anew with: usersync letters ${slug} --to ${to} --again`;
  switch (status) {
    case 'sent':
      return { words: `The link is mailed to ${to}.`, next: '' };
    case 'not_sent':
      return {
        words: `The link was not mailed: ${problem ?? 'no reason was given.'}`,
        next: `The mail was not sent. ${anew}`,
      };
    case 'unknown':
      return {
        words: `Whether the mail with the link arrived is not known: ${problem ?? 'no answer came.'}`,
        next: `Ask ${to} whether it arrived. If not: ${anew}`,
      };
  }
}
