import { renderTable } from '../../report/table.js';
import { instantWords } from '../../report/words.js';
import { readCustomer } from '../../store/customers.js';
import { mailsInDoubt } from '../../store/mail-doubt.js';
import { listMails, type Mail } from '../../store/mails.js';
import type { Context } from '../context.js';

/** `mail list` */
export async function listAllMails(context: Context, slug: string, inDoubt: boolean): Promise<void> {
  const database = await context.database();
  const { timeZone } = await readCustomer(database, slug);
  const doubts = await mailsInDoubt(database, slug);
  const doubted = new Set(doubts.map(({ id }) => id));
  const mails = (inDoubt ? doubts : await listMails(database, slug)).map((mail) => toEntry(mail, doubted.has(mail.id)));
  context.output.answer({ customer: slug, mails }, () => text(context, slug, mails, timeZone));
}

function toEntry({ id, kind, contactId: to, status, problem, tries, createdAt, sentAt }: Mail, inDoubt: boolean) {
  return { id, kind, to, status, inDoubt, problem, tries, createdAt, sentAt };
}

type Entry = ReturnType<typeof toEntry>;

function text({ output }: Context, slug: string, mails: readonly Entry[], timeZone: string): string {
  if (mails.length === 0) return 'There is none.';
  const rows = mails.map(({ id, kind, to, status, inDoubt, problem, createdAt, sentAt }) => [
    ...[String(id), kind, to, inDoubt ? 'in doubt' : WORDS[status], instantWords(sentAt ?? createdAt, timeZone)],
    problem ?? '',
  ]);
  const head = ['mail', 'kind', 'to', 'state', `when (${timeZone})`, 'problem'];
  const mark = (row: readonly string[]) => (row[3] === 'in doubt' ? output.paint.attention : null);
  const table = renderTable({ head, right: [0], widths: { 5: 60 }, mark }, rows, output.paint);
  if (!mails.some(({ inDoubt }) => inDoubt)) return table;
  return `${table}\n\nAsk the contact, or look into the mail server, then: usersync mail resolve ${slug} NUMBER --as sent (or again)`;
}

const WORDS: Readonly<Record<Mail['status'], string>> = {
  intended: 'to be sent',
  sent: 'sent',
  not_sent: 'not sent',
  unknown: 'in doubt',
};
