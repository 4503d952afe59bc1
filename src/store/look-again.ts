import type { Connection, Database } from './database.js';

/** From so many rows of one customer on, Postgres is told of them at once. */
const MANY = 1_000;

const COLUMNS = {
  record: 'customer_id, xid, row_hash',
  due: 'customer_id, xid, due_at, marked_at',
  change: 'run_id, unit, kind, xid, status',
  link: 'customer_id, xid, state, user_key, user_eid, membership_eid',
} as const;

/**
 * Lets Postgres look at a table of which many rows were just written. Else it may take a customer or a run that it has not seen
 * among its others for one of a single row, and then holds every row against every other: thirty seconds for ten thousand
 * people, and four times as long for twice as many. It looks by itself only when a tenth of the whole table has changed.
 */
export async function lookAgain(
  connection: Connection | Database['pool'],
  written: number,
  table: keyof typeof COLUMNS,
): Promise<void> {
  if (written < MANY) return;
  await connection.query(`ANALYZE (SKIP_LOCKED) ${table} (${COLUMNS[table]})`);
}
