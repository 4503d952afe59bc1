import type { CustomerId, Xid } from '../sync/ids.js';
import type { KnownRows } from '../sync/records/known-rows.js';
import { CopyWriter, toJsonb } from './copy.js';
import { inTransaction, type Connection, type Database } from './database.js';
import { readKnownRows, type RowsFiles } from './known-rows.js';
import { lockCustomer } from './lock-customer.js';
import { lookAgain } from './look-again.js';

/** One row as read from a delivery. */
export interface DeliveredRow {
  readonly xid: Xid;
  readonly row: number;
  readonly hash: string;
  /** null: the row names its XID but could not be read. */
  readonly fields: Readonly<Record<string, string>> | null;
  /** Hash of its line, by which the next delivery knows it again. */
  readonly line?: Int32Array;
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
  /** The column of the XID. */
  readonly idColumn?: string;
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

export interface StageOrder {
  readonly customer: CustomerId;
  readonly snapshotId: number;
  /**
   * Filled with the rows of the last accepted snapshot before the first row is asked for. Whoever reads the delivery may
   * mark rows in it as seen instead of giving them out.
   */
  readonly known?: KnownRows;
  /** Where the rows are kept for the next delivery; without it they are read from Postgres every time. */
  readonly files?: RowsFiles;
}

/**
 * Brings `record` to the state of one delivery: only rows that changed are written, and their XIDs become due.
 * Everything happens in one transaction; when `rows` or `check` throws, nothing has changed.
 */
export async function stageSnapshot(
  database: Database,
  order: StageOrder,
  rows: AsyncIterable<readonly DeliveredRow[]>,
  check: (counts: StageCounts) => Promise<CheckedFile>,
): Promise<StageCounts> {
  const { customer, snapshotId } = order;
  return inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    await refuseOvertaken(connection, customer, snapshotId);
    await connection.query(TEMPORARY_TABLES);
    const { known, people } = await readKnownRows(connection, order);
    const read = await copyChangedRows(connection, known, rows);
    await copyVanishedRows(connection, known);
    await connection.query('ANALYZE staged (xid); ANALYZE vanished (xid)');
    const { missing, joined } = await countPeople(connection, customer);
    const counts = { rows: known.seen, people: people + joined - missing, changed: read, missing };
    const { badRows, withoutId, columns, idColumn = null } = await check(counts);
    const rowsFile = await together(
      applyStaged(connection, customer, counts),
      order.files?.keep(customer, snapshotId, known) ?? Promise.resolve(null),
    );
    await connection.query(
      `UPDATE snapshot SET status = 'accepted', decided_at = now(), rows = $2, people = $3, bad_rows = $4, changed = $5,
       missing = $6, without_id = $7, columns = $8, rows_file = $9, id_column = $10,
       reason = NULL WHERE id = $1`,
      [
        ...[snapshotId, counts.rows, counts.people, badRows, counts.changed, counts.missing, withoutId, columns],
        ...[rowsFile, idColumn],
      ],
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

/** Answers how many there were. A row that stands twice in one delivery, letter by letter, is kept twice: the second as `hash#2`. */
async function copyChangedRows(
  connection: Connection,
  known: KnownRows,
  chunks: AsyncIterable<readonly DeliveredRow[]>,
): Promise<number> {
  const writer = new CopyWriter(connection, 'staged (xid, row_hash, row, fields)');
  let changed = 0;
  try {
    for await (const chunk of chunks) {
      for (const { xid, row, hash, fields, line } of chunk) {
        const copies = known.sawRow(xid, hash, line ?? null);
        if (copies === null) continue;
        changed += 1;
        await writer.write([xid, nameOf(hash, copies + 1), row, fields === null ? null : toJsonb(fields)]);
      }
    }
  } finally {
    // The connection is of no use, not even for a rollback, until the COPY has ended.
    await writer.end();
  }
  return changed;
}

/** Of copies of one row the last ones vanish. */
async function copyVanishedRows(connection: Connection, known: KnownRows): Promise<void> {
  const writer = new CopyWriter(connection, 'vanished (xid, row_hash)');
  const gone = new Map<string, number>();
  for (const { xid, hash, copies } of known.unseen()) {
    const key = `${xid}\n${hash}`;
    const before = copies === 1 ? 0 : (gone.get(key) ?? 0);
    if (copies > 1) gone.set(key, before + 1);
    await writer.write([xid, nameOf(hash, copies - before)]);
  }
  await writer.end();
}

/** When one fails the other is waited for: nothing may be written to Postgres behind a rollback. */
async function together<Result>(writing: Promise<void>, keeping: Promise<Result>): Promise<Result> {
  const [written, kept] = await Promise.allSettled([writing, keeping]);
  if (written.status === 'rejected') throw written.reason;
  if (kept.status === 'rejected') throw kept.reason;
  return kept.value;
}

function nameOf(hash: string, copy: number): string {
  return copy === 1 ? hash : `${hash}#${copy}`;
}

/**
 * Who is in this delivery and not in the last one, and the other way round. `record` is asked person by person: joined as a
 * whole, Postgres reads all of it.
 */
async function countPeople(
  connection: Connection,
  customer: CustomerId,
): Promise<{ readonly missing: number; readonly joined: number }> {
  const { rows } = await connection.query<{ missing: number; joined: number }>(
    `SELECT
       (SELECT count(*) FROM (SELECT xid, count(*) AS rows FROM vanished GROUP BY xid) v
        WHERE NOT EXISTS (SELECT 1 FROM staged s WHERE s.xid = v.xid)
          AND (SELECT count(*) FROM record r WHERE r.customer_id = $1 AND r.xid = v.xid) = v.rows) AS missing,
       (SELECT count(*) FROM (SELECT DISTINCT xid FROM staged) s
        WHERE (SELECT 1 FROM record r WHERE r.customer_id = $1 AND r.xid = s.xid LIMIT 1) IS NULL) AS joined`,
    [customer],
  );
  return rows[0] ?? { missing: 0, joined: 0 };
}

async function applyStaged(
  connection: Connection,
  customer: CustomerId,
  { rows, changed, missing }: StageCounts,
): Promise<void> {
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
  // At once, and not by the next plan: until then they may have vanished again, and their absence begins anew.
  await connection.query(
    `UPDATE link l SET missing_since = NULL, missing_snapshot = NULL
     WHERE l.customer_id = $1 AND l.missing_since IS NOT NULL AND EXISTS (SELECT 1 FROM staged s WHERE s.xid = l.xid)`,
    [customer],
  );
  const written = changed + missing;
  await lookAgain(connection, written, 'due');
  // Of a large record that is known already, a look costs more than it tells.
  if (written > rows / 10) await lookAgain(connection, written, 'record');
}
