import { countWords } from '../../report/words.js';
import { readCustomer } from '../../store/customers.js';
import { countDue } from '../../store/due.js';
import { activateMapping } from '../../store/mappings.js';
import { toCustomerId } from '../../sync/ids.js';
import type { Context } from '../context.js';
import { userName } from '../user-name.js';

/** `mapping activate`. @throws DryRunMissing, MappingMoveRefused, UnknownMapping, and then nothing was changed. */
export async function makeActive(context: Context, slug: string, version: number, by: string | null): Promise<void> {
  const database = await context.database();
  const customer = toCustomerId((await readCustomer(database, slug)).id);
  await activateMapping(database, customer, version, by ?? userName(context.env));
  const due = await countDue(database, customer);
  context.output.answer(
    { customer, version, status: 'active', due },
    () =>
      `Version ${version} of ${slug} is active now. The next run looks at ${countWords(due, 'person', 'people')} again; ` +
      `"usersync sync plan ${slug}" shows what it would change.`,
  );
}
