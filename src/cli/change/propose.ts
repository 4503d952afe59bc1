import { retireMapping, saveMapping } from '../../store/mappings.js';
import { toCustomerId } from '../../sync/ids.js';
import { objectionTo } from '../../change-requests/objections.js';
import { ChangeRefused, readChangeState } from '../../temporal/change-requests.js';
import type { Context } from '../context.js';
import { WrongUsage } from '../errors.js';
import { readNetworkStructure } from '../mapping/network-structure.js';
import { readMapping, refuseMisfits } from '../mapping/read-mapping.js';
import type { ProposeOptions } from './deciding-commands.js';
import { reachChange, sendTo, type ReachedChange } from './send.js';

/** `change propose`: a version that is kept already, or a file that is kept as the next one first. */
export async function proposeVersion(
  context: Context,
  slug: string,
  number: number,
  file: string | null,
  options: ProposeOptions,
): Promise<void> {
  if ((file === null) === (options.version === undefined))
    throw new WrongUsage('Give either a file or --version. Nothing was changed.');
  const reached = await reachChange(context, slug, number);
  const version = options.version ?? (await keep(reached, file ?? '', options));
  const message = { version, by: options.by, ...(options.test === true ? { test: true } : {}) };
  try {
    await sendTo(context, reached, 'propose', message);
  } catch (error) {
    if (file === null || !(error instanceof ChangeRefused)) throw error;
    // What was kept for this alone is not left lying about.
    await retireMapping(reached.database, toCustomerId(reached.request.customerId), version);
    throw new ChangeRefused(`${error.message} ${file} had been kept as version ${version}, which is retired.`);
  }
}

/** Kept as a draft, when the request would take it. @throws CommandFailed, ProblemsFound, ChangeRefused */
async function keep(
  { database, client, request }: ReachedChange,
  file: string,
  { by, comment }: ProposeOptions,
): Promise<number> {
  const { document, mapping } = await readMapping(file);
  const customer = toCustomerId(request.customerId);
  refuseMisfits(file, mapping, (await readNetworkStructure(database, customer)) ?? {});
  const state = await readChangeState(client, request.customerId, request.number);
  const objection = objectionTo(state, 'propose', { version: 1_000_000, by });
  if (objection !== null) throw new ChangeRefused(objection);
  return saveMapping(database, { customer, document, importedBy: by, comment });
}
