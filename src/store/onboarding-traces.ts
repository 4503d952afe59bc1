import type { CustomerId } from '../sync/ids.js';
import { inTransaction, type Connection, type Database } from './database.js';
import { lockCustomer } from './lock-customer.js';

/** What an onboarding left in Postgres, by the table. */
export interface RemovedTraces {
  readonly rows: Readonly<Record<string, number>>;
  /** The customer has accounts under the sync: its records, mappings and uploads are needed and were kept. */
  readonly keptRecords: boolean;
}

/** Whether people of the customer are under the sync: it is live, and what it reads and writes with is needed. */
export async function hasLinks({ pool }: Database, customer: CustomerId): Promise<boolean> {
  return isLive(pool, customer);
}

/** Sealed files that `removeTraces` leaves without a row that knows them: to be removed before it, so that a crash in between loses none. */
export async function sealedFilesOf(
  { pool }: Database,
  customer: CustomerId,
  onboardingId: number,
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ file: string }>(
    `SELECT file FROM onboarding_file WHERE onboarding_id = $2
     UNION SELECT kept FROM snapshot CROSS JOIN unnest(ARRAY[file, rows_file]) AS kept
     WHERE customer_id = $1 AND kept IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM link WHERE customer_id = $1)`,
    [customer, onboardingId],
  );
  return rows.map(({ file }) => file);
}

/**
 * Removes what an onboarding made of a customer's data: delivered files, concepts, codes, and, unless the customer has
 * accounts under the sync, the records of its dry runs, its uploads and the words of its mappings that were never active.
 * Its own row and its audit trail stay. Repeated, it changes nothing.
 */
export async function removeTraces(
  database: Database,
  customer: CustomerId,
  onboardingId: number,
): Promise<RemovedTraces> {
  return inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    const rows: Record<string, number> = {};
    const remove = async ([table, sql]: readonly [string, string], id: CustomerId | number): Promise<void> => {
      rows[table] = (await connection.query(sql, [id])).rowCount ?? 0;
    };
    for (const removal of OF_THE_ONBOARDING) await remove(removal, onboardingId);
    const keptRecords = await isLive(connection, customer);
    if (!keptRecords) {
      for (const removal of OF_THE_CUSTOMER) await remove(removal, customer);
      await remove(['mapping', ERASE_MAPPINGS], onboardingId);
    }
    return { rows, keptRecords };
  });
}

const OF_THE_ONBOARDING = [
  ['onboarding_file', 'DELETE FROM onboarding_file WHERE onboarding_id = $1'],
  ['concept', 'DELETE FROM concept WHERE onboarding_id = $1'],
  ['approval_code', 'DELETE FROM approval_code WHERE onboarding_id = $1'],
  ['rule_coverage', 'DELETE FROM rule_coverage WHERE onboarding_id = $1'],
] as const;

const OF_THE_CUSTOMER = [
  ['record', 'DELETE FROM record WHERE customer_id = $1'],
  ['due', 'DELETE FROM due WHERE customer_id = $1'],
  ['snapshot', 'DELETE FROM snapshot WHERE customer_id = $1'],
  ['change', 'DELETE FROM plan WHERE run_id IN (SELECT id FROM run WHERE customer_id = $1)'],
  ['run_warning', 'DELETE FROM run_warning WHERE run_id IN (SELECT id FROM run WHERE customer_id = $1)'],
  ['drop_upload', 'DELETE FROM drop_upload WHERE customer_id = $1'],
] as const;

/** Exceptions in a mapping name XIDs. The rows stay: were a version's number given again, a dry run of the old one would speak for the new one. */
const ERASE_MAPPINGS = `
  UPDATE mapping m SET document = E'# Removed with the implementation, which was cancelled.\n', status = 'retired'
  FROM onboarding o
  WHERE o.id = $1 AND m.customer_id = o.customer_id AND m.created_at >= o.started_at AND m.activated_at IS NULL
    AND m.document NOT LIKE '# Removed with%'`;

async function isLive(connection: Pick<Connection, 'query'>, customer: CustomerId): Promise<boolean> {
  const { rowCount } = await connection.query('SELECT 1 FROM link WHERE customer_id = $1 LIMIT 1', [customer]);
  return rowCount === 1;
}

/** The customer's source with its sealed credentials. Answers whether there was one. */
export async function removeSource({ prisma }: Database, customer: CustomerId): Promise<boolean> {
  const { count } = await prisma.source.deleteMany({ where: { customerId: customer } });
  return count > 0;
}
