import { Readable } from 'node:stream';
import type { RowsFiles } from '../store/known-rows.js';
import { keptForm, readKept } from '../sync/records/kept-rows.js';
import type { RecordReading } from '../sync/records/read-records.js';
import type { ActivityParts } from './parts.js';

/** Keeps the rows of a delivery sealed beside it, with how its lines were read. */
export function rowsFiles(deliveries: ActivityParts['deliveries'], reading: RecordReading): RowsFiles {
  return {
    async read(file) {
      try {
        return await readKept(deliveries.read(file));
      } catch {
        // Missing, damaged or of another version: the same rows are in Postgres.
        return null;
      }
    },
    async keep(customer, snapshotId, known) {
      known.forgetUnseen();
      known.reading = reading.lineReading;
      const content = Readable.from(keptForm(known), { objectMode: false });
      const { file } = await deliveries.keepFile(customer, `rows-${snapshotId}`, { content, size: null });
      return file;
    },
  };
}
