import type { CustomerId } from '../sync/ids.js';
import type { Connection } from './database.js';

/** Whoever changes what a customer's plan is made of does it one after the other. */
export async function lockCustomer(connection: Connection, customer: CustomerId): Promise<void> {
  await connection.query('SELECT 1 FROM customer WHERE id = $1 FOR NO KEY UPDATE', [customer]);
}
