import type { Outlook } from '../onboarding/health.js';
import type { OnboardingEvent, OnboardingState } from '../onboarding/state.js';
import type { CustomerId } from '../sync/ids.js';
import { inTransaction, type Database } from './database.js';
import { lockCustomer } from './lock-customer.js';
import type { Onboarding, OnboardingEvent as StoredEvent, Prisma } from './prisma/client.js';

/** What a reader sees of an onboarding: its whole state but the latest events, which are rows of their own. */
export type OnboardingView = Omit<OnboardingState, 'events'>;

/** The customer is connected already, or is being connected. */
export class OnboardingExists extends Error {
  override readonly name = 'OnboardingExists';
  constructor(customer: string, status: string) {
    super(
      `The implementation of ${customer} is ${status} already. Nothing was started. ` +
        `See "usersync onboarding show ${customer}"; a change after it is a change request.`,
    );
  }
}

/** No onboarding of this customer. */
export class NoOnboarding extends Error {
  override readonly name = 'NoOnboarding';
  constructor(customer: string) {
    super(
      `There is no implementation of ${customer}. Start one with "usersync onboarding start FILE". Nothing was changed.`,
    );
  }
}

export interface NewOnboarding {
  readonly customer: CustomerId;
  /** The first Temporal run of the workflow: a second call with the same key answers the same onboarding. */
  readonly requestKey: string;
  readonly workflowId: string;
  readonly manager: string;
}

/** Issues the customer's next number. After a cancelled one there may be another. @throws OnboardingExists */
export async function openOnboarding(
  database: Database,
  { customer, requestKey, workflowId, manager }: NewOnboarding,
): Promise<{ readonly id: number; readonly number: number }> {
  return inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    const { rows: all } = await connection.query<{ id: number; number: number; requestKey: string; status: string }>(
      `SELECT id, number, request_key AS "requestKey", status FROM onboarding WHERE customer_id = $1 ORDER BY number DESC`,
      [customer],
    );
    const mine = all.find((row) => row.requestKey === requestKey);
    if (mine !== undefined) return mine;
    const other = all.find(({ status }) => status === 'done');
    if (other !== undefined) throw new OnboardingExists(customer, 'finished');
    // One at a time is what the workflow's id makes sure of; one that is still open here was terminated.
    await connection.query(
      `UPDATE onboarding SET status = 'cancelled', ended_at = now() WHERE customer_id = $1 AND status IN ('running', 'paused')`,
      [customer],
    );
    const { rows } = await connection.query<{ id: number; number: number }>(
      `INSERT INTO onboarding (customer_id, number, request_key, workflow_id, status, phase, health, manager, view)
       VALUES ($1, $2, $3, $4, 'running', 'setup', 'on track', $5, '{}') RETURNING id, number`,
      [customer, (all[0]?.number ?? 0) + 1, requestKey, workflowId, manager],
    );
    const row = rows[0];
    if (row === undefined) throw new Error('Postgres answered no onboarding.');
    return row;
  });
}

/**
 * Writes down where an onboarding stands, with the events since the last time. Repeated, it changes nothing; where a workflow
 * task was done again because more had come in, what counts is what its history holds in the end.
 */
export async function recordOnboarding(
  database: Database,
  id: number,
  {
    outlook,
    view,
    events,
  }: { readonly outlook: Outlook; readonly view: OnboardingView; readonly events: readonly OnboardingEvent[] },
): Promise<void> {
  const { phase, health, waitingOn, iteration, openQuestions, dueDate, goLive } = outlook;
  await inTransaction(database, async (connection) => {
    await connection.query(
      `UPDATE onboarding SET status = $2::onboarding_status, phase = $3, health = $4, waiting_on = $5, iteration = $6,
         open_questions = $7, due_date = $8, go_live = $9, manager = $10, view = $11, updated_at = now(),
         ended_at = CASE WHEN $2 IN ('done', 'cancelled') THEN coalesce(ended_at, now()) END
       WHERE id = $1`,
      [
        id,
        view.status,
        phase,
        health,
        waitingOn,
        iteration,
        openQuestions,
        dueDate,
        goLive,
        view.manager,
        JSON.stringify(view),
      ],
    );
    await connection.query(
      `INSERT INTO onboarding_event (onboarding_id, seq, at, "by", recorded_by, via, what, about, text, refused)
       SELECT $1, e.seq, e.at, e."by", e."recordedBy", e.via, e.what, e.about, e.text, e.refused
       FROM jsonb_to_recordset($2::jsonb) AS e (seq int, at timestamptz, "by" text, "recordedBy" text, via text, what text,
         about text, text text, refused boolean)
       ON CONFLICT (onboarding_id, seq) DO UPDATE SET at = excluded.at, "by" = excluded."by", recorded_by = excluded.recorded_by,
         via = excluded.via, what = excluded.what, about = excluded.about, text = excluded.text, refused = excluded.refused`,
      [id, JSON.stringify(events)],
    );
  });
}

/** @throws when there is none of this id. */
export async function readOnboarding({ prisma }: Database, id: number): Promise<Onboarding> {
  return prisma.onboarding.findUniqueOrThrow({ where: { id } });
}

/** The customer's latest. @throws NoOnboarding */
export async function latestOnboarding({ prisma }: Database, customer: string): Promise<Onboarding> {
  const found = await prisma.onboarding.findFirst({ where: { customerId: customer }, orderBy: { number: 'desc' } });
  if (found === null) throw new NoOnboarding(customer);
  return found;
}

/** Everybody's latest, those that are still under way only where `open` is set. */
export async function listOnboardings({ prisma }: Database, open: boolean): Promise<readonly Onboarding[]> {
  return prisma.onboarding.findMany({
    where: open ? { status: { in: ['running', 'paused'] } } : {},
    distinct: ['customerId'],
    orderBy: [{ customerId: 'asc' }, { number: 'desc' }],
  });
}

export async function onboardingEvents(
  { prisma }: Database,
  id: number,
  take?: number,
): Promise<readonly StoredEvent[]> {
  const newest = await prisma.onboardingEvent.findMany({
    where: { onboardingId: id },
    orderBy: { seq: 'desc' },
    ...(take === undefined ? {} : { take }),
  });
  return newest.reverse();
}

/** What the workflow wrote; null before it has written anything. */
export function viewOf({ view }: Pick<Onboarding, 'view'>): OnboardingView | null {
  const value: Prisma.JsonValue = view;
  const isWritten = typeof value === 'object' && value !== null && 'onboardingId' in value;
  return isWritten ? (value as unknown as OnboardingView) : null;
}
