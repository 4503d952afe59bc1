import type { CustomerId } from '../sync/ids.js';
import type { Database } from './database.js';
import { Prisma, type Customer, type Network, type Source } from './prisma/client.js';

export interface CustomerDetails {
  readonly id: CustomerId;
  readonly name: string;
  readonly timeZone: string;
  /** Staff id of the project manager. */
  readonly manager: string;
  /** `05:30`, in the customer's time zone. */
  readonly dailyAt: string;
  /** LetterSettings; null: our own letters. Left out, what was set stays. */
  readonly letter?: object | null;
}

export interface NetworkDetails {
  readonly eid: string;
  readonly apiBase: string;
  readonly scimBase: string | null;
  /** Sealed by the caller. */
  readonly credentials: string;
  readonly requestsPerSecond: number | null;
}

export interface SourceDetails {
  readonly kind: string;
  readonly settings: object;
  /** Sealed by the caller. */
  readonly credentials: string;
}

export type CustomerWithConnections = Customer & { network: Network | null; source: Source | null };

/** No customer of this slug. */
export class UnknownCustomer extends Error {
  override readonly name = 'UnknownCustomer';
  constructor(customer: string, known: readonly string[]) {
    const names = known.length === 0 ? 'There is none yet' : `There are: ${known.join(', ')}`;
    super(`There is no customer "${customer}". ${names}. "usersync customer add" adds one. Nothing was changed.`);
  }
}

/**
 * Adds the customer or brings it up to date; its connections are replaced as a whole. Without a source, the one that is
 * there stays: that of a customer who is being connected is only agreed on in the first week.
 */
export async function saveCustomer(
  database: Database,
  customer: CustomerDetails,
  network: NetworkDetails,
  source: SourceDetails | null,
): Promise<void> {
  const { prisma } = database;
  const { id, letter, ...rest } = customer;
  const details = {
    ...rest,
    ...(letter === undefined ? {} : { letter: letter === null ? Prisma.DbNull : { ...letter } }),
  };
  await prisma.$transaction([
    prisma.customer.upsert({ where: { id }, create: { id, ...details }, update: details }),
    prisma.network.upsert({ where: { customerId: id }, create: { customerId: id, ...network }, update: network }),
    ...(source === null ? [] : [upsertSource(database, id, source)]),
  ]);
}

/** The customer alone, without a connection: in the tables of a test. */
export async function saveTestCustomer(
  { prisma }: Database,
  { id, ...details }: Omit<CustomerDetails, 'letter'>,
): Promise<void> {
  await prisma.customer.upsert({ where: { id }, create: { id, ...details }, update: details });
}

/** The time of day of the daily sync, in the customer's time zone. */
export async function setDailyAt({ prisma }: Database, id: CustomerId, dailyAt: string): Promise<void> {
  await prisma.customer.update({ where: { id }, data: { dailyAt } });
}

/** Who manages the customer from now on. @throws UnknownCustomer */
export async function setManager(database: Database, id: CustomerId, manager: string): Promise<void> {
  await readCustomer(database, id);
  await database.prisma.customer.update({ where: { id }, data: { manager } });
}

/** Replaces the network of a known customer. */
export async function saveNetwork(
  { prisma }: Database,
  customerId: CustomerId,
  network: NetworkDetails,
): Promise<void> {
  await prisma.network.upsert({ where: { customerId }, create: { customerId, ...network }, update: network });
}

/** Replaces where a known customer's records come from. */
export async function saveSource(database: Database, customer: CustomerId, source: SourceDetails): Promise<void> {
  await upsertSource(database, customer, source);
}

/** @throws UnknownCustomer */
export async function readCustomer({ prisma }: Database, id: string): Promise<CustomerWithConnections> {
  const customer = await prisma.customer.findUnique({ where: { id }, include: { network: true, source: true } });
  if (customer !== null) return customer;
  const all = await prisma.customer.findMany({ select: { id: true }, orderBy: { id: 'asc' }, take: 20 });
  throw new UnknownCustomer(
    id,
    all.map((other) => other.id),
  );
}

export async function listCustomers({ prisma }: Database): Promise<readonly CustomerWithConnections[]> {
  return prisma.customer.findMany({ include: { network: true, source: true }, orderBy: { id: 'asc' } });
}

function upsertSource({ prisma }: Database, customerId: CustomerId, { settings, ...details }: SourceDetails) {
  const data = { ...details, settings: { ...settings } };
  return prisma.source.upsert({ where: { customerId }, create: { customerId, ...data }, update: data });
}
