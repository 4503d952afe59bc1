import { countWords } from '../../report/words.js';
import { readCustomer } from '../../store/customers.js';
import { countDue } from '../../store/due.js';
import { activateMapping, saveMapping } from '../../store/mappings.js';
import { toCustomerId } from '../../sync/ids.js';
import type { Context } from '../context.js';
import type { ImportOptions } from './commands.js';
import { readNetworkStructure } from './network-structure.js';
import { readMapping, refuseMisfits } from './read-mapping.js';

/** `mapping import`: a mapping with a mistake, or with a group or role that the network lacks, is not kept. */
export async function importMapping(
  context: Context,
  slug: string,
  file: string,
  options: ImportOptions,
): Promise<void> {
  const { document, mapping } = await readMapping(file);
  const database = await context.database();
  const customer = toCustomerId((await readCustomer(database, slug)).id);
  refuseMisfits(file, mapping, (await readNetworkStructure(database, customer)) ?? {});

  const { by: importedBy, comment } = options;
  const version = await saveMapping(database, { customer, document, importedBy, comment });
  const isActive = options.draft !== true;
  if (isActive) await activateMapping(database, customer, version);
  const due = isActive ? await countDue(database, customer) : null;
  context.output.answer({ customer, version, status: isActive ? 'active' : 'draft', due }, () =>
    due === null
      ? `${file} is kept as version ${version} of ${slug}, as a draft. Runs go on with the active version.`
      : `${file} is version ${version} of ${slug} and active now. The next run looks at ${countWords(due, 'person', 'people')} again; ` +
        `"usersync sync plan ${slug}" shows what it would change.`,
  );
}
