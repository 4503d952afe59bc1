import type { Database } from '../store/database.js';
import { activeMapping, mappingVersion } from '../store/mappings.js';
import type { Mapping } from '../store/prisma/client.js';
import type { CustomerId } from '../sync/ids.js';
import { compileMapping, MappingRejected, type CompiledMapping } from '../sync/mapping/compile.js';
import { parseMapping } from '../sync/mapping/parse.js';

/** A kept mapping, ready to map people. @throws MappingRejected when an older version wrote what this one cannot read. */
export function usableMapping({ document }: { readonly document: string }): CompiledMapping {
  const parsed = parseMapping(document);
  if ('problems' in parsed) throw new MappingRejected(parsed.problems);
  return compileMapping(parsed.mapping);
}

/** The version that a run was ordered with, whatever its status, else the active one. @throws NoActiveMapping, UnknownMapping */
export async function orderedMapping(
  database: Database,
  customer: CustomerId,
  version: number | undefined,
): Promise<Mapping> {
  return version === undefined ? activeMapping(database, customer) : mappingVersion(database, customer, version);
}
