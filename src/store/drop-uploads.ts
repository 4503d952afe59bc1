import type { CustomerId } from '../sync/ids.js';
import type { Database } from './database.js';

export interface NewUpload {
  readonly customer: CustomerId;
  readonly userName: string;
  /** Within the customer's folder: `people.csv`. */
  readonly fileName: string;
  readonly bytes: number;
}

export interface Upload extends Omit<NewUpload, 'customer'> {
  /** Rises with every upload: where the next look begins. */
  readonly id: number;
  readonly at: Date;
}

/** Notes a whole file that arrived in our drop. */
export async function recordUpload({ prisma }: Database, { customer, bytes, ...rest }: NewUpload): Promise<void> {
  await prisma.dropUpload.create({ data: { ...rest, customerId: customer, bytes: BigInt(bytes) } });
}

/** The uploads after the one of this id, oldest first; no clock decides which those are. */
export async function uploadsOf({ prisma }: Database, customer: string, after = 0): Promise<readonly Upload[]> {
  const rows = await prisma.dropUpload.findMany({
    where: { customerId: customer, id: { gt: after } },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id, userName, fileName, bytes, at }) => ({ id, userName, fileName, bytes: Number(bytes), at }));
}
