import type { CustomerId, Xid } from '../sync/ids.js';
import type { EmployeeRecord } from '../sync/record.js';
import type { Database } from './database.js';

export interface PersonRows {
  readonly xid: Xid;
  /** In the order of the delivery. */
  readonly rows: readonly EmployeeRecord[];
}

const PAGE = 2_000;

/**
 * Everybody of the last accepted record with all rows, page by page, in an order that `salt` decides and that says nothing of
 * the order of the delivery. All of it is one moment.
 */
export async function* peopleInAnyOrder(
  { pool }: Database,
  customer: CustomerId,
  salt: string,
): AsyncGenerator<readonly PersonRows[]> {
  const connection = await pool.connect();
  try {
    await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await connection.query(
      `DECLARE people CURSOR FOR
       SELECT xid, json_agg(json_build_object('xid', xid, 'row', row, 'fields', fields) ORDER BY row, row_hash) AS rows
       FROM record WHERE customer_id = $1 GROUP BY xid ORDER BY md5(xid || $2)`,
      [customer, salt],
    );
    for (;;) {
      const { rows } = await connection.query<PersonRows>(`FETCH ${PAGE} FROM people`);
      if (rows.length === 0) return;
      yield rows;
    }
  } finally {
    await connection.query('ROLLBACK').catch(() => undefined);
    connection.release();
  }
}
