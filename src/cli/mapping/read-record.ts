import { createReadStream } from 'node:fs';
import { openContent, type FindKeys } from '../../formats/open-content.js';
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

/**
 * Reads a record once with nothing required but the XID, so that every missing column is found by the mapping's
 * own check. A workbook is opened, and a PGP message with these keys. @throws CommandFailed, SourceRejected
 */
export async function readRecord(path: string, idColumn: string, findKeys: FindKeys): Promise<RecordFacts> {
  const stream = createReadStream(path);
  try {
    const content = await openContent(stream, findKeys);
    const reading = readRecords(content, { idColumn, requiredColumns: [] });
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
