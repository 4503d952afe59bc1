import type { CustomerId } from '../sync/ids.js';
import type { Database } from './database.js';
import { withLock } from './lock.js';
import type { Mail } from './prisma/client.js';

export type { Mail };

/** What a mail is about. */
export interface MailIntent {
  readonly customer: CustomerId;
  /** The same for every attempt at the same mail, and for no other mail: `korenaar/1/reminder-due/example-record/c-hr/2026-12-02`. */
  readonly key: string;
  /** Id of the contact that it is to. */
  readonly contactId: string;
  readonly kind: string;
}

/** What became of an attempt. `problem` holds neither name nor address. */
export type MailOutcome =
  | { readonly status: 'sent' }
  | { readonly status: 'not_sent'; readonly problem: string; readonly retryable: boolean }
  | { readonly status: 'unknown'; readonly problem: string };

/** Attempts at one mail. A refusal for good uses them all up, so that the row alone tells whether it is tried again. */
export const MAX_MAIL_TRIES = 10;

/** Two different mails were given one key, of which only one would have been sent. Nothing was sent or changed. */
export class MailKeyTaken extends Error {
  override readonly name = 'MailKeyTaken';
  constructor(kind: string, takenBy: string) {
    super(`A mail "${kind}" has the key of another mail, "${takenBy}". It was not sent. Keys have to differ.`);
  }
}

/** Runs `work` while no other attempt at this mail is under way in any process. */
export function withMailLock<T>(database: Database, key: string, work: () => Promise<T>): Promise<T> {
  return withLock(database, `mail/${key}`, work);
}

/** Records that a mail is to be sent, unless that is recorded. @throws MailKeyTaken */
export async function intendMail({ prisma }: Database, intent: MailIntent): Promise<Mail> {
  const { customer: customerId, key, contactId, kind } = intent;
  const data = { customerId, key, contactId, kind, status: 'intended' as const };
  await prisma.mail.createMany({ data, skipDuplicates: true });
  const mail = await prisma.mail.findUniqueOrThrow({ where: { key } });
  const isSame = mail.customerId === customerId && mail.contactId === contactId && mail.kind === kind;
  if (!isSame) throw new MailKeyTaken(kind, mail.kind);
  return mail;
}

/** Whether an attempt may be made: none was begun, or the last one surely failed and another may help. */
export function mayBeTried({ status, tries }: Mail): boolean {
  return status === 'not_sent' ? tries < MAX_MAIL_TRIES : status === 'intended' && tries === 0;
}

/** Whether an attempt was begun whose outcome nobody wrote down. Under the lock: whoever made it is gone. */
export function isLeftOver({ status, tries }: Mail): boolean {
  return status === 'intended' && tries > 0;
}

/** Writes down that an attempt begins. From here on, the end of the process means doubt. */
export async function beginTry({ prisma }: Database, mail: Mail): Promise<Mail> {
  const data = { status: 'intended' as const, problem: null, tries: { increment: 1 } };
  return prisma.mail.update({ where: { id: mail.id }, data });
}

/**
 * Writes down what became of the attempt that `beginTry` answered. That it was sent is true whatever happened since;
 * anything else is not written over what somebody else decided meanwhile.
 */
export async function recordMailOutcome({ prisma }: Database, mail: Mail, outcome: MailOutcome): Promise<void> {
  if (outcome.status === 'sent') {
    await prisma.mail.update({
      where: { id: mail.id },
      data: { status: 'sent', sentAt: new Date(), problem: null },
    });
    return;
  }
  const isFinal = outcome.status === 'not_sent' && !outcome.retryable;
  await prisma.mail.updateMany({
    where: { id: mail.id, tries: mail.tries, status: { in: ['intended', 'unknown'] } },
    data: { status: outcome.status, problem: outcome.problem, ...(isFinal ? { tries: MAX_MAIL_TRIES } : {}) },
  });
}

/** The customer's mails, the newest first. */
export async function listMails({ prisma }: Database, customer: string, limit = 100): Promise<readonly Mail[]> {
  return prisma.mail.findMany({ where: { customerId: customer }, orderBy: { id: 'desc' }, take: limit });
}
