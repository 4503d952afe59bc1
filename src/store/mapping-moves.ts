import type { CustomerId } from '../sync/ids.js';
import { inTransaction, type Connection, type Database } from './database.js';
import { lockCustomer } from './lock-customer.js';
import type { MappingStatus } from './prisma/client.js';

/** The life of a mapping version. Without a customer who agrees on a concept, a draft becomes active; otherwise step by step. */
const MOVES: Readonly<Record<MappingStatus, readonly MappingStatus[]>> = {
  draft: ['proposed', 'active', 'retired'],
  proposed: ['approved', 'retired'],
  approved: ['active', 'retired'],
  active: ['retired'],
  // One that was active can become so again, see below; what a customer rejected cannot.
  retired: [],
};

/** Of these there is at most one for each customer: whoever takes the place retires the one before. */
const ONE_AT_A_TIME: readonly MappingStatus[] = ['proposed', 'approved', 'active'];

/** No mapping of this version. */
export class UnknownMapping extends Error {
  override readonly name = 'UnknownMapping';
  constructor(customer: string, version: number) {
    super(
      `${customer} has no mapping of version ${version}. Nothing was changed. ` +
        `"usersync mapping history ${customer}" shows the versions that there are.`,
    );
  }
}

/** A version cannot become what was asked of it: an older concept is approved late, or a step was left out. */
export class MappingMoveRefused extends Error {
  override readonly name = 'MappingMoveRefused';
  constructor(customer: string, version: number, from: MappingStatus, to: MappingStatus) {
    const next = MOVES[from].length === 0 ? 'It stays so' : `From there it can become ${MOVES[from].join(' or ')}`;
    super(
      `Version ${version} of the mapping of ${customer} is ${from}, and cannot become ${to}. ${next}. Nothing was changed.`,
    );
  }
}

/**
 * Moves one version to a status, with whatever belongs to it, in one transaction. A version that has the status already
 * stays so: the same request may come twice. @throws UnknownMapping, MappingMoveRefused
 */
export async function moveMapping(
  database: Database,
  customer: CustomerId,
  version: number,
  to: MappingStatus,
  alongside: (
    connection: Connection,
    from: MappingStatus,
    /** The version that was the active one. */
    active: number | null,
  ) => Promise<void> = async () => undefined,
): Promise<void> {
  await inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    const { status: from, wasActive } = await statusOf(connection, customer, version);
    const comesBack = from === 'retired' && to === 'active' && wasActive;
    if (from !== to && !comesBack && !MOVES[from].includes(to))
      throw new MappingMoveRefused(customer, version, from, to);
    const active = await activeVersion(connection, customer);
    if (ONE_AT_A_TIME.includes(to)) await retireOthers(connection, customer, version, to);
    await connection.query('UPDATE mapping SET status = $3::mapping_status WHERE customer_id = $1 AND version = $2', [
      customer,
      version,
      to,
    ]);
    await alongside(connection, from, active);
  });
}

interface Standing {
  readonly status: MappingStatus;
  /** Runs have used it. */
  readonly wasActive: boolean;
}

async function statusOf(connection: Connection, customer: CustomerId, version: number): Promise<Standing> {
  const { rows } = await connection.query<Standing>(
    'SELECT status, activated_at IS NOT NULL AS "wasActive" FROM mapping WHERE customer_id = $1 AND version = $2',
    [customer, version],
  );
  const [found] = rows;
  if (found === undefined) throw new UnknownMapping(customer, version);
  return found;
}

async function activeVersion(connection: Connection, customer: CustomerId): Promise<number | null> {
  const { rows } = await connection.query<{ version: number }>(
    `SELECT version FROM mapping WHERE customer_id = $1 AND status = 'active'`,
    [customer],
  );
  return rows[0]?.version ?? null;
}

/** Each open change request keeps the version that it is about, however many there are. */
async function retireOthers(
  connection: Connection,
  customer: CustomerId,
  version: number,
  status: MappingStatus,
): Promise<void> {
  await connection.query(
    `UPDATE mapping m SET status = 'retired' WHERE m.customer_id = $1 AND m.status = $3::mapping_status AND m.version <> $2
       AND NOT (m.status <> 'active' AND EXISTS (
         SELECT 1 FROM change_request c WHERE c.customer_id = $1 AND c.status = 'open' AND c.version = m.version))`,
    [customer, version, status],
  );
}
