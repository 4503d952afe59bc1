import type { Database } from '../store/database.js';
import {
  beginTry,
  intendMail,
  isLeftOver,
  mayBeTried,
  recordMailOutcome,
  withMailLock,
  type Mail,
  type MailIntent,
  type MailOutcome,
} from '../store/mails.js';
import { messageIdFor, type MailContent } from './message.js';
import type { Mailer, SendResult } from './transport.js';

export interface MailOrder extends MailIntent {
  /** Writes the mail. Called only when it is going to be sent, and by one attempt at a time. */
  readonly compose: () => Promise<MailContent>;
}

export interface MailDelivery {
  readonly status: 'sent' | 'not_sent' | 'unknown';
  /** Why it was not sent, or why nobody knows. Without a name or an address. */
  readonly problem: string | null;
  /** Whether this call tried to send it. Otherwise it tells what became of it earlier. */
  readonly isNew: boolean;
  /** Whether the next call would try again. */
  readonly isTriedAgain: boolean;
}

interface Parts {
  readonly database: Database;
  readonly mailer: Mailer;
}

/**
 * Sends a mail at most once for its key, however often, from wherever and after whatever crash it is called. The intent
 * is written down first, then that an attempt begins, then what became of it; an attempt that lacks the last is in doubt
 * and not repeated. Waits for an attempt that is under way elsewhere. @throws MailKeyTaken, and what `compose` throws;
 * then nothing was sent, and calling again tries again.
 */
export async function deliverMail({ database, mailer }: Parts, order: MailOrder): Promise<MailDelivery> {
  await intendMail(database, order);
  return withMailLock(database, order.key, async () => {
    const mail = await intendMail(database, order);
    if (mayBeTried(mail)) return attempt({ database, mailer }, mail, order);
    if (!isLeftOver(mail)) return { ...asRecorded(mail), isNew: false, isTriedAgain: false };
    await recordMailOutcome(database, mail, LEFT_OVER);
    return { ...LEFT_OVER, isNew: false, isTriedAgain: false };
  });
}

const LEFT_OVER = {
  status: 'unknown',
  problem: 'The process that was sending it ended before it wrote down what became of it.',
} as const;

async function attempt({ database, mailer }: Parts, mail: Mail, order: MailOrder): Promise<MailDelivery> {
  const { kind, contactId, key } = order;
  const content = await order.compose();
  const begun = await beginTry(database, mail);
  const message = { ...content, kind, contactId, messageId: messageIdFor(key, mailer.domain) };
  const outcome = toOutcome(await mailer.send(message));
  await recordMailOutcome(database, begun, outcome);
  const isTriedAgain = outcome.status === 'not_sent' && outcome.retryable && mayBeTried({ ...begun, ...outcome });
  return { status: outcome.status, problem: 'problem' in outcome ? outcome.problem : null, isNew: true, isTriedAgain };
}

function toOutcome(result: SendResult): MailOutcome {
  switch (result.outcome) {
    case 'sent':
      return { status: 'sent' };
    case 'not_sent':
      return { status: 'not_sent', problem: result.problem, retryable: result.retryable };
    case 'unknown':
      return { status: 'unknown', problem: result.problem };
  }
}

/** What is neither to be tried nor left over has an outcome. */
function asRecorded({ status, problem }: Mail): Pick<MailDelivery, 'status' | 'problem'> {
  return { status: status === 'intended' ? 'unknown' : status, problem };
}
