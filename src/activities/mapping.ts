import type { Database } from '../store/database.js';
import { activeMapping, mappingVersion } from '../store/mappings.js';
import type { Mapping } from '../store/prisma/client.js';
import type { CustomerId } from '../sync/ids.js';
import { columnsRead, compileMapping, MappingRejected, type CompiledMapping } from '../sync/mapping/compile.js';
import { parseMapping } from '../sync/mapping/parse.js';
import { MissingColumn } from '../sync/records/errors.js';

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

/** A mapping may be newer than the delivery: a column that it lacks would read as empty for everybody. @throws MissingColumn */
export function refuseMissingColumns({ mapping }: CompiledMapping, columns: readonly string[]): void {
  const missing = columnsRead(mapping).filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new MissingColumn(missing, columns);
}
