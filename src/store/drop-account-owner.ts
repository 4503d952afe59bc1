import type { Database } from './database.js';

/** The customer that a login of the drop belongs to, disabled ones included; null when the name is free. */
export async function ownerOfDropAccount({ prisma }: Database, userName: string): Promise<string | null> {
  const account = await prisma.dropAccount.findUnique({ where: { userName }, select: { customerId: true } });
  return account?.customerId ?? null;
}
