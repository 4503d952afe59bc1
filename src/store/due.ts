import type { CustomerId } from '../sync/ids.js';
import type { Database } from './database.js';

/** How many people the next plan looks at, as far as is known now. */
export async function countDue({ pool }: Database, customer: CustomerId): Promise<number> {
  const { rows } = await pool.query<{ due: number }>(
    'SELECT count(*) AS due FROM due WHERE customer_id = $1 AND due_at <= now()',
    [customer],
  );
  return rows[0]?.due ?? 0;
}
