import type { Database } from '../store/database.js';
import { activeMapping, mappingVersion } from '../store/mappings.js';
import type { Mapping } from '../store/prisma/client.js';
import { updateRun } from '../store/runs.js';
import { hasOtherIds, lastAccepted } from '../store/snapshots.js';
import type { CustomerId } from '../sync/ids.js';
import { columnsRead, compileMapping, MappingRejected, type CompiledMapping } from '../sync/mapping/compile.js';
import { parseMapping } from '../sync/mapping/parse.js';
import { MissingColumn, SourceRejected } from '../sync/records/errors.js';

/** The record was last read by a version that takes another column as the id: to this one, everybody would be somebody else. */
export class OtherIds extends SourceRejected {
  constructor(version: number) {
    super(
      `The record was last read by a version of the mapping that takes another column as the id than version ${version}. ` +
        `"usersync sync plan SLUG --mapping ${version}" reads it again by this one, and so does every run of it.`,
    );
  }
}

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

/**
 * The mapping of a run together with the last accepted record that it reads; null where there is none yet.
 * @throws NoActiveMapping, UnknownMapping, MappingRejected, MissingColumn, OtherIds
 */
export async function mappingOnRecord(database: Database, customer: CustomerId, version: number | undefined) {
  const kept = await orderedMapping(database, customer, version);
  const snapshot = await lastAccepted(database, customer);
  const mapping = usableMapping(kept);
  if (snapshot !== null) {
    refuseMissingColumns(mapping, snapshot.columns);
    if (hasOtherIds(snapshot, mapping.mapping.externalId.column)) throw new OtherIds(kept.version);
  }
  return { kept, mapping, snapshot };
}

/** The active mapping, for a run that reads no records; the run remembers its version. @throws NoActiveMapping, MappingRejected */
export async function activeForRun(database: Database, customer: CustomerId, runId: number): Promise<CompiledMapping> {
  const kept = await activeMapping(database, customer);
  await updateRun(database, runId, { mappingVersion: kept.version });
  return usableMapping(kept);
}

/** A mapping may be newer than the delivery: a column that it lacks would read as empty for everybody. @throws MissingColumn */
export function refuseMissingColumns({ mapping }: CompiledMapping, columns: readonly string[]): void {
  const missing = columnsRead(mapping).filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new MissingColumn(missing, columns);
}
