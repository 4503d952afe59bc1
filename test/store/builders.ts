import { createHash } from 'node:crypto';
import { saveCustomer } from '../../src/store/customers.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { openRun } from '../../src/store/runs.js';
import { saveSnapshot } from '../../src/store/snapshots.js';
import { stageSnapshot, type DeliveredRow, type StageCounts } from '../../src/store/stage.js';
import { toCustomerId, toXid, type CustomerId } from '../../src/sync/ids.js';

export const korenaar = toCustomerId('korenaar');

export async function aCustomer(url: string, id: CustomerId = korenaar): Promise<Database> {
  const database = openDatabase(url);
  await saveCustomer(
    database,
    { id, name: 'De Korenaar', timeZone: 'Europe/Amsterdam', manager: 'pm-1', dailyAt: '05:30' },
    {
      eid: '00000000000000aa',
      apiBase: 'http://127.0.0.1:1',
      scimBase: null,
      credentials: 'sealed',
      requestsPerSecond: null,
    },
    { kind: 'sftp', settings: {}, credentials: 'sealed' },
  );
  return database;
}

let requests = 0;

export async function aRun(database: Database, kind: 'dry' | 'live' = 'live', customer = korenaar): Promise<number> {
  requests += 1;
  const run = await openRun(database, {
    customer,
    kind,
    requestKey: `key-${process.pid}-${requests}`,
    workflowId: `daily-sync/${customer}`,
    requestedBy: 'test',
  });
  return run.id;
}

export function aRow(xid: string, fields: Record<string, string> = {}, row = 2): DeliveredRow {
  const hash = createHash('sha256').update(JSON.stringify(fields)).digest('hex').slice(0, 32);
  return { xid: toXid(xid), row, hash, fields };
}

/** Delivers these rows as the customer's next snapshot. */
export async function deliver(
  database: Database,
  rows: readonly DeliveredRow[],
  customer = korenaar,
): Promise<StageCounts> {
  const runId = await aRun(database, 'live', customer);
  const { id: snapshotId } = await saveSnapshot(database, {
    customer,
    runId,
    fileName: 'people.csv',
    file: `${customer}/${runId}.sealed`,
    sha256: `sha-${runId}`,
    bytes: 1,
    modifiedAt: new Date(),
  });
  return stageSnapshot(database, { customer, snapshotId }, inChunks(rows), async () => ({
    badRows: 0,
    withoutId: 0,
    columns: [],
  }));
}

export async function* inChunks(rows: readonly DeliveredRow[]): AsyncGenerator<readonly DeliveredRow[]> {
  for (let start = 0; start < rows.length; start += 2) yield rows.slice(start, start + 2);
}

export async function dueXids({ pool }: Database): Promise<readonly string[]> {
  const { rows } = await pool.query<{ xid: string }>('SELECT xid FROM due ORDER BY xid');
  return rows.map(({ xid }) => xid);
}

export async function forgetDue({ pool }: Database): Promise<void> {
  await pool.query('DELETE FROM due');
}
