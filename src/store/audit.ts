import type { Connection, Database } from './database.js';
import type { AuditEntry } from './prisma/client.js';

export type { AuditEntry };

/** What is worth an entry, in the words that are shown. */
export type AuditedAct =
  | 'letters made'
  | 'letters shown'
  | 'letters shown again'
  | 'letters confirmed'
  | 'letters withdrawn'
  | 'letters expired'
  | 'passwords erased'
  | 'person exported'
  | 'person forgotten'
  | 'customer frozen'
  | 'customer unfrozen'
  | 'given up tried again'
  | 'PGP key made'
  | 'PGP key removed'
  | 'PGP sender set'
  | 'PGP sender removed';

export interface NewAuditEntry {
  readonly customer: string;
  /** Staff id, contact id, or `system`. */
  readonly by: string;
  readonly what: AuditedAct;
  /** Numbers and ids, never an XID or a name. */
  readonly facts: Readonly<Record<string, number | string | boolean | null>>;
}

/** Writes it down in the transaction of what it tells, so that neither is there without the other. */
export async function audit(
  connection: Pick<Connection, 'query'>,
  { customer, by, what, facts }: NewAuditEntry,
): Promise<void> {
  await connection.query('INSERT INTO audit_entry (customer_id, by, what, facts) VALUES ($1, $2, $3, $4)', [
    ...[customer, by, what, JSON.stringify(facts)],
  ]);
}

/** The newest first. */
export async function listAudit({ prisma }: Database, customer: string, take = 100): Promise<readonly AuditEntry[]> {
  return prisma.auditEntry.findMany({ where: { customerId: customer }, orderBy: { id: 'desc' }, take });
}
