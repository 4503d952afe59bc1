import type { Outlook } from '../change-requests/health.js';
import type { ChangeState } from '../change-requests/state.js';
import type { OnboardingEvent } from '../onboarding/state.js';
import type { CustomerId } from '../sync/ids.js';
import { inTransaction, type Database } from './database.js';
import { lockCustomer } from './lock-customer.js';
import type { ChangeRequest, ChangeRequestEvent, Prisma } from './prisma/client.js';

/** What a reader sees of a change request: its whole state but the latest events, which are rows of their own. */
export type ChangeView = Omit<ChangeState, 'events'>;

/** There is no change request of this number. */
export class NoChangeRequest extends Error {
  override readonly name = 'NoChangeRequest';
  constructor(customer: string, number: number) {
    super(
      `${customer} has no change ${number}. Nothing was changed. "usersync change list ${customer}" shows those that there are, ` +
        `and "usersync change request ${customer}" files one.`,
    );
  }
}

/** The number is taken: its request was filed already, and is not filed a second time. */
export class ChangeRequestExists extends Error {
  override readonly name = 'ChangeRequestExists';
  constructor(customer: string, number: number, status: string) {
    super(
      `Change ${number} of ${customer} was filed already and is ${status}. Nothing was filed a second time. ` +
        `See "usersync change show ${customer} ${number}".`,
    );
  }
}

export interface Reservation {
  readonly customer: CustomerId;
  /** Idempotency key of whoever files it. */
  readonly requestKey: string;
  readonly filedBy: string;
  readonly manager: string;
  /** Locations and departments that it is about, as far as they were said. */
  readonly places: readonly string[];
}

/** Issues the customer's next number; the same key is answered the same number again. */
export async function reserveChange(
  database: Database,
  { customer, requestKey, filedBy, manager, places }: Reservation,
): Promise<{ readonly number: number; readonly status: string }> {
  return inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    const { rows: mine } = await connection.query<{ number: number; status: string }>(
      'SELECT number, status FROM change_request WHERE customer_id = $1 AND request_key = $2',
      [customer, requestKey],
    );
    if (mine[0] !== undefined) return mine[0];
    const { rows } = await connection.query<{ number: number; status: string }>(
      `INSERT INTO change_request (customer_id, number, request_key, workflow_id, status, filed_by, manager, places, view)
       SELECT $1, n, $2, 'change/' || $1 || '/' || n, 'reserved', $3, $4, $5, '{}'
       FROM (SELECT coalesce(max(number), 0) + 1 AS n FROM change_request WHERE customer_id = $1) next
       RETURNING number, status`,
      [customer, requestKey, filedBy, manager, places],
    );
    const row = rows[0];
    if (row === undefined) throw new Error('Postgres answered no change request.');
    return row;
  });
}

/**
 * The workflow of a number that was issued begins. The same Temporal run is answered again; any other is refused.
 * @throws NoChangeRequest, ChangeRequestExists
 */
export async function openChange(
  database: Database,
  customer: CustomerId,
  number: number,
  openedBy: string,
): Promise<ChangeRequest> {
  return inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    const { rows } = await connection.query<{ id: number; status: string; openedBy: string | null }>(
      'SELECT id, status, opened_by AS "openedBy" FROM change_request WHERE customer_id = $1 AND number = $2',
      [customer, number],
    );
    const row = rows[0];
    if (row === undefined) throw new NoChangeRequest(customer, number);
    const isMine = row.status === 'reserved' || row.openedBy === openedBy;
    if (!isMine) throw new ChangeRequestExists(customer, number, row.status);
    await connection.query(
      `UPDATE change_request SET status = 'open', opened_by = $2, filed_at = CASE WHEN opened_by IS NULL THEN now() ELSE filed_at END
       WHERE id = $1 AND status IN ('reserved', 'open')`,
      [row.id, openedBy],
    );
    return row.id;
  }).then((id) => database.prisma.changeRequest.findUniqueOrThrow({ where: { id } }));
}

/** A number whose filing was refused is not issued again, and is not shown. */
export async function refuseChange({ prisma }: Database, customer: string, number: number): Promise<void> {
  await prisma.changeRequest.updateMany({
    where: { customerId: customer, number, status: 'reserved' },
    data: { status: 'refused', endedAt: new Date() },
  });
}

