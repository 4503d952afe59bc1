import type { Database } from '../../store/database.js';
import { savePilot } from '../../store/pilots.js';
import type { CustomerId } from '../../sync/ids.js';
import type { RunOrder } from '../../workflows/messages.js';
import type { PilotOptions } from './pilot-options.js';

/** Whom the run is for is written down in Postgres first; the order only names the id. @throws UnknownPeople */
export async function pilotOf(
  database: Database,
  customer: CustomerId,
  by: string,
  { onlyGroup, xid = [] }: PilotOptions,
): Promise<Pick<RunOrder, 'only'>> {
  if (onlyGroup !== undefined) return { only: await savePilot(database, customer, { by, group: onlyGroup }) };
  return xid.length === 0 ? {} : { only: await savePilot(database, customer, { by, xids: xid }) };
}
