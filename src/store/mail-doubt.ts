import type { Database } from './database.js';
import { isLeftOver, withMailLock, type Mail } from './mails.js';

/** What a project manager found out about a mail in doubt. */
export type DoubtDecision = 'sent' | 'send again';

/** The customer has no mail of this number. */
export class UnknownMail extends Error {
  override readonly name = 'UnknownMail';
  constructor(customer: string, id: number) {
    super(`${customer} has no mail ${id}. Nothing was changed.`);
  }
}

/** The mail is in no state in which this may be decided. */
export class NoDoubt extends Error {
  override readonly name = 'NoDoubt';
  constructor({ id, status }: Mail, decision: DoubtDecision) {
    const state = { intended: 'still to be sent', sent: 'sent', not_sent: 'known not to be sent', unknown: 'in doubt' };
    super(`Mail ${id} is ${state[status]}, so "${decision}" cannot be decided about it. Nothing was changed.`);
  }
}

/**
 * Mails of which nobody knows whether they arrived, the oldest first; of all customers without `customer`. An attempt
 * whose process is gone counts as soon as nobody holds its lock, also when nobody tries that mail again.
 */
export async function mailsInDoubt({ prisma, pool }: Database, customer?: string): Promise<readonly Mail[]> {
  const { rows } = await pool.query<{ id: number }>(IN_DOUBT, [customer ?? null]);
  return prisma.mail.findMany({ where: { id: { in: rows.map(({ id }) => id) } }, orderBy: { id: 'asc' } });
}

/** How many mails of one topic, `onboarding/3`, are in doubt now. */
export async function countDoubts({ pool }: Database, topic: string): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(`${IN_DOUBT} AND key LIKE $2`, [null, `${topic}/%`]);
  return rows.length;
}

/**
 * Ends a doubt: it was `sent` after all, or it is to be sent again by the next call with its key. A mail that was surely
 * not sent can be sent again as well, once its reason is mended. Waits for an attempt that is under way.
 * @throws UnknownMail, NoDoubt
 */
export async function resolveDoubt(
  database: Database,
  { customer, id }: { readonly customer: string; readonly id: number },
  decision: DoubtDecision,
): Promise<Mail> {
  const { key } = await readMail(database, customer, id);
  return withMailLock(database, key, async () => {
    const mail = await readMail(database, customer, id);
    const isInDoubt = mail.status === 'unknown' || isLeftOver(mail);
    if (!isInDoubt && !(mail.status === 'not_sent' && decision === 'send again')) throw new NoDoubt(mail, decision);
    const data =
      decision === 'sent'
        ? { status: 'sent' as const, sentAt: new Date(), problem: null }
        : { status: 'intended' as const, tries: 0, problem: null };
    return database.prisma.mail.update({ where: { id }, data });
  });
}

async function readMail({ prisma }: Database, customer: string, id: number): Promise<Mail> {
  const mail = await prisma.mail.findFirst({ where: { id, customerId: customer } });
  if (mail === null) throw new UnknownMail(customer, id);
  return mail;
}

/** The lock is taken only for the moment of looking, and only where that says something: CASE keeps the order. */
const IN_DOUBT = `
  SELECT id FROM mail
  WHERE ($1::text IS NULL OR customer_id = $1)
    AND CASE WHEN status = 'unknown' THEN true
             WHEN status = 'intended' AND tries > 0
               THEN pg_try_advisory_xact_lock(hashtextextended('mail/' || key, 0))
             ELSE false END`;
