import type { ExplainedNetwork, Explanation } from '../../report/explanation.js';
import { renderExplanation } from '../../report/explanation-text.js';
import { readCustomer } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import { readGroups } from '../../store/network-groups.js';
import { toCustomerId } from '../../sync/ids.js';
import type { Context } from '../context.js';
import { readXid } from '../person/known-person.js';
import type { ExplainOptions } from './reading-commands.js';
import { explainPerson } from './explained-person.js';
import { readShownPerson } from './shown-person.js';

/** `sync explain`: one person, step by step, from Postgres and the engine; with `--network` from a reading of them as well. */
export async function explainSync(context: Context, slug: string, options: ExplainOptions): Promise<void> {
  const { output } = context;
  const xid = readXid(options.xid);
  const database = await context.database();
  const customer = await readCustomer(database, slug);
  const { explanation, mapping } = await explainPerson(database, customer, xid, options.mapping);
  const network = options.network === true ? await askNetwork(context, database, explanation) : null;
  const whole = { ...explanation, network };
  output.answer(whole, () => renderExplanation(whole, mapping.mapping, output.paint, output.width));
}

async function askNetwork(
  context: Context,
  database: Database,
  explanation: Omit<Explanation, 'network'>,
): Promise<ExplainedNetwork> {
  // Loading it takes longer than everything else that this command does.
  const { OpenNetworks } = await import('../../connections/networks.js');
  const customer = toCustomerId(explanation.customer.slug);
  const networks = new OpenNetworks(database, (await context.keys()).ring);
  try {
    return await readShownPerson(await networks.of(customer), explanation, await readGroups(database, customer));
  } finally {
    await networks.close();
  }
}
