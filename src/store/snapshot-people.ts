import type { CustomerId, Xid } from '../sync/ids.js';
import type { EmployeeRecord } from '../sync/record.js';
import { CopyWriter, toJsonb } from './copy.js';
import { inTransaction, type Connection, type Database } from './database.js';

/** A person of a snapshot with all rows. */
export interface SnapshotPerson {
  readonly xid: Xid;
  readonly rows: readonly EmployeeRecord[];
}

export interface SnapshotExaminer {
  /** The user name that the mapping gives a person; null when it gives none. */
  userNameOf(person: SnapshotPerson): string | null;
  /** `isConflict`: somebody else of the snapshot is to get the same user name. */
  take(person: SnapshotPerson, isConflict: boolean): void;
}

const PAGE = 2000;

/**
 * Hands every person of a snapshot to the examiner, page by page and in the order of their XIDs: of the last accepted one,
 * or of `delivered`, rows that were accepted by nobody yet. All of it is one moment, and nothing is changed: what has to be
 * kept in between is in temporary tables. Whatever `delivered` throws is thrown.
 */
export async function examineSnapshot(
  database: Database,
  customer: CustomerId,
  delivered: AsyncIterable<readonly EmployeeRecord[]> | null,
  examiner: SnapshotExaminer,
  onProgress: (people: number) => void = () => undefined,
): Promise<void> {
  await inTransaction(database, async (connection) => {
    await connection.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await connection.query(TEMPORARY_TABLES);
    if (delivered !== null) await copyDelivered(connection, delivered);
    const source = delivered === null ? RECORD : DELIVERED;
    await claimUserNames(connection, source, customer, examiner);
    let people = 0;
    for await (const page of pages(connection, source, customer)) {
      for (const { xid, rows, isConflict } of page)
        examiner.take({ xid, rows: rows.map((row) => ({ xid, ...row })) }, isConflict);
      people += page.length;
      onProgress(people);
    }
  });
}

const TEMPORARY_TABLES = `
  CREATE TEMPORARY TABLE delivered (xid text, row int, fields jsonb) ON COMMIT DROP;
  CREATE TEMPORARY TABLE claim (xid text, user_name text) ON COMMIT DROP;
  CREATE TEMPORARY TABLE conflict (xid text PRIMARY KEY) ON COMMIT DROP;`;

/** Where rows stand; $1 is the customer. */
const RECORD = { table: 'record', ofCustomer: 'r.customer_id = $1' } as const;
const DELIVERED = { table: 'delivered', ofCustomer: '$1::text IS NOT NULL' } as const;
type Source = typeof RECORD | typeof DELIVERED;

async function copyDelivered(connection: Connection, chunks: AsyncIterable<readonly EmployeeRecord[]>): Promise<void> {
  const writer = new CopyWriter(connection, 'delivered (xid, row, fields)');
  try {
    for await (const chunk of chunks) {
      for (const { xid, row, fields } of chunk)
        await writer.write([xid, row, fields === null ? null : toJsonb(fields)]);
    }
  } finally {
    // The connection is of no use, not even for a rollback, until the COPY has ended.
    await writer.end();
  }
  await connection.query('CREATE INDEX ON delivered (xid); ANALYZE delivered');
}

/** As a plan does, ignoring case: whoever claims what another one claims gets it not. */
async function claimUserNames(
  connection: Connection,
  source: Source,
  customer: CustomerId,
  examiner: SnapshotExaminer,
): Promise<void> {
  for await (const page of pages(connection, source, customer)) {
    const writer = new CopyWriter(connection, 'claim (xid, user_name)');
    for (const { xid, rows } of page) {
      const userName = examiner.userNameOf({ xid, rows: rows.map((row) => ({ xid, ...row })) });
      if (userName !== null) await writer.write([xid, userName]);
    }
    await writer.end();
  }
  await connection.query(
    `INSERT INTO conflict SELECT DISTINCT xid FROM claim
     WHERE lower(user_name) IN (SELECT lower(user_name) FROM claim GROUP BY 1 HAVING count(DISTINCT xid) > 1)`,
  );
}

interface PageRow {
  readonly xid: Xid;
  readonly rows: readonly Pick<EmployeeRecord, 'row' | 'fields'>[];
  readonly isConflict: boolean;
}

async function* pages(
  connection: Connection,
  { table, ofCustomer }: Source,
  customer: CustomerId,
): AsyncGenerator<readonly PageRow[]> {
  for (let after = ''; ;) {
    const { rows } = await connection.query<PageRow>(
      `SELECT p.xid, (SELECT json_agg(json_build_object('row', r.row, 'fields', r.fields) ORDER BY r.row) FROM ${table} r
                      WHERE ${ofCustomer} AND r.xid = p.xid) AS rows,
         EXISTS (SELECT 1 FROM conflict c WHERE c.xid = p.xid) AS "isConflict"
       FROM (SELECT DISTINCT r.xid FROM ${table} r WHERE ${ofCustomer} AND r.xid > $2 ORDER BY r.xid LIMIT $3) p ORDER BY p.xid`,
      [customer, after, PAGE],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = last.xid;
  }
}
