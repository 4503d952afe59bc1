import { createReadStream } from 'node:fs';
import { MissingColumn } from '../../sync/records/errors.js';
import { readRecords, type ReadSummary } from '../../sync/records/read-records.js';
import type { Warning } from '../../sync/person.js';
import { unreadable } from '../read-file.js';

/** What `mapping check` finds out about a record. */
export interface RecordFacts {
  readonly columns: readonly string[];
  /** null when the column of the XID is not there, so that no row can be read. */
  readonly read: ReadSummary | null;
  readonly warnings: readonly Warning[];
}

/** Reads a record once with nothing required but the XID, so that every missing column is found by the mapping's own check. */
export async function readRecord(path: string, idColumn: string): Promise<RecordFacts> {
  const stream = createReadStream(path);
  const reading = readRecords(stream, { idColumn, requiredColumns: [] });
  try {
    for await (const _ of reading);
    return { columns: reading.summary.columns, read: reading.summary, warnings: reading.warnings.kept };
  } catch (error) {
    if (error instanceof MissingColumn) return { columns: error.present, read: null, warnings: [] };
    if (error instanceof Error && 'syscall' in error) throw unreadable(path, error);
    throw error;
  } finally {
    stream.destroy();
  }
}
