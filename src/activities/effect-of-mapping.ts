import type { Database } from '../store/database.js';
import { mappingVersion } from '../store/mappings.js';
import { readGroupKeys, readRoles } from '../store/network-groups.js';
import { examineSnapshot, type SnapshotExaminer } from '../store/snapshot-people.js';
import { lastAccepted } from '../store/snapshots.js';
import { mapRows, type KnownNetwork } from '../sync/desired/map-rows.js';
import type { Effect } from '../sync/effect/effect.js';
import { EffectGatherer } from '../sync/effect/gather.js';
import type { CustomerId } from '../sync/ids.js';
import { columnsRead, type CompiledMapping } from '../sync/mapping/compile.js';
import type { Mapping } from '../sync/mapping/mapping.js';
import { readRecords } from '../sync/records/read-records.js';
import { refuseMissingColumns, usableMapping } from './mapping.js';
import { NothingDelivered } from './refusals.js';

/** What one version of a mapping does to a snapshot. Holds names of groups and columns: for Postgres and reports, not for Temporal. */
export interface MappingEffect {
  readonly mapping: Mapping;
  /** The header of the record. */
  readonly columns: readonly string[];
  /** null: of a file that was delivered and not accepted yet. */
  readonly snapshotId: number | null;
  readonly effect: Effect;
}

/**
 * Tries exactly this version, draft or not, on the last accepted snapshot, or on the content of a file that was handed over.
 * Nothing is changed, and memory does not grow with the snapshot.
 * @throws UnknownMapping, MappingRejected, NothingDelivered, MissingColumn, and what reading `content` throws
 */
export async function effectOfMapping(
  database: Database,
  customer: CustomerId,
  version: number,
  content: AsyncIterable<Uint8Array> | null = null,
  onProgress: (people: number) => void = () => undefined,
): Promise<MappingEffect> {
  const compiled = usableMapping(await mappingVersion(database, customer, version));
  const known = await knownNetwork(database, customer);
  const examiner = new Examiner(compiled, known);
  if (content !== null) return effectOfFile(database, customer, { content, examiner, onProgress });
  const snapshot = await lastAccepted(database, customer);
  if (snapshot === null) throw new NothingDelivered(customer);
  refuseMissingColumns(compiled, snapshot.columns);
  await examineSnapshot(database, customer, null, examiner, onProgress);
  const { columns, id: snapshotId } = snapshot;
  return { mapping: compiled.mapping, columns, snapshotId, effect: examiner.gatherer.result() };
}

interface FileToExamine {
  readonly content: AsyncIterable<Uint8Array>;
  readonly examiner: Examiner;
  readonly onProgress: (people: number) => void;
}

async function effectOfFile(
  database: Database,
  customer: CustomerId,
  { content, examiner, onProgress }: FileToExamine,
): Promise<MappingEffect> {
  const { mapping } = examiner.compiled;
  const reading = readRecords(content, { idColumn: mapping.externalId.column, requiredColumns: columnsRead(mapping) });
  await examineSnapshot(database, customer, reading, examiner, onProgress);
  examiner.gatherer.addReading(reading.warnings);
  return { mapping, columns: reading.summary.columns, snapshotId: null, effect: examiner.gatherer.result() };
}

/** Every network has roles, so none means that it was never read, and then nothing is held against it. */
async function knownNetwork(database: Database, customer: CustomerId): Promise<KnownNetwork> {
  if ((await readRoles(database, customer)).length === 0) return {};
  return { groups: await readGroupKeys(database, customer) };
}

class Examiner implements SnapshotExaminer {
  readonly gatherer: EffectGatherer;

  constructor(
    readonly compiled: CompiledMapping,
    private readonly known: KnownNetwork,
  ) {
    this.gatherer = new EffectGatherer(compiled, known);
  }

  userNameOf({ xid, rows }: Parameters<SnapshotExaminer['userNameOf']>[0]): string | null {
    const outcome = mapRows(this.compiled, xid, rows, this.known);
    return outcome.kind === 'active' ? outcome.person.userName : null;
  }

  take({ xid, rows }: Parameters<SnapshotExaminer['take']>[0], isConflict: boolean): void {
    this.gatherer.add(xid, rows, { isConflict });
  }
}
