import { inTransaction, type Connection, type Database } from './database.js';
import { lockCustomer } from './lock-customer.js';
import type { Prisma, Release, ReleaseStatus, ReleaseWave } from './prisma/client.js';
import type { ReleaseOptions } from '../release/types.js';
import type { CustomerId, Xid } from '../sync/ids.js';

export type { Release, ReleaseStatus, ReleaseWave } from './prisma/client.js';

/** No release of this number, or none at all. */
export class UnknownRelease extends Error {
  override readonly name = 'UnknownRelease';
  constructor(customer: string, number: number | null) {
    const which = number === null ? 'no release' : `no release ${number}`;
    super(`There is ${which} of ${customer}. "usersync release plan ${customer}" plans one. Nothing was changed.`);
  }
}

/** A customer has one release at a time. */
export class ReleaseUnderWay extends Error {
  override readonly name = 'ReleaseUnderWay';
  constructor(customer: string, number: number) {
    super(
      `Release ${number} of ${customer} is under way. No other one was planned. ` +
        `See "usersync release show ${customer}"; "usersync release stop ${customer}" ends it.`,
    );
  }
}

export interface NewRelease {
  readonly customer: CustomerId;
  readonly requestedBy: string;
  readonly mappingVersion: number;
  readonly onboardingId: number | null;
  readonly goLiveAt: Date | null;
  readonly options: ReleaseOptions;
  /** In their order, each cut into parts. */
  readonly waves: readonly { readonly name: string; readonly parts: readonly (readonly string[])[] }[];
}

/** Writes the next release down with its people; one that was planned and never started makes room. @throws ReleaseUnderWay */
export async function openRelease(database: Database, release: NewRelease): Promise<number> {
  const { customer } = release;
  return inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    const { rows: all } = await connection.query<{ id: number; number: number; status: ReleaseStatus }>(
      'SELECT id, number, status FROM release WHERE customer_id = $1 ORDER BY number DESC',
      [customer],
    );
    const open = all.find(({ status }) => status === 'running' || status === 'watching');
    if (open !== undefined) throw new ReleaseUnderWay(customer, open.number);
    const number = (all[0]?.number ?? 0) + 1;
    await connection.query(
      `UPDATE release SET status = 'stopped', ended_at = now(), problem = $2 WHERE customer_id = $1 AND status = 'planned'`,
      [customer, `Release ${number} was planned instead.`],
    );
    const { rows } = await connection.query<{ id: number }>(
      `INSERT INTO release (customer_id, number, workflow_id, requested_by, status, mapping_version, onboarding_id, go_live_at, options)
       VALUES ($1, $2, $3, $4, 'planned', $5, $6, $7, $8) RETURNING id`,
      [
        ...[customer, number, releaseId(customer, number), release.requestedBy, release.mappingVersion],
        ...[release.onboardingId, release.goLiveAt, JSON.stringify(release.options)],
      ],
    );
    const id = rows[0]?.id ?? 0;
    for (const [index, wave] of release.waves.entries()) await addWave(connection, release, id, index + 1, wave);
    return number;
  });
}

async function addWave(
  connection: Connection,
  { customer, requestedBy }: NewRelease,
  id: number,
  wave: number,
  { name, parts }: NewRelease['waves'][number],
): Promise<void> {
  for (const [index, xids] of parts.entries()) {
    const { rows } = await connection.query<{ id: number }>(
      'INSERT INTO pilot (customer_id, xids, by) VALUES ($1, $2, $3) RETURNING id',
      [customer, xids, requestedBy],
    );
    await connection.query(
      'INSERT INTO release_wave (release_id, wave, part, name, pilot_id, people) VALUES ($1, $2, $3, $4, $5, $6)',
      [id, wave, index + 1, name, rows[0]?.id, xids.length],
    );
  }
}

/** The id of its workflow; those of its dry runs begin with it. */
export function releaseId(customer: string, number: number): string {
  return `release/${customer}/${number}`;
}

/** @throws UnknownRelease */
export async function readRelease({ prisma }: Database, customer: string, number: number): Promise<Release> {
  const found = await prisma.release.findUnique({ where: { customerId_number: { customerId: customer, number } } });
  if (found === null) throw new UnknownRelease(customer, number);
  return found;
}

/** The customer's latest. @throws UnknownRelease */
export async function latestRelease({ prisma }: Database, customer: string): Promise<Release> {
  const found = await prisma.release.findFirst({ where: { customerId: customer }, orderBy: { number: 'desc' } });
  if (found === null) throw new UnknownRelease(customer, null);
  return found;
}

/** In the order in which they are activated. */
export async function wavesOf({ prisma }: Database, releaseId: number): Promise<readonly ReleaseWave[]> {
  return prisma.releaseWave.findMany({ where: { releaseId }, orderBy: [{ wave: 'asc' }, { part: 'asc' }] });
}

export interface ReleaseUpdate {
  readonly status?: ReleaseStatus;
  readonly view?: Prisma.InputJsonValue;
  readonly problem?: string | null;
  readonly startedAt?: Date;
  readonly endedAt?: Date;
}

export async function updateRelease(
  { prisma }: Database,
  { id }: Pick<Release, 'id'>,
  data: ReleaseUpdate,
): Promise<void> {
  await prisma.release.update({ where: { id }, data });
}

export interface WaveUpdate {
  readonly approved?: Prisma.InputJsonValue;
  readonly run?: number;
  readonly endedAt?: Date;
}

export async function updateWave(
  { prisma }: Database,
  { releaseId, wave, part }: Pick<ReleaseWave, 'releaseId' | 'wave' | 'part'>,
  data: WaveUpdate,
): Promise<void> {
  await prisma.releaseWave.update({ where: { releaseId_wave_part: { releaseId, wave, part } }, data });
}

/** Whoever is due and stands in no wave joins the part: people of deliveries that came after the planning. Answers how many. */
export async function addNewcomers(database: Database, release: Release, wave: ReleaseWave): Promise<number> {
  return inTransaction(database, async (connection) => {
    await lockCustomer(connection, release.customerId as CustomerId);
    const { rows } = await connection.query<{ xid: Xid }>(
      `SELECT d.xid FROM due d WHERE d.customer_id = $1 AND d.xid NOT IN (
         SELECT unnest(p.xids) FROM release_wave w JOIN pilot p ON p.id = w.pilot_id WHERE w.release_id = $2)`,
      [release.customerId, release.id],
    );
    if (rows.length === 0) return 0;
    const xids = rows.map(({ xid }) => xid);
    await connection.query('UPDATE pilot SET xids = xids || $2::text[] WHERE id = $1', [wave.pilotId, xids]);
    await connection.query(
      'UPDATE release_wave SET people = people + $4 WHERE release_id = $1 AND wave = $2 AND part = $3',
      [release.id, wave.wave, wave.part, xids.length],
    );
    return xids.length;
  });
}

/** People with a change in the approved plan of the release that a pilot is a wave of; null when it is of none. */
export async function approvedPeople({ pool }: Database, pilotId: number): Promise<number | null> {
  const { rows } = await pool.query<{ people: number | null }>(
    `SELECT sum((w.approved->>'people')::int)::int AS people FROM release_wave w
     WHERE w.release_id = (SELECT release_id FROM release_wave WHERE pilot_id = $1 LIMIT 1)`,
    [pilotId],
  );
  return rows[0]?.people ?? null;
}

/** The latest release that was planned for an onboarding; null: none was. */
export async function releaseOfOnboarding({ prisma }: Database, onboardingId: number): Promise<Release | null> {
  return prisma.release.findFirst({ where: { onboardingId }, orderBy: { number: 'desc' } });
}
