import type { Connection, Database } from './database.js';
import type { CustomerId } from '../sync/ids.js';

/** Somebody else writes to the customer's network now. Thrown before a write; what was written before stays recorded. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
  constructor(customer: CustomerId) {
    super(
      `The right to write to the network of ${customer} went to another run. Nothing more is changed by this one; ` +
        'what it had changed is recorded, and the other run goes on from there.',
    );
  }
}

export interface Lease {
  readonly customer: CustomerId;
  /** Rises with every take-over; a write with an older number is refused. */
  readonly fence: number;
}

/**
 * Takes the customer's lease for `holder` when it is free, expired, or the holder's own; null when another holds it.
 * Taking it again raises the fence, so that a forgotten earlier attempt of the same holder cannot write any more.
 */
export async function takeLease(
  { pool }: Database,
  customer: CustomerId,
  holder: string,
  milliseconds: number,
): Promise<Lease | null> {
  const { rows } = await pool.query<{ fence: number }>(
    `INSERT INTO lease (customer_id, holder, fence, expires_at)
     VALUES ($1, $2, 1, now() + $3 * interval '1 millisecond')
     ON CONFLICT (customer_id) DO UPDATE
       SET holder = excluded.holder, fence = lease.fence + 1, expires_at = excluded.expires_at
       WHERE lease.expires_at < now() OR lease.holder = excluded.holder
     RETURNING fence`,
    [customer, holder, milliseconds],
  );
  const row = rows[0];
  return row === undefined ? null : { customer, fence: row.fence };
}

/** Whether nobody may write to the customer's network now, and so nobody does. */
export async function isLeaseFree({ pool }: Database, customer: CustomerId): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT 1 FROM lease WHERE customer_id = $1 AND expires_at >= now()', [
    customer,
  ]);
  return rowCount === 0;
}

/** @throws LeaseLost when the fence has moved on. */
export async function renewLease({ pool }: Database, lease: Lease, milliseconds: number): Promise<void> {
  const { rowCount } = await pool.query(
    `UPDATE lease SET expires_at = now() + $3 * interval '1 millisecond' WHERE customer_id = $1 AND fence = $2`,
    [lease.customer, lease.fence, milliseconds],
  );
  if (rowCount === 0) throw new LeaseLost(lease.customer);
}

/** Holds the fence still until the transaction ends. @throws LeaseLost */
export async function checkFence(connection: Connection, lease: Lease): Promise<void> {
  const { rowCount } = await connection.query('SELECT 1 FROM lease WHERE customer_id = $1 AND fence = $2 FOR SHARE', [
    lease.customer,
    lease.fence,
  ]);
  if (rowCount === 0) throw new LeaseLost(lease.customer);
}

/** A second back: kept in whole milliseconds, an end that is now may still lie ahead. */
export async function releaseLease({ pool }: Database, lease: Lease): Promise<void> {
  await pool.query(`UPDATE lease SET expires_at = now() - interval '1 second' WHERE customer_id = $1 AND fence = $2`, [
    lease.customer,
    lease.fence,
  ]);
}
