import { z } from 'zod';
import { CHANGE_ORDER } from '../sync/change.js';
import { countChanges, type ChangeCount } from './changes.js';
import type { Database } from './database.js';
import { ChangeStatus, type Run } from './prisma/client.js';
import { detailsRemovedAt } from './retention.js';

const Kept = z.object({
  changes: z.array(
    z.object({
      kind: z.enum(CHANGE_ORDER),
      status: z.enum(ChangeStatus),
      changes: z.number().int(),
      people: z.number().int(),
    }),
  ),
});

/** The changes of a run by kind and status: of its plan, or, when that was removed since its time was over, as they were kept. */
export async function countsOfRun(database: Database, run: Run): Promise<readonly ChangeCount[]> {
  return detailsRemovedAt(run.summary) === null ? countChanges(database, run.id) : keptCounts(run.summary);
}

/** Written by `closeRun`, perhaps of an older version: what cannot be read is not counted. */
function keptCounts(summary: Run['summary']): readonly ChangeCount[] {
  const parsed = Kept.safeParse(summary);
  return parsed.success ? parsed.data.changes : [];
}
