import { audit } from '../audit.js';
import { inTransaction, type Database } from '../database.js';

/** Ends bundles that nobody opened in time; their letters wait again. Answers how many. */
export async function expireBundles(database: Database): Promise<number> {
  return inTransaction(database, async (connection) => {
    const { rows } = await connection.query<{ customer: string; number: number; letters: number }>(
      `UPDATE letter_bundle SET ended_at = now(), outcome = 'expired'
       WHERE ended_at IS NULL AND shown_at IS NULL AND expires_at <= now()
       RETURNING customer_id AS customer, number, letters`,
    );
    for (const { customer, number, letters } of rows)
      await audit(connection, { customer, by: 'system', what: 'letters expired', facts: { bundle: number, letters } });
    return rows.length;
  });
}

/**
 * Erases temporary passwords that waited longer than this for their letter, but for those in bundles that may be opened.
 * Answers how many.
 */
export async function eraseOldPasswords(database: Database, days: number): Promise<number> {
  return inTransaction(database, async (connection) => {
    const { rows } = await connection.query<{ customer: string }>(
      `UPDATE link l SET password = NULL
       WHERE l.password IS NOT NULL AND l.state <> 'creating'
         AND coalesce(l.invited_at, l.suspended_at) < now() - $1 * interval '1 day'
         AND NOT EXISTS (SELECT 1 FROM letter p JOIN letter_bundle b ON b.id = p.bundle_id
           WHERE p.customer_id = l.customer_id AND p.xid = l.xid AND b.ended_at IS NULL)
       RETURNING l.customer_id AS customer`,
      [days],
    );
    const counts = new Map<string, number>();
    for (const { customer } of rows) counts.set(customer, (counts.get(customer) ?? 0) + 1);
    for (const [customer, passwords] of counts)
      await audit(connection, {
        customer,
        by: 'system',
        what: 'passwords erased',
        facts: { passwords, afterDays: days },
      });
    return rows.length;
  });
}
