import type { CustomerId } from '../sync/ids.js';
import { inTransaction, type Connection, type Database } from './database.js';
import { lockCustomer } from './lock-customer.js';
import { moveMapping, UnknownMapping } from './mapping-moves.js';
import type { Mapping, MappingStatus } from './prisma/client.js';

/** There is no mapping to run with. */
export class NoActiveMapping extends Error {
  override readonly name = 'NoActiveMapping';
  constructor(customer: string) {
    super(
      `${customer} has no active mapping, so nothing can be planned. Nothing was changed. ` +
        `Keep one with "usersync mapping import ${customer} FILE", and make it active with "usersync mapping activate ${customer} VERSION".`,
    );
  }
}

/** A mapping becomes active only after somebody could see what it does. */
export class DryRunMissing extends Error {
  override readonly name = 'DryRunMissing';
  constructor(customer: string, version: number) {
    super(
      `No dry run of version ${version} of the mapping of ${customer} has been finished, so what it does was not shown and it cannot become active. ` +
        `Nothing was changed. Make one with "usersync sync plan ${customer} --mapping ${version}".`,
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

/** As `saveMapping`, unless the same author's newest draft with the same document is there: a step that was interrupted made it. */
export async function saveDraftOnce(database: Database, mapping: NewMapping): Promise<number> {
  const { customer, document, importedBy } = mapping;
  const same = await database.prisma.mapping.findFirst({
    where: { customerId: customer, document, importedBy, status: 'draft' },
    orderBy: { version: 'desc' },
  });
  return same === null ? saveMapping(database, mapping) : same.version;
}

/** Makes a draft the concept that the customer looks at; an older one that was only proposed is retired. @throws UnknownMapping, MappingMoveRefused */
export async function proposeMapping(database: Database, customer: CustomerId, version: number): Promise<void> {
  await moveMapping(database, customer, version, 'proposed');
}

/** What the customer and Speakap agreed on; an older one that was approved and not used is retired. @throws UnknownMapping, MappingMoveRefused */
export async function approveMapping(database: Database, customer: CustomerId, version: number): Promise<void> {
  await moveMapping(database, customer, version, 'approved');
}

/** Ends a concept on which changes were requested, or a version that was withdrawn. @throws UnknownMapping, MappingMoveRefused */
export async function retireMapping(database: Database, customer: CustomerId, version: number): Promise<void> {
  await moveMapping(database, customer, version, 'retired');
}

/**
 * Makes one version the one that runs use, retires the one before, and marks every XID as due. It needs a finished dry run
 * of exactly this version, whoever asks; one that was active before and comes back needs one that was made since another is. One that is active already keeps who made it so, and when. @throws UnknownMapping, MappingMoveRefused, DryRunMissing
 */
export async function activateMapping(
  database: Database,
  customer: CustomerId,
  version: number,
  by: string,
): Promise<void> {
  await moveMapping(database, customer, version, 'active', async (connection, from) => {
    if (from !== 'active') {
      await refuseWithoutDryRun(connection, customer, version, from);
      await noteActivated(connection, customer, version, by);
    }
    await markEverybodyDue(connection, customer);
  });
}

/** Another version became the active one since this one was compared with it. */
export class OtherVersionActive extends Error {
  override readonly name = 'OtherVersionActive';
  constructor(customer: string, version: number, instead: number, active: number | null) {
    super(
      `Version ${version} of the mapping of ${customer} was made from version ${instead}, and ` +
        `${active === null ? 'none' : `version ${active}`} is active now: it would take back what that one does. Nothing was changed. ` +
        'Make a new version from the active one.',
    );
  }
}

/**
 * Makes a version the active one within the run that planned with it, for which everybody is due already. Repeated, it changes
 * nothing. @throws OtherVersionActive, UnknownMapping, MappingMoveRefused, DryRunMissing
 */
export async function activateInRun(
  database: Database,
  customer: CustomerId,
  { version, instead, by }: { readonly version: number; readonly instead: number; readonly by: string },
): Promise<void> {
  await moveMapping(database, customer, version, 'active', async (connection, from, before) => {
    if (from === 'active') return;
    if (before !== instead) throw new OtherVersionActive(customer, version, instead, before);
    await refuseWithoutDryRun(connection, customer, version, from);
    await noteActivated(connection, customer, version, by);
  });
}

async function noteActivated(connection: Connection, customer: CustomerId, version: number, by: string): Promise<void> {
  await connection.query(
    'UPDATE mapping SET activated_at = now(), activated_by = $3 WHERE customer_id = $1 AND version = $2',
    [customer, version, by],
  );
}

/** What becomes active was shown before. */
async function refuseWithoutDryRun(
  connection: Connection,
  customer: CustomerId,
  version: number,
  from: MappingStatus,
): Promise<void> {
  const { rowCount } = await connection.query(
    `SELECT 1 FROM run WHERE customer_id = $1 AND kind = 'dry' AND status = 'done' AND mapping_version = $2
       AND ($3 <> 'retired' OR started_at > (SELECT max(activated_at) FROM mapping WHERE customer_id = $1)) LIMIT 1`,
    [customer, version, from],
  );
  if (rowCount === 0) throw new DryRunMissing(customer, version);
}

/** Everybody is looked at by the next plan. */
export async function markEverybodyDue(queries: Pick<Connection, 'query'>, customer: CustomerId): Promise<void> {
  await queries.query(MARK_ALL_DUE, [customer]);
}

const MARK_ALL_DUE = `
  INSERT INTO due (customer_id, xid, reason, marked_at)
  SELECT $1, xid, 'mapping changed', clock_timestamp()
  FROM (SELECT xid FROM record WHERE customer_id = $1 UNION SELECT xid FROM link WHERE customer_id = $1) everyone
  ON CONFLICT (customer_id, xid) DO UPDATE
    SET due_at = now(), reason = excluded.reason, marked_at = excluded.marked_at`;

/** The active version; null where there is none yet. */
export async function presentMapping({ prisma }: Database, customer: string): Promise<Mapping | null> {
  return prisma.mapping.findFirst({ where: { customerId: customer, status: 'active' } });
}

/** @throws NoActiveMapping */
export async function activeMapping(database: Database, customer: string): Promise<Mapping> {
  const mapping = await presentMapping(database, customer);
  if (mapping === null) throw new NoActiveMapping(customer);
  return mapping;
}

export async function listMappings({ prisma }: Database, customer: string): Promise<readonly Mapping[]> {
  return prisma.mapping.findMany({ where: { customerId: customer }, orderBy: { version: 'desc' } });
}

/** One version, whatever its status. @throws UnknownMapping */
export async function mappingVersion({ prisma }: Database, customer: string, version: number): Promise<Mapping> {
  const mapping = await prisma.mapping.findUnique({ where: { customerId_version: { customerId: customer, version } } });
  if (mapping === null) throw new UnknownMapping(customer, version);
  return mapping;
}
