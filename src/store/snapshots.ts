import type { CustomerId } from '../sync/ids.js';
import { inTransaction, type Database } from './database.js';
import { lockCustomer } from './lock-customer.js';
import type { Snapshot } from './prisma/client.js';

export interface ReceivedSnapshot {
  readonly customer: CustomerId;
  readonly runId: number;
  readonly fileName: string;
  /** Sealed file, relative to the folder of deliveries. */
  readonly file: string;
  /** Of the plain content, hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  /** Hashes of its beginnings, by which a later delivery is compared while it is read. */
  readonly marks?: Uint8Array;
  readonly modifiedAt: Date;
}

export async function saveSnapshot({ prisma }: Database, received: ReceivedSnapshot): Promise<Snapshot> {
  const { customer, runId, marks, ...rest } = received;
  const data = { ...rest, bytes: BigInt(received.bytes), marks: marks === undefined ? null : new Uint8Array(marks) };
  return prisma.snapshot.upsert({
    where: { runId },
    create: { customerId: customer, runId, status: 'received', ...data },
    update: data,
  });
}

export async function readSnapshot({ prisma }: Database, id: number): Promise<Snapshot> {
  return prisma.snapshot.findUniqueOrThrow({ where: { id } });
}

export async function snapshotOfRun({ prisma }: Database, runId: number): Promise<Snapshot | null> {
  return prisma.snapshot.findUnique({ where: { runId } });
}

/** Whether its rows are kept in `record` by another column than this one. */
export function hasOtherIds({ idColumn }: Pick<Snapshot, 'idColumn'>, column: string): boolean {
  return idColumn !== null && idColumn !== column;
}

/** The snapshot that `record` holds now. */
export async function lastAccepted({ prisma }: Database, customer: string): Promise<Snapshot | null> {
  return prisma.snapshot.findFirst({ where: { customerId: customer, status: 'accepted' }, orderBy: { id: 'desc' } });
}

/**
 * `guard`: the one that refused it; null when it cannot be used at all. What was accepted stays so: its rows are those of `record`,
 * whatever comes of reading it once more.
 */
export async function rejectSnapshot(
  { prisma }: Database,
  id: number,
  reason: string,
  guard: string | null = null,
): Promise<void> {
  await prisma.snapshot.updateMany({
    where: { id, status: { not: 'accepted' } },
    data: { status: 'rejected', reason, guard, decidedAt: new Date() },
  });
}

/** When an older delivery of exactly this content was accepted that is not the last one; null when there is none. */
export async function acceptedBefore(database: Database, { id, customerId, sha256 }: Snapshot): Promise<Date | null> {
  const last = await lastAccepted(database, customerId);
  if (last === null || last.sha256 === sha256) return null;
  const older = await database.prisma.snapshot.findFirst({
    where: { customerId, sha256, status: 'accepted', id: { lt: Math.min(last.id, id) } },
    orderBy: { id: 'desc' },
  });
  return older?.decidedAt ?? older?.receivedAt ?? null;
}

/**
 * What a person accepted stays accepted when it is fetched again: a dry run, and a source without an archive, leave the file
 * where it is. Answers the snapshot as it is then; repeated, it changes nothing.
 */
export async function carryWaiver(database: Database, snapshot: Snapshot): Promise<Snapshot> {
  const { rowCount } = await database.pool.query(
    `UPDATE snapshot s SET waived_by = w.waived_by, waiver = w.waiver
     FROM snapshot w
     WHERE s.id = $1 AND s.waived_by IS NULL AND w.customer_id = s.customer_id AND w.sha256 = s.sha256
       AND w.status <> 'accepted' AND w.waived_by IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM snapshot n
                       WHERE n.customer_id = w.customer_id AND n.status = 'accepted' AND n.id > w.id)`,
    [snapshot.id],
  );
  return rowCount === 0 ? snapshot : readSnapshot(database, snapshot.id);
}

/** A person takes the responsibility for one delivery that a guard refused. */
export async function waiveGuards(
  { prisma }: Database,
  id: number,
  { by, comment }: { readonly by: string; readonly comment: string },
): Promise<void> {
  await prisma.snapshot.update({ where: { id }, data: { waivedBy: by, waiver: comment } });
}

/** The newest delivery after the last accepted one that was never taken in: its run failed, or it was rejected. */
export async function pendingSnapshot({ prisma }: Database, customer: string): Promise<Snapshot | null> {
  const last = await prisma.snapshot.findFirst({
    where: { customerId: customer, status: 'accepted' },
    orderBy: { id: 'desc' },
  });
  return prisma.snapshot.findFirst({
    where: { customerId: customer, status: { not: 'accepted' }, file: { not: null }, id: { gt: last?.id ?? 0 } },
    orderBy: { id: 'desc' },
  });
}

/**
 * A delivery equal to the last accepted one is accepted without being read again. Answers false when another one was
 * accepted in the meantime, so that this one has to be read.
 */
export async function acceptUnchanged(
  database: Database,
  customer: CustomerId,
  id: number,
  same: number,
): Promise<boolean> {
  return inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    const { rowCount } = await connection.query(
      `UPDATE snapshot s SET status = 'accepted', decided_at = now(), rows = o.rows, people = o.people,
         bad_rows = o.bad_rows, without_id = o.without_id, columns = o.columns, rows_file = o.rows_file,
         id_column = o.id_column, changed = 0, missing = 0
       FROM snapshot o
       WHERE s.id = $2 AND o.id = $3
         AND NOT EXISTS (SELECT 1 FROM snapshot n WHERE n.customer_id = $1 AND n.status = 'accepted' AND n.id > $3)`,
      [customer, id, same],
    );
    // An attempt whose answer was lost has made it the last one already: then it keeps its file.
    if (rowCount === 1 && id !== same)
      await connection.query('UPDATE snapshot SET rows_file = NULL WHERE id = $1', [same]);
    return rowCount === 1;
  });
}

/** Files of rows that nobody reads any more, since a newer snapshot was accepted. */
export async function outdatedRowsFiles({ pool }: Database, customer: CustomerId): Promise<readonly string[]> {
  const { rows } = await pool.query<{ file: string }>(
    `SELECT rows_file AS file FROM snapshot s WHERE customer_id = $1 AND rows_file IS NOT NULL
       AND EXISTS (SELECT 1 FROM snapshot n WHERE n.customer_id = $1 AND n.status = 'accepted' AND n.id > s.id)`,
    [customer],
  );
  return rows.map(({ file }) => file);
}

/** To be called when the files are removed. */
export async function forgetRowsFiles({ pool }: Database, files: readonly string[]): Promise<void> {
  await pool.query('UPDATE snapshot SET rows_file = NULL WHERE rows_file = ANY ($1)', [files]);
}
