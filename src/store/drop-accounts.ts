import type { CustomerId } from '../sync/ids.js';
import type { Database } from './database.js';
import type { DropAccount } from './prisma/client.js';

export interface NewDropAccount {
  readonly userName: string;
  readonly customer: CustomerId;
  readonly passwordHash: string | null;
  readonly publicKeys: readonly string[];
  readonly allowedFrom: readonly string[];
  readonly maxFileBytes: number;
  /** `upload` for the customer, `fetch` for our own reading side. */
  readonly access: 'upload' | 'fetch';
}

export async function saveDropAccount({ prisma }: Database, account: NewDropAccount): Promise<void> {
  const { userName, customer, ...rest } = account;
  const data = {
    ...rest,
    customerId: customer,
    publicKeys: [...account.publicKeys],
    allowedFrom: [...account.allowedFrom],
    maxFileBytes: BigInt(account.maxFileBytes),
    disabledAt: null,
  };
  await prisma.dropAccount.upsert({ where: { userName }, create: { userName, ...data }, update: data });
}

/** The account unless it is unknown or disabled. */
export async function findDropAccount({ prisma }: Database, userName: string): Promise<DropAccount | null> {
  return prisma.dropAccount.findFirst({ where: { userName, disabledAt: null } });
}

export async function listDropAccounts({ prisma }: Database, customer: string): Promise<readonly DropAccount[]> {
  return prisma.dropAccount.findMany({ where: { customerId: customer }, orderBy: { userName: 'asc' } });
}
