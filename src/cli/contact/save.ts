import { saveContacts } from '../../store/contacts.js';
import { setManager } from '../../store/customers.js';
import { toCustomerId } from '../../sync/ids.js';
import { letLook } from '../../temporal/uploads.js';
import type { Context } from '../context.js';
import { readContacts } from '../onboarding/read-document.js';

/** `contact save`: people come and go in six weeks, and an implementation that is under way takes those who are there now. */
export async function saveFromFile(context: Context, file: string): Promise<void> {
  const { slug, manager, contacts } = await readContacts(file, context.env);
  const database = await context.database();
  const customer = toCustomerId(slug);
  await setManager(database, customer, manager);
  await saveContacts(database, customer, contacts);
  await letLook(await context.temporal(), slug);
  const ids = contacts.map(({ id }) => id);
  context.output.answer({ customer: slug, manager, contacts: ids }, () =>
    [
      `The contacts of ${slug} are now ${ids.join(', ')}; the manager is ${manager}.`,
      'An implementation that is under way takes them at once. An open concept keeps those it began with; the next one has these.',
    ].join('\n'),
  );
}
