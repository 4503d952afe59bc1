import { randomUUID } from 'node:crypto';
import type { Database } from '../../src/store/database.js';
import { activateMapping, saveMapping } from '../../src/store/mappings.js';
import { openRun, updateRun } from '../../src/store/runs.js';
import type { CustomerId } from '../../src/sync/ids.js';

/** Keeps a mapping and makes it active, for tests of what comes after: its dry run is only said to have been, and forgotten. */
export async function useMapping(database: Database, customer: CustomerId, document: string): Promise<number> {
  const version = await saveMapping(database, { customer, document, importedBy: 'test', comment: '' });
  const key = randomUUID();
  const run = { customer, kind: 'dry', requestKey: key, workflowId: `dry-run/${customer}/${key}` } as const;
  const { id } = await openRun(database, { ...run, requestedBy: 'test' });
  await updateRun(database, id, { status: 'done', mappingVersion: version });
  await activateMapping(database, customer, version, 'test');
  await database.prisma.run.delete({ where: { id } });
  return version;
}
