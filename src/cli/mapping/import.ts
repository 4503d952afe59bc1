import { readCustomer } from '../../store/customers.js';
import { saveMapping } from '../../store/mappings.js';
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
  context.output.answer({ customer, version, status: 'draft' }, () =>
    [
      `${file} is kept as version ${version} of ${slug}, as a draft. Runs go on as before. See what it would do, then make it active:`,
      `  usersync sync plan ${slug} --mapping ${version}`,
      `  usersync mapping activate ${slug} ${version}`,
    ].join('\n'),
  );
}
