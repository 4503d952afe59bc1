import { randomInt } from 'node:crypto';
import type { CustomerId } from '../sync/ids.js';
import { KnownRows } from '../sync/records/known-rows.js';
import type { Connection } from './database.js';

/** Files of the rows of snapshots. They only save time: what cannot be read from one is read from Postgres. */
export interface RowsFiles {
  /** null when the file is not there, or is of no use. */
  read(file: string): Promise<KnownRows | null>;
  /** Keeps what was seen; what was not is forgotten. Answers the name of the file. */
  keep(customer: CustomerId, snapshotId: number, known: KnownRows): Promise<string>;
}

export interface KnownOrder {
  readonly customer: CustomerId;
  readonly known?: KnownRows;
  readonly files?: RowsFiles;
}

/** The rows of the last accepted snapshot, and of how many people they are. The caller has locked the customer. */
export async function readKnownRows(
  connection: Connection,
  { customer, known = new KnownRows(), files }: KnownOrder,
): Promise<{ readonly known: KnownRows; readonly people: number }> {
  const last = await lastWithRows(connection, customer);
  if (last !== null && files !== undefined) {
    const [kept, count] = await Promise.all([files.read(last.file), countRecords(connection, customer)]);
    // Whoever removed records of a person since did not know of the file.
    if (kept !== null && kept.count === count) {
      known.becomeThat(kept);
      return { known, people: last.people };
    }
  }
  await readRecords(connection, customer, known);
  return { known, people: await countPeople(connection, customer) };
}

async function lastWithRows(
  connection: Connection,
  customer: CustomerId,
): Promise<{ readonly file: string; readonly people: number } | null> {
  const { rows } = await connection.query<{ file: string | null; people: number | null }>(
    `SELECT rows_file AS file, people FROM snapshot WHERE customer_id = $1 AND status = 'accepted' ORDER BY id DESC LIMIT 1`,
    [customer],
  );
  const [last] = rows;
  if (last === undefined || last.file === null || last.people === null) return null;
  return { file: last.file, people: last.people };
}

async function countRecords(connection: Connection, customer: CustomerId): Promise<number> {
  const { rows } = await connection.query<{ count: number }>('SELECT count(*) FROM record WHERE customer_id = $1', [
    customer,
  ]);
  return rows[0]?.count ?? 0;
}

async function countPeople(connection: Connection, customer: CustomerId): Promise<number> {
  const { rows } = await connection.query<{ count: number }>(
    'SELECT count(*) FROM (SELECT DISTINCT xid FROM record WHERE customer_id = $1) people',
    [customer],
  );
  return rows[0]?.count ?? 0;
}

const PAGE = 10_000;
const COPY = /#\d+$/;

/** Page by page, so that memory holds the list and never all rows of an answer beside it. */
async function readRecords(connection: Connection, customer: CustomerId, known: KnownRows): Promise<void> {
  known.becomeThat(new KnownRows(undefined, randomInt(2 ** 31)));
  let after: readonly [string, string] = ['', ''];
  for (;;) {
    const { rows } = await connection.query<[string, string]>({
      text: `SELECT xid, row_hash FROM record WHERE customer_id = $1 AND (xid, row_hash) > ($2, $3)
             ORDER BY xid, row_hash LIMIT ${PAGE}`,
      values: [customer, ...after],
      rowMode: 'array',
    });
    for (const [xid, hash] of rows) known.rows.append(xid, hash.replace(COPY, ''), null);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last;
  }
}
