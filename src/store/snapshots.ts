import type { CustomerId } from '../sync/ids.js';
import type { Database } from './database.js';
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
  readonly modifiedAt: Date;
}

export async function saveSnapshot({ prisma }: Database, received: ReceivedSnapshot): Promise<number> {
  const { customer, runId, ...rest } = received;
  const data = { ...rest, bytes: BigInt(received.bytes) };
  const snapshot = await prisma.snapshot.upsert({
    where: { runId },
    create: { customerId: customer, runId, status: 'received', ...data },
    update: data,
  });
  return snapshot.id;
}

export async function readSnapshot({ prisma }: Database, id: number): Promise<Snapshot> {
  return prisma.snapshot.findUniqueOrThrow({ where: { id } });
}

export async function snapshotOfRun({ prisma }: Database, runId: number): Promise<Snapshot | null> {
  return prisma.snapshot.findUnique({ where: { runId } });
}

/** The snapshot that `record` holds now. */
export async function lastAccepted({ prisma }: Database, customer: string): Promise<Snapshot | null> {
  return prisma.snapshot.findFirst({ where: { customerId: customer, status: 'accepted' }, orderBy: { id: 'desc' } });
}

export async function rejectSnapshot({ prisma }: Database, id: number, reason: string): Promise<void> {
  await prisma.snapshot.update({ where: { id }, data: { status: 'rejected', reason, decidedAt: new Date() } });
}

/** A delivery equal to the last accepted one: accepted without being read again. */
export async function acceptUnchanged({ prisma }: Database, id: number, same: Snapshot): Promise<void> {
  const { rows, people, badRows } = same;
  await prisma.snapshot.update({
    where: { id },
    data: { status: 'accepted', rows, people, badRows, changed: 0, missing: 0, decidedAt: new Date() },
  });
}
