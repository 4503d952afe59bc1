import { diffMappings, renderDifference } from '../../proposal/diff/diff-mappings.js';
import { readCustomer } from '../../store/customers.js';
import { mappingVersion } from '../../store/mappings.js';
import type { Mapping } from '../../sync/mapping/mapping.js';
import { parseMapping } from '../../sync/mapping/parse.js';
import { toCustomerId, type CustomerId } from '../../sync/ids.js';
import type { Database } from '../../store/database.js';
import type { Context } from '../context.js';
import { CommandFailed } from '../errors.js';
import { compareOnSnapshot } from '../../activities/compare-mappings.js';
import { effectWords } from '../../report/effect-words.js';

/** `mapping compare`: what one version of a mapping means otherwise than another, and for how many people. @throws UnknownMapping, CommandFailed */
export async function compareMappings(context: Context, slug: string, from: number, to: number): Promise<void> {
  const database = await context.database();
  const customer = toCustomerId((await readCustomer(database, slug)).id);
  const [before, after] = [await readVersion(database, customer, from), await readVersion(database, customer, to)];
  const differences = diffMappings(before, after);
  const effects = (await compareOnSnapshot(database, customer, before, after))?.effects ?? null;
  context.output.answer({ from, to, differences, effects }, () =>
    [
      ...(differences.length === 0
        ? [`Versions ${from} and ${to} mean the same.`]
        : [...differences.map(renderDifference), '']),
      effectWords(effects),
    ].join('\n'),
  );
}

async function readVersion(database: Database, customer: CustomerId, version: number): Promise<Mapping> {
  const parsed = parseMapping((await mappingVersion(database, customer, version)).document);
  if ('mapping' in parsed) return parsed.mapping;
  throw new CommandFailed(`Version ${version} cannot be read by this version of the program. Nothing was changed.`);
}
