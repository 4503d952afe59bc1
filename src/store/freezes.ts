import type { CustomerId } from '../sync/ids.js';
import { audit } from './audit.js';
import { inTransaction, type Connection, type Database } from './database.js';
import { lockCustomer } from './lock-customer.js';

/** A time in which runs of a customer plan and apply nothing. */
export interface Freeze {
  readonly until: Date;
  /** Staff id. */
  readonly by: string;
  readonly reason: string;
}

/** Longer than a year is a slip of the pen, and would be forgotten. */
const LONGEST_DAYS = 366;

/** The day cannot be the end of a freeze. */
export class FreezeRefused extends Error {
  override readonly name = 'FreezeRefused';
}

/** Something was to be written to the network of a customer that is frozen. */
export class CustomerFrozen extends Error {
  override readonly name = 'CustomerFrozen';
  constructor(customer: string, { until, by }: Freeze) {
    super(
      `${customer} is frozen until ${until.toISOString()} by ${by}, so nothing more is applied. What was done before stays, ` +
        `the rest is planned again by the next run. "usersync sync unfreeze ${customer}" ends it before.`,
    );
  }
}

/**
 * Freezes a customer until a day begins in its time zone, `2026-12-09`; that of before is replaced. Answers the instant.
 * @throws FreezeRefused for a day that has begun already or is more than a year away.
 */
export async function freeze(
  database: Database,
  customer: CustomerId,
  { day, by, reason }: { readonly day: string; readonly by: string; readonly reason: string },
): Promise<Freeze> {
  return inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    const until = await startOfDay(connection, customer, day);
    await endFreezes(connection, customer, by);
    await connection.query('INSERT INTO "freeze" (customer_id, until, by, reason) VALUES ($1, $2, $3, $4)', [
      ...[customer, until, by, reason],
    ]);
    await audit(connection, { customer, by, what: 'customer frozen', facts: { until: until.toISOString() } });
    return { until, by, reason };
  });
}

/** Ends the freeze before its time; false when there is none. */
export async function unfreeze(database: Database, customer: CustomerId, by: string): Promise<boolean> {
  return inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    const ended = await endFreezes(connection, customer, by);
    if (ended) await audit(connection, { customer, by, what: 'customer unfrozen', facts: {} });
    return ended;
  });
}

/** The freeze that holds now; null when there is none, or its time is over. */
export async function currentFreeze({ pool }: Database, customer: CustomerId): Promise<Freeze | null> {
  const { rows } = await pool.query<Freeze>(
    `SELECT until, by, reason FROM "freeze" WHERE customer_id = $1 AND ended_at IS NULL AND until > clock_timestamp()
     ORDER BY id DESC LIMIT 1`,
    [customer],
  );
  return rows[0] ?? null;
}

/** @throws CustomerFrozen */
export async function refuseFrozen(database: Database, customer: CustomerId): Promise<void> {
  const frozen = await currentFreeze(database, customer);
  if (frozen !== null) throw new CustomerFrozen(customer, frozen);
}

async function startOfDay(connection: Connection, customer: CustomerId, day: string): Promise<Date> {
  const { rows } = await connection.query<{ until: Date; begun: boolean; far: boolean }>(
    `SELECT until, until <= clock_timestamp() AS begun, until > clock_timestamp() + $3 * interval '1 day' AS far
     FROM (SELECT $2::date::timestamp AT TIME ZONE time_zone AS until FROM customer WHERE id = $1) day`,
    [customer, day, LONGEST_DAYS],
  );
  const [found] = rows;
  if (found === undefined || found.begun) {
    throw new FreezeRefused(
      `${day} has begun already in the time zone of ${customer}. Nothing was changed; name a later day.`,
    );
  }
  if (found.far) {
    throw new FreezeRefused(
      `${day} is more than a year away. Nothing was changed; "usersync schedule pause ${customer}" has no end.`,
    );
  }
  return found.until;
}

async function endFreezes(connection: Connection, customer: CustomerId, by: string): Promise<boolean> {
  const { rowCount } = await connection.query(
    `UPDATE "freeze" SET ended_at = clock_timestamp(), ended_by = $2
     WHERE customer_id = $1 AND ended_at IS NULL AND until > clock_timestamp()`,
    [customer, by],
  );
  return (rowCount ?? 0) > 0;
}
