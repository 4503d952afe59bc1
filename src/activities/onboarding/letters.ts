import { deliverMail } from '../../mail/deliver.js';
import type { FactsByKind, MailFacts, MailKind } from '../../mail/texts/facts.js';
import { writeMail } from '../../mail/texts/write-mail.js';
import type { MailAttachment } from '../../mail/message.js';
import { atTime } from '../../onboarding/calendar/zones.js';
import { listContacts, type Contact } from '../../store/contacts.js';
import { readCustomer } from '../../store/customers.js';
import { readOnboarding, viewOf, type OnboardingView } from '../../store/onboardings.js';
import { toCustomerId } from '../../sync/ids.js';
import type { ActivityParts } from '../parts.js';

/** A mail could not be sent now. Trying again may help, and sends none twice. */
export class MailNotSent extends Error {
  override readonly name = 'MailNotSent';
  constructor(kind: string, problem: string) {
    super(`A mail (${kind}) could not be sent: ${problem}`);
  }
}

/** What became of one or more mails. */
export interface Told {
  readonly sent: number;
  /** Of these it is not known whether they arrived. */
  readonly inDoubt: number;
  readonly notSent: number;
  /** Why one was not sent, or why that is not known. Without a name or an address. */
  readonly problem: string | null;
}

/** What mails are about: an onboarding, or a change request. */
export interface MailTopic {
  /** What the keys of its mails begin with: `onboarding/3`. */
  readonly key: string;
  readonly customerId: string;
  /** Staff id of the project manager. */
  readonly manager: string;
}

/** Mails of one onboarding or change request to its contacts, each at most once for its key. */
export class Letters {
  private constructor(
    private readonly parts: ActivityParts,
    private readonly topic: MailTopic,
    private readonly customerName: string,
    private readonly timeZone: string,
    readonly contacts: readonly Contact[],
  ) {}

  static async about(parts: ActivityParts, topic: MailTopic): Promise<Letters> {
    const { name, timeZone } = await readCustomer(parts.database, topic.customerId);
    const contacts = await listContacts(parts.database, toCustomerId(topic.customerId));
    return new Letters(parts, topic, name, timeZone, contacts);
  }

  static of(parts: ActivityParts, { id, customerId, manager }: OnboardingRow): Promise<Letters> {
    return Letters.about(parts, { key: `onboarding/${id}`, customerId, manager });
  }

  contact(id: string): Contact | null {
    return this.contacts.find((contact) => contact.id === id) ?? null;
  }

  /** Who gets what goes to the project manager. */
  get manager(): Contact | null {
    return this.contact(this.topic.manager) ?? this.contacts.find(({ side }) => side === 'speakap') ?? null;
  }

  factsFor(recipient: Contact): MailFacts {
    const { manager } = this;
    return {
      customerName: this.customerName,
      timeZone: this.timeZone,
      recipient: { name: recipient.name, role: recipient.role },
      manager: { name: manager?.name ?? '', address: manager?.email ?? '' },
    };
  }

  /** `about`: what makes the mail another one than the last of its kind to the same contact. */
  async send<Kind extends MailKind>(
    kind: Kind,
    recipient: Contact,
    about: string,
    facts: () => Promise<FactsByKind[Kind]> | FactsByKind[Kind],
    attachments: readonly MailAttachment[] = [],
  ): Promise<Told> {
    const { key, customerId } = this.topic;
    const delivery = await deliverMail(this.parts, {
      key: `${key}/${kind}/${about}/${recipient.id}`,
      customer: toCustomerId(customerId),
      contactId: recipient.id,
      kind,
      compose: async () => ({ ...writeMail(kind, await facts(), recipient.email), attachments }),
    });
    if (delivery.status === 'not_sent' && delivery.isTriedAgain) throw new MailNotSent(kind, delivery.problem ?? '');
    // What was in doubt before was counted then.
    const inDoubt = delivery.status === 'unknown' && delivery.isNew ? 1 : 0;
    const { status, problem } = delivery;
    return { sent: status === 'sent' ? 1 : 0, inDoubt, notSent: status === 'not_sent' ? 1 : 0, problem };
  }
}

interface OnboardingRow extends Omit<MailTopic, 'key'> {
  readonly id: number;
}

/** The letters of an onboarding, with how far it was when it was last written down. */
export async function lettersOf(
  parts: ActivityParts,
  onboardingId: number,
): Promise<{ readonly letters: Letters; readonly view: OnboardingView | null }> {
  const onboarding = await readOnboarding(parts.database, onboardingId);
  return { letters: await Letters.of(parts, onboarding), view: viewOf(onboarding) };
}

export function together(all: readonly Told[]): Told {
  const sum = (of: (told: Told) => number) => all.reduce((total, told) => total + of(told), 0);
  return {
    sent: sum(({ sent }) => sent),
    inDoubt: sum(({ inDoubt }) => inDoubt),
    notSent: sum(({ notSent }) => notSent),
    problem: all.find(({ problem }) => problem !== null)?.problem ?? null,
  };
}

/** The end of a working day. */
export function endOf(date: string, timeZone: string): Date {
  return new Date(atTime(date, '17:00', timeZone));
}
