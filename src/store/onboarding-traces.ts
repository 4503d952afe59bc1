import type { CustomerId } from '../sync/ids.js';
import { inTransaction, type Database } from './database.js';
import { lockCustomer } from './lock-customer.js';

/** What an onboarding left in Postgres, by the table, and the sealed files that nobody refers to any more. */
export interface RemovedTraces {
  readonly rows: Readonly<Record<string, number>>;
  readonly files: readonly string[];
  /** The customer has accounts under the sync: its records are needed and were kept. */
  readonly keptRecords: boolean;
}

/**
 * Removes what an onboarding made of a customer's data: delivered files, concepts, codes, and the records of its
 * dry runs unless the customer has accounts under the sync. Its own row and its audit trail stay. Repeated, it changes nothing.
 */
export async function removeTraces(
  database: Database,
  customer: CustomerId,
  onboardingId: number,
): Promise<RemovedTraces> {
  return inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    const rows: Record<string, number> = {};
    const files: string[] = [];
    const remove = async (table: string, sql: string, values: readonly unknown[]): Promise<void> => {
      const result = await connection.query<{ file?: string | null }>(sql, [...values]);
      rows[table] = result.rowCount ?? 0;
      for (const { file } of result.rows) if (typeof file === 'string') files.push(file);
    };
    await remove('onboarding_file', 'DELETE FROM onboarding_file WHERE onboarding_id = $1 RETURNING file', [
      onboardingId,
    ]);
    await remove('concept', 'DELETE FROM concept WHERE onboarding_id = $1', [onboardingId]);
    await remove('approval_code', 'DELETE FROM approval_code WHERE onboarding_id = $1', [onboardingId]);
    await remove('rule_coverage', 'DELETE FROM rule_coverage WHERE onboarding_id = $1', [onboardingId]);
    // The files themselves are removed from the drop.
    await remove('drop_upload', 'DELETE FROM drop_upload WHERE customer_id = $1', [customer]);
    const { rows: links } = await connection.query('SELECT 1 FROM link WHERE customer_id = $1 LIMIT 1', [customer]);
    const keptRecords = links.length > 0;
    if (!keptRecords) {
      await remove('record', 'DELETE FROM record WHERE customer_id = $1', [customer]);
      await remove('due', 'DELETE FROM due WHERE customer_id = $1', [customer]);
      await remove('snapshot', 'DELETE FROM snapshot WHERE customer_id = $1 RETURNING file', [customer]);
      await remove('change', `DELETE FROM plan WHERE run_id IN (SELECT id FROM run WHERE customer_id = $1)`, [
        customer,
      ]);
      await remove(
        'run_warning',
        `DELETE FROM run_warning WHERE run_id IN (SELECT id FROM run WHERE customer_id = $1)`,
        [customer],
      );
    }
    return { rows, files, keptRecords };
  });
}

/** The customer's source with its sealed credentials. Answers whether there was one. */
export async function removeSource({ prisma }: Database, customer: CustomerId): Promise<boolean> {
  const { count } = await prisma.source.deleteMany({ where: { customerId: customer } });
  return count > 0;
}
