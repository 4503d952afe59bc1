import type { CustomerId } from '../sync/ids.js';
import type { Connection, Database } from './database.js';
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

export async function saveDropAccount({ pool }: Database, account: NewDropAccount): Promise<void> {
  await upsertDropAccount(pool, account);
}

/** As `saveDropAccount`, within a transaction. */
export async function upsertDropAccount(connection: Pick<Connection, 'query'>, account: NewDropAccount): Promise<void> {
  const { userName, customer, passwordHash, publicKeys, allowedFrom, maxFileBytes, access } = account;
  await connection.query(UPSERT, [userName, customer, passwordHash, publicKeys, allowedFrom, maxFileBytes, access]);
}

const UPSERT = `
  INSERT INTO drop_account (user_name, customer_id, password_hash, public_keys, allowed_from, max_file_bytes, access)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (user_name) DO UPDATE
    SET customer_id = excluded.customer_id, password_hash = excluded.password_hash, public_keys = excluded.public_keys,
        allowed_from = excluded.allowed_from, max_file_bytes = excluded.max_file_bytes, access = excluded.access,
        disabled_at = NULL`;

export interface FoundLogin {
  readonly customer: string;
  readonly passwordHash: string | null;
  readonly isDisabled: boolean;
}

/** A login, held still until the transaction ends; disabled ones included. null when the name is free. */
export async function lockDropAccount(connection: Connection, userName: string): Promise<FoundLogin | null> {
  const { rows } = await connection.query<FoundLogin>(
    `SELECT customer_id AS customer, password_hash AS "passwordHash", disabled_at IS NOT NULL AS "isDisabled"
     FROM drop_account WHERE user_name = $1 FOR UPDATE`,
    [userName],
  );
  return rows[0] ?? null;
}

/** Logins that nobody can use any more, with nothing left to use them with. Answers how many there were. */
export async function disableDropAccounts(
  connection: Connection,
  customer: CustomerId,
  userNames: readonly string[],
): Promise<number> {
  const { rowCount } = await connection.query(
    `UPDATE drop_account SET disabled_at = coalesce(disabled_at, now()), password_hash = NULL, public_keys = '{}'
     WHERE customer_id = $1 AND user_name = ANY($2) AND (disabled_at IS NULL OR password_hash IS NOT NULL)`,
    [customer, userNames],
  );
  return rowCount ?? 0;
}

/** The account unless it is unknown or disabled. */
export async function findDropAccount({ prisma }: Database, userName: string): Promise<DropAccount | null> {
  return prisma.dropAccount.findFirst({ where: { userName, disabledAt: null } });
}

export async function listDropAccounts({ prisma }: Database, customer: string): Promise<readonly DropAccount[]> {
  return prisma.dropAccount.findMany({ where: { customerId: customer }, orderBy: { userName: 'asc' } });
}
