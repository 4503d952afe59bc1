import { heartbeat } from '@temporalio/activity';
import type { Database } from '../store/database.js';
import { presentMapping } from '../store/mappings.js';
import type { Snapshot } from '../store/prisma/client.js';
import { readRun } from '../store/runs.js';
import {
  acceptedBefore,
  forgetRowsFiles,
  hasOtherIds,
  lastAccepted,
  outdatedRowsFiles,
  readSnapshot,
} from '../store/snapshots.js';
import { stageSnapshot, type DeliveredRow } from '../store/stage.js';
import { wakeMissing } from '../store/waits.js';
import { saveWarnings } from '../store/warnings.js';
import { judgeDelivery } from '../sync/guards/judge-delivery.js';
import { toCustomerId, type CustomerId } from '../sync/ids.js';
import { columnsRead } from '../sync/mapping/compile.js';
import type { DeliveryGuards, Mapping } from '../sync/mapping/mapping.js';
import { KnownRows } from '../sync/records/known-rows.js';
import { readRecords, type RecordReading } from '../sync/records/read-records.js';
import { rowHash } from '../sync/records/row-hash.js';
import { orderedMapping, usableMapping } from './mapping.js';
import type { ActivityParts } from './parts.js';
import { ageInDays, noteRejection } from './rejections.js';
import { rowsFiles } from './rows-files.js';

export interface StageRequest {
  readonly runId: number;
  readonly snapshotId: number;
  /** In a dry run, this version of the mapping says which columns are needed, and not the active one. */
  readonly mapping?: number | undefined;
}

export interface ReadCounts {
  readonly rows: number;
  readonly people: number;
  readonly changed: number;
  readonly missing: number;
  readonly bad: number;
}

export function createStageActivities({ database, deliveries, metrics }: ActivityParts) {
  /** Rows of earlier deliveries are of no use any more. A crash before this leaves them to the next delivery. */
  async function removeOutdated(customer: CustomerId): Promise<void> {
    const files = await outdatedRowsFiles(database, customer);
    for (const file of files) await deliveries.remove(file);
    await forgetRowsFiles(database, files);
  }

  return {
    /** Reads the delivery through once and brings the records up to date. @throws SourceRejected, and then nothing changed. */
    async stageDelivery({ runId, snapshotId, mapping: version }: StageRequest): Promise<ReadCounts> {
      const snapshot = await readSnapshot(database, snapshotId);
      const customer = toCustomerId(snapshot.customerId);
      const { mapping } = usableMapping(await orderedMapping(database, customer, version));
      const counted = hasOtherIds(snapshot, mapping.externalId.column) ? null : countsOf(snapshot);
      if (counted !== null) {
        await wakeMissing(database, customer);
        return counted;
      }
      const content = deliveries.read(snapshot.file ?? '');
      const known = new KnownRows();
      const reading = readRecords(content, {
        ...{ idColumn: mapping.externalId.column, requiredColumns: columnsRead(mapping), known },
      });
      const files = rowsFiles(deliveries, reading);
      try {
        const order = { customer, snapshotId, known, files };
        const counts = await stageSnapshot(database, order, deliveredRows(reading), async () => {
          const guards = await guardsOf(database, runId, mapping, version);
          await refuseSuspicious(database, guards, snapshot, reading);
          return {
            badRows: badRowsOf(reading),
            withoutId: reading.summary.withoutId,
            columns: reading.summary.columns,
            idColumn: mapping.externalId.column,
          };
        });
        await wakeMissing(database, customer);
        await removeOutdated(customer);
        await saveWarnings(database, runId, 'read', reading.warnings.kept);
        metrics.snapshotAccepted(customer);
        return { ...counts, bad: badRowsOf(reading) };
      } catch (error) {
        await noteRejection(database, snapshotId, error);
        throw error;
      } finally {
        content.destroy();
      }
    },
  };
}

/**
 * Those of the mapping of the run. What a dry run of another version takes in is the record that the next live run plans, so
 * the active version objects as well.
 */
async function guardsOf(
  database: Database,
  runId: number,
  { guards }: Mapping,
  version: number | undefined,
): Promise<readonly DeliveryGuards[]> {
  const run = await readRun(database, runId);
  const active = version === undefined || run.kind !== 'dry' ? null : await presentMapping(database, run.customerId);
  return active === null ? [guards.delivery] : [guards.delivery, usableMapping(active).mapping.guards.delivery];
}

/** @throws DeliveryRefused when a guard objects, unless a person accepted this delivery. */
async function refuseSuspicious(
  database: Database,
  guards: readonly DeliveryGuards[],
  snapshot: Snapshot,
  reading: RecordReading,
): Promise<void> {
  if (snapshot.waivedBy !== null || snapshot.status === 'accepted') return;
  const last = await lastAccepted(database, snapshot.customerId);
  const repeats = await acceptedBefore(database, snapshot);
  const figures = {
    rows: reading.summary.rows,
    rowsBefore: last?.rows ?? null,
    badRows: badRowsOf(reading),
    damagedRows: reading.summary.damaged,
    ageInDays: ageInDays(snapshot),
    repeats: repeats?.toISOString().slice(0, 10) ?? null,
  };
  for (const each of guards) {
    const refusal = judgeDelivery(each, figures);
    if (refusal !== null) throw refusal;
  }
}

/** What was counted when the snapshot was accepted, by an attempt whose answer was lost; null when it is not accepted. */
function countsOf({ status, rows, people, changed, missing, badRows }: Snapshot): ReadCounts | null {
  if (status !== 'accepted') return null;
  return { rows: rows ?? 0, people: people ?? 0, changed: changed ?? 0, missing: missing ?? 0, bad: badRows ?? 0 };
}

function badRowsOf({ summary }: RecordReading): number {
  return summary.unreadable + summary.withoutId;
}

async function* deliveredRows(reading: RecordReading): AsyncGenerator<readonly DeliveredRow[]> {
  let rows = 0;
  for await (const chunk of reading) {
    yield chunk.map((record) => ({
      ...record,
      hash: record.fields === null ? 'unreadable' : rowHash(record.fields),
    }));
    rows += chunk.length;
    heartbeat({ rows });
  }
}
