import type { Database } from '../store/database.js';
import type { Snapshot } from '../store/prisma/client.js';
import { rejectSnapshot } from '../store/snapshots.js';
import { DeliveryRefused } from '../sync/guards/judge-delivery.js';
import { SourceRejected } from '../sync/records/errors.js';

/** Of the file, by the clock of whoever delivered it. */
export function ageInDays({ modifiedAt }: Snapshot): number {
  return (Date.now() - modifiedAt.getTime()) / 86_400_000;
}

/** Only what is about the delivery itself is noted at it, with the guard that refused it. */
export async function noteRejection(database: Database, snapshotId: number, error: unknown): Promise<void> {
  if (!(error instanceof SourceRejected)) return;
  const guard = error instanceof DeliveryRefused ? error.guard : null;
  await rejectSnapshot(database, snapshotId, error.message, guard);
}
