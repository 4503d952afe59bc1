import { readCustomer } from '../../store/customers.js';
import { listMappings } from '../../store/mappings.js';
import type { Mapping } from '../../store/prisma/client.js';
import type { Context } from '../context.js';
import { CommandFailed } from '../errors.js';
import { historyTable } from './history.js';

/** `mapping show`: the history of a customer's mapping, and one document of it. */
export async function showMapping(context: Context, slug: string, version: number | null): Promise<void> {
  const database = await context.database();
  const { timeZone } = await readCustomer(database, slug);
  const versions = await listMappings(database, slug);
  const shown = choose(versions, slug, version);
  const answer = {
    versions: versions.map(({ document: _, customerId: __, ...entry }) => entry),
    version: shown?.version ?? null,
    document: shown?.document ?? null,
  };
  context.output.answer(answer, () => text(context, versions, shown, timeZone));
}

/** The version that was asked for, else the active one, else the newest. @throws CommandFailed */
function choose(versions: readonly Mapping[], slug: string, version: number | null): Mapping | undefined {
  if (version === null) return versions.find(({ status }) => status === 'active') ?? versions[0];
  const found = versions.find((mapping) => mapping.version === version);
  if (found !== undefined) return found;
  const known = versions.map((mapping) => mapping.version).join(', ');
  throw new CommandFailed(
    `${slug} has no mapping of version ${version}. ${known === '' ? 'There is none yet' : `There are: ${known}`}.`,
  );
}

function text({ output }: Context, versions: readonly Mapping[], shown: Mapping | undefined, timeZone: string): string {
  if (shown === undefined) return 'There is no mapping yet. "usersync mapping import" keeps one.';
  const table = historyTable(versions, timeZone, output);
  return `${table}\n\n${output.paint.title(`Version ${shown.version}, ${shown.status}`)}\n${shown.document.trimEnd()}`;
}
