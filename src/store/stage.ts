import type { CustomerId, Xid } from '../sync/ids.js';
import { CopyWriter, toJsonb } from './copy.js';
import { inTransaction, type Connection, type Database } from './database.js';
import { lockCustomer } from './lock-customer.js';

/** One row as read from a delivery. */
export interface DeliveredRow {
  readonly xid: Xid;
  readonly row: number;
  readonly hash: string;
  /** null: the row names its XID but could not be read. */
  readonly fields: Readonly<Record<string, string>> | null;
}

export interface StageCounts {
  readonly rows: number;
  readonly people: number;
  /** Rows that are new or differ from the last accepted snapshot. */
  readonly changed: number;
  /** XIDs that the last accepted snapshot had and this one has not. */
  readonly missing: number;
}

/** What is known of the file when it was read to its end. */
export interface CheckedFile {
  readonly badRows: number;
  readonly withoutId: number;
  readonly columns: readonly string[];
}

/** A newer delivery was accepted while this one was read. Nothing was changed by this one. */
export class SnapshotOvertaken extends Error {
  override readonly name = 'SnapshotOvertaken';
  constructor() {
    super(
      'A newer delivery was accepted while this one was read, so this one was not used. Nothing was changed by it.',
    );
  }
}

/**
 * Brings `record` to the state of one delivery: only rows that changed are written, and their XIDs become due.
 * Everything happens in one transaction; when `rows` or `check` throws, nothing has changed.
 */
export async function stageSnapshot(
  database: Database,
  { customer, snapshotId }: { readonly customer: CustomerId; readonly snapshotId: number },
  rows: AsyncIterable<readonly DeliveredRow[]>,
  check: (counts: StageCounts) => Promise<CheckedFile>,
): Promise<StageCounts> {
  return inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    await refuseOvertaken(connection, customer, snapshotId);
    await connection.query(TEMPORARY_TABLES);
    const known = await knownRows(connection, customer);
    const seen = await copyChangedRows(connection, known, rows);
    await copyVanishedRows(connection, known);
    const counts = { ...seen, missing: await countMissing(connection, customer) };
    const { badRows, withoutId, columns } = await check(counts);
    await applyStaged(connection, customer);
    await connection.query(
      `UPDATE snapshot SET status = 'accepted', decided_at = now(), rows = $2, people = $3, bad_rows = $4, changed = $5,
       missing = $6, without_id = $7, columns = $8, reason = NULL WHERE id = $1`,
      [snapshotId, counts.rows, counts.people, badRows, counts.changed, counts.missing, withoutId, columns],
    );
    return counts;
  });
}

async function refuseOvertaken(connection: Connection, customer: CustomerId, snapshotId: number): Promise<void> {
  const { rowCount } = await connection.query(
    `SELECT 1 FROM snapshot WHERE customer_id = $1 AND status = 'accepted' AND id > $2 LIMIT 1`,
    [customer, snapshotId],
  );
  if (rowCount !== 0) throw new SnapshotOvertaken();
}

const TEMPORARY_TABLES = `
  CREATE TEMPORARY TABLE staged (xid text, row_hash text, row int, fields jsonb) ON COMMIT DROP;
  CREATE TEMPORARY TABLE vanished (xid text, row_hash text) ON COMMIT DROP;`;

/** Every known row, `true` once it was seen in the delivery. The key is XID and hash, which contains no line break. */
type KnownRows = Map<string, boolean>;

async function knownRows(connection: Connection, customer: CustomerId): Promise<KnownRows> {
  const { rows } = await connection.query<[string, string]>({
    text: 'SELECT xid, row_hash FROM record WHERE customer_id = $1',
    values: [customer],
    rowMode: 'array',
  });
  return new Map(rows.map(([xid, hash]) => [keyOf(xid, hash), false]));
}

async function copyChangedRows(
  connection: Connection,
  known: KnownRows,
  chunks: AsyncIterable<readonly DeliveredRow[]>,
): Promise<Omit<StageCounts, 'missing'>> {
  const writer = new CopyWriter(connection, 'staged (xid, row_hash, row, fields)');
  const people = new Set<Xid>();
  let rows = 0;
  let changed = 0;
  try {
    for await (const chunk of chunks) {
      for (const row of chunk) {
        rows += 1;
        people.add(row.xid);
        const { hash, isNew } = notice(known, row);
        if (!isNew) continue;
        changed += 1;
        await writer.write([row.xid, hash, row.row, row.fields === null ? null : toJsonb(row.fields)]);
      }
    }
  } finally {
    // The connection is of no use, not even for a rollback, until the COPY has ended.
    await writer.end();
  }
  return { rows, people: people.size, changed };
}

/** A row that stands twice in one delivery, letter by letter, is kept twice: the second under `hash#2`. */
function notice(known: KnownRows, row: DeliveredRow): { readonly hash: string; readonly isNew: boolean } {
  let hash = row.hash;
  for (let copy = 2; known.get(keyOf(row.xid, hash)) === true; copy += 1) hash = `${row.hash}#${copy}`;
  const key = keyOf(row.xid, hash);
  const isNew = !known.has(key);
  known.set(key, true);
  return { hash, isNew };
}

async function copyVanishedRows(connection: Connection, known: KnownRows): Promise<void> {
  const writer = new CopyWriter(connection, 'vanished (xid, row_hash)');
  for (const [key, seen] of known) {
    if (seen) continue;
    const end = key.lastIndexOf('\n');
    await writer.write([key.slice(0, end), key.slice(end + 1)]);
  }
  await writer.end();
}

async function countMissing(connection: Connection, customer: CustomerId): Promise<number> {
  const { rows } = await connection.query<{ missing: number }>(
    `SELECT count(DISTINCT v.xid) AS missing FROM vanished v
     WHERE NOT EXISTS (SELECT 1 FROM staged s WHERE s.xid = v.xid)
       AND NOT EXISTS (SELECT 1 FROM record r WHERE r.customer_id = $1 AND r.xid = v.xid
         AND NOT EXISTS (SELECT 1 FROM vanished w WHERE w.xid = r.xid AND w.row_hash = r.row_hash))`,
    [customer],
  );
  return rows[0]?.missing ?? 0;
}

async function applyStaged(connection: Connection, customer: CustomerId): Promise<void> {
  await connection.query(
    `INSERT INTO due (customer_id, xid, reason, marked_at)
     SELECT $1, xid, 'record changed', clock_timestamp() FROM (SELECT xid FROM staged UNION SELECT xid FROM vanished) x
     ON CONFLICT (customer_id, xid) DO UPDATE
       SET due_at = now(), reason = excluded.reason, marked_at = excluded.marked_at`,
    [customer],
  );
  await connection.query(
    `DELETE FROM record r USING vanished v WHERE r.customer_id = $1 AND r.xid = v.xid AND r.row_hash = v.row_hash`,
    [customer],
  );
  await connection.query(
    `INSERT INTO record (customer_id, xid, row_hash, row, fields) SELECT $1, xid, row_hash, row, fields FROM staged`,
    [customer],
  );
}

function keyOf(xid: string, hash: string): string {
  return `${xid}\n${hash}`;
}
