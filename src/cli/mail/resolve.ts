import { readCustomer } from '../../store/customers.js';
import { resolveDoubt } from '../../store/mail-doubt.js';
import type { Context } from '../context.js';
import type { ResolveOptions } from './commands.js';

/** `mail resolve`: only a person can find out whether a mail arrived. */
export async function resolveMail(context: Context, slug: string, id: number, { as }: ResolveOptions): Promise<void> {
  const database = await context.database();
  const { id: customer } = await readCustomer(database, slug);
  const { status } = await resolveDoubt(database, { customer, id }, as === 'sent' ? 'sent' : 'send again');
  context.output.answer({ customer, id, status }, () =>
    as === 'sent'
      ? `Mail ${id} counts as sent, and is not sent again.`
      : `Mail ${id} is sent again as soon as what it is about is looked at next.`,
  );
}