/** Writes down where a request stands, with the events since the last time. Repeated, it changes nothing. */
export async function recordChange(
  database: Database,
  id: number,
  {
    outlook,
    view,
    events,
  }: { readonly outlook: Outlook; readonly view: ChangeView; readonly events: readonly OnboardingEvent[] },
): Promise<void> {
  const { health, waitingOn, dueDate, openQuestions } = outlook;
  const { status, step, classification, manager, broken } = view;
  await inTransaction(database, async (connection) => {
    await connection.query(
      `UPDATE change_request SET status = $2::change_request_status, size = $3, step = $4, health = $5, waiting_on = $6,
         due_at = $7, open_questions = $8, manager = $9, kept = $10, view = $11, updated_at = now(),
         ended_at = CASE WHEN $2 <> 'open' THEN coalesce(ended_at, now()) END
       WHERE id = $1`,
      [
        ...[id, status, classification.size, step, health, waitingOn, dueDate, openQuestions, manager],
        ...[status === 'done' ? broken.length === 0 : null, JSON.stringify(view)],
      ],
    );
    await connection.query(
      `INSERT INTO change_request_event (change_request_id, seq, at, "by", recorded_by, via, what, about, text, refused)
       SELECT $1, e.seq, e.at, e."by", e."recordedBy", e.via, e.what, e.about, e.text, e.refused
       FROM jsonb_to_recordset($2::jsonb) AS e (seq int, at timestamptz, "by" text, "recordedBy" text, via text, what text,
         about text, text text, refused boolean)
       ON CONFLICT (change_request_id, seq) DO UPDATE SET at = excluded.at, "by" = excluded."by", recorded_by = excluded.recorded_by,
         via = excluded.via, what = excluded.what, about = excluded.about, text = excluded.text, refused = excluded.refused`,
      [id, JSON.stringify(events)],
    );
  });
}

/** @throws when there is none of this id. */
export async function readChange({ prisma }: Database, id: number): Promise<ChangeRequest> {
  return prisma.changeRequest.findUniqueOrThrow({ where: { id } });
}

/** @throws NoChangeRequest */
export async function findChange({ prisma }: Database, customer: string, number: number): Promise<ChangeRequest> {
  const found = await prisma.changeRequest.findUnique({
    where: { customerId_number: { customerId: customer, number } },
  });
  if (found === null) throw new NoChangeRequest(customer, number);
  return found;
}

/** All that were filed, of one customer or of all, the oldest first. */
export async function listChanges({ prisma }: Database, customer: string | null): Promise<readonly ChangeRequest[]> {
  return prisma.changeRequest.findMany({
    where: { status: { notIn: ['reserved', 'refused'] }, ...(customer === null ? {} : { customerId: customer }) },
    orderBy: [{ customerId: 'asc' }, { number: 'asc' }],
  });
}

export async function openChanges({ prisma }: Database, customer: string): Promise<readonly ChangeRequest[]> {
  return prisma.changeRequest.findMany({ where: { customerId: customer, status: 'open' }, orderBy: { number: 'asc' } });
}

/** Adds names of places, each once. */
export async function addPlaces({ pool }: Database, id: number, places: readonly string[]): Promise<void> {
  await pool.query(
    `UPDATE change_request SET places = ARRAY(SELECT DISTINCT place FROM unnest(places || $2::text[]) place ORDER BY 1) WHERE id = $1`,
    [id, places],
  );
}

export async function changeEvents(
  { prisma }: Database,
  id: number,
  take?: number,
): Promise<readonly ChangeRequestEvent[]> {
  const newest = await prisma.changeRequestEvent.findMany({
    where: { changeRequestId: id },
    orderBy: { seq: 'desc' },
    ...(take === undefined ? {} : { take }),
  });
  return newest.reverse();
}

/** What the workflow wrote; null before it has written anything. */
export function changeViewOf({ view }: Pick<ChangeRequest, 'view'>): ChangeView | null {
  const value: Prisma.JsonValue = view;
  const isWritten = typeof value === 'object' && value !== null && 'changeRequestId' in value;
  return isWritten ? (value as unknown as ChangeView) : null;
}
