import type { CustomerId } from '../sync/ids.js';
import { inTransaction, type Database } from './database.js';
import { lockCustomer } from './lock-customer.js';
import type { Prisma, Run, RunKind, RunStatus } from './prisma/client.js';

export interface RunRequest {
  readonly customer: CustomerId;
  /** The Temporal run that asks; a second call with the same key answers the same run. */
  readonly requestKey: string;
  readonly workflowId: string;
  readonly kind: RunKind;
  readonly requestedBy: string;
  /** Number of the run that it undoes. */
  readonly undoes?: number | null;
  /** Compares the whole network with the links. */
  readonly reconciles?: boolean;
  /** Whom it is limited to; null or left out: everybody who is due. */
  readonly pilotId?: number | null;
  /** Number of the dry run whose plan it is to apply as it is. */
  readonly asPlanned?: number | null;
}

export interface RunId {
  readonly id: number;
  /** Counts from 1 within the customer. */
  readonly number: number;
}

/** Issues the customer's next run number. */
export async function openRun(database: Database, request: RunRequest): Promise<RunId> {
  return inTransaction(database, async (connection) => {
    await lockCustomer(connection, request.customer);
    const { rows: earlier } = await connection.query<RunId>('SELECT id, number FROM run WHERE request_key = $1', [
      request.requestKey,
    ]);
    if (earlier[0] !== undefined) return earlier[0];
    const { rows } = await connection.query<RunId>(
      `INSERT INTO run (customer_id, number, request_key, workflow_id, kind, status, requested_by, undoes, reconciles, pilot_id,
         as_planned)
       SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4::run_kind, 'running', $5, $6::int, $7::boolean, $8::int,
         $9::int FROM run WHERE customer_id = $1
       RETURNING id, number`,
      [
        request.customer,
        request.requestKey,
        request.workflowId,
        request.kind,
        request.requestedBy,
        request.undoes ?? null,
        request.reconciles ?? false,
        request.pilotId ?? null,
        request.asPlanned ?? null,
      ],
    );
    const run = rows[0];
    if (run === undefined) throw new Error('Postgres answered no run number.');
    return run;
  });
}

/**
 * Runs of a workflow that were begun before `runId` and never closed. Since there is one at a time, somebody terminated
 * them: such a run has no last word of its own.
 */
export async function runsLeftOpen({ prisma }: Database, workflowId: string, runId: number): Promise<readonly Run[]> {
  return prisma.run.findMany({ where: { workflowId, status: 'running', id: { lt: runId } }, orderBy: { id: 'asc' } });
}

export interface RunUpdate {
  readonly status?: RunStatus;
  readonly problem?: string | null;
  readonly cause?: string | null;
  readonly summary?: Prisma.InputJsonObject;
  readonly mappingVersion?: number;
  readonly snapshotUsed?: number;
  readonly endedAt?: Date;
  readonly frozenUntil?: Date | null;
}

export async function updateRun({ prisma }: Database, id: number, update: RunUpdate): Promise<void> {
  await prisma.run.update({ where: { id }, data: update });
}

/** @throws when the run does not exist. */
export async function readRun({ prisma }: Database, id: number): Promise<Run> {
  return prisma.run.findUniqueOrThrow({ where: { id } });
}

/** One run by its number, or the newest one. */
export async function findRun(
  { prisma }: Database,
  customer: string,
  number: number | null,
  kind?: Run['kind'],
): Promise<Run | null> {
  return prisma.run.findFirst({
    where: {
      customerId: customer,
      ...(number === null ? {} : { number }),
      ...(kind === undefined || number !== null ? {} : { kind }),
    },
    orderBy: { number: 'desc' },
  });
}

export async function listRuns({ prisma }: Database, customer: string | null, take: number): Promise<readonly Run[]> {
  return prisma.run.findMany({
    where: customer === null ? {} : { customerId: customer },
    orderBy: { id: 'desc' },
    take,
  });
}

/** What went wrong in the live run before this one that came to an end of its own; null when nothing did. */
export async function causeBefore({ prisma }: Database, { customerId, id }: Run): Promise<string | null> {
  const before = await prisma.run.findFirst({
    where: { customerId, kind: 'live', status: { in: ['done', 'failed', 'rejected'] }, id: { lt: id } },
    orderBy: { id: 'desc' },
  });
  return before?.cause ?? null;
}
