import type { CustomerId } from '../sync/ids.js';
import { inTransaction, type Database } from './database.js';
import { lockCustomer } from './lock-customer.js';
import type { Mapping } from './prisma/client.js';

/** There is no mapping to run with. */
export class NoActiveMapping extends Error {
  override readonly name = 'NoActiveMapping';
  constructor(customer: string) {
    super(
      `${customer} has no active mapping, so nothing can be planned. Nothing was changed. ` +
        `Import one with "usersync mapping import ${customer} FILE".`,
    );
  }
}

export interface NewMapping {
  readonly customer: CustomerId;
  readonly document: string;
  readonly importedBy: string;
  readonly comment: string;
}

/** Keeps the document as the customer's next version, as a draft. */
export async function saveMapping(database: Database, mapping: NewMapping): Promise<number> {
  return inTransaction(database, async (connection) => {
    await lockCustomer(connection, mapping.customer);
    const { rows } = await connection.query<{ version: number }>(
      `INSERT INTO mapping (customer_id, version, status, document, imported_by, comment)
       SELECT $1, coalesce(max(version), 0) + 1, 'draft', $2, $3, $4 FROM mapping WHERE customer_id = $1
       RETURNING version`,
      [mapping.customer, mapping.document, mapping.importedBy, mapping.comment],
    );
    return rows[0]?.version ?? 1;
  });
}

/** Makes one version the one that runs use, retires the one before, and marks every XID as due. */
export async function activateMapping(database: Database, customer: CustomerId, version: number): Promise<void> {
  await inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    await connection.query(
      `UPDATE mapping SET status = 'retired' WHERE customer_id = $1 AND status = 'active' AND version <> $2`,
      [customer, version],
    );
    await connection.query(
      `UPDATE mapping SET status = 'active', activated_at = now() WHERE customer_id = $1 AND version = $2`,
      [customer, version],
    );
    await connection.query(MARK_ALL_DUE, [customer]);
  });
}

const MARK_ALL_DUE = `
  INSERT INTO due (customer_id, xid, reason, marked_at)
  SELECT $1, xid, 'mapping changed', clock_timestamp()
  FROM (SELECT xid FROM record WHERE customer_id = $1 UNION SELECT xid FROM link WHERE customer_id = $1) everyone
  ON CONFLICT (customer_id, xid) DO UPDATE
    SET due_at = now(), reason = excluded.reason, marked_at = excluded.marked_at`;

/** @throws NoActiveMapping */
export async function activeMapping({ prisma }: Database, customer: string): Promise<Mapping> {
  const mapping = await prisma.mapping.findFirst({ where: { customerId: customer, status: 'active' } });
  if (mapping === null) throw new NoActiveMapping(customer);
  return mapping;
}

export async function listMappings({ prisma }: Database, customer: string): Promise<readonly Mapping[]> {
  return prisma.mapping.findMany({ where: { customerId: customer }, orderBy: { version: 'desc' } });
}
