import { renderTable } from '../../report/table.js';
import { listContacts } from '../../store/contacts.js';
import { readCustomer } from '../../store/customers.js';
import type { Context } from '../context.js';

/** `contact list`: names and addresses only for those who ask for them. */
export async function listAllContacts(context: Context, slug: string, personal: boolean): Promise<void> {
  const database = await context.database();
  const { manager } = await readCustomer(database, slug);
  const contacts = (await listContacts(database, slug)).map(({ id, side, role, approves, owns, name, email }) => ({
    ...{ id, side, role, approves, owns, manages: id === manager },
    ...(personal ? { name, email } : {}),
  }));
  context.output.answer({ customer: slug, contacts }, () => text(context, contacts, personal));
}

interface Listed {
  readonly id: string;
  readonly side: string;
  readonly role: string;
  readonly approves: boolean;
  readonly owns: readonly string[];
  readonly manages: boolean;
  readonly name?: string;
  readonly email?: string;
}

function text({ output }: Context, contacts: readonly Listed[], personal: boolean): string {
  if (contacts.length === 0) return 'There is no contact yet. "usersync onboarding start FILE" saves them.';
  const rows = contacts.map(({ id, side, role, approves, owns, manages, name = '', email = '' }) => [
    ...[id, side, manages ? `${role} (manager)` : role, approves ? 'yes' : 'no', owns.join(', ')],
    ...(personal ? [name, email] : []),
  ]);
  const head = ['id', 'side', 'role', 'approves', 'owes', ...(personal ? ['name', 'e-mail'] : [])];
  return renderTable({ head, widths: { 4: 40 } }, rows, output.paint);
}
