import type { CustomerId } from '../sync/ids.js';
import type { Database } from './database.js';
import type { DropUpload } from './prisma/client.js';

/** Notes that a customer uploaded a whole file. */
export async function recordUpload(
  { prisma }: Database,
  upload: {
    readonly customer: CustomerId;
    readonly userName: string;
    readonly fileName: string;
    readonly bytes: number;
  },
): Promise<void> {
  const { customer, bytes, ...rest } = upload;
  await prisma.dropUpload.create({ data: { customerId: customer, bytes: BigInt(bytes), ...rest } });
}

/** The latest first. */
export async function uploadsOf({ prisma }: Database, customer: CustomerId, take = 20): Promise<readonly DropUpload[]> {
  return prisma.dropUpload.findMany({ where: { customerId: customer }, orderBy: { id: 'desc' }, take });
}
