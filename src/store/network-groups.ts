import type { CustomerId, Eid, GroupKey } from '../sync/ids.js';
import { groupKey, type GroupRef } from '../sync/group.js';
import { inTransaction, type Connection, type Database } from './database.js';
import { lockCustomer } from './lock-customer.js';

export interface KnownGroup {
  readonly key: GroupKey;
  readonly eid: Eid;
  readonly group: GroupRef;
}

export interface KnownRole {
  readonly eid: Eid;
  readonly key: string | null;
  readonly name: string;
}

/**
 * Brings what is known of the network's groups and roles to what was just read; who created a group stays known. Only a
 * run that writes forgets groups: a dry run beside it may have read before it created one.
 */
export async function saveStructure(
  database: Database,
  customer: CustomerId,
  groups: readonly { readonly eid: Eid; readonly group: GroupRef }[],
  roles: readonly KnownRole[],
  { forget }: { readonly forget: boolean },
): Promise<void> {
  const keys = groups.map(({ group }) => groupKey(group));
  await inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    if (forget) {
      await connection.query('DELETE FROM network_group WHERE customer_id = $1 AND NOT (key = ANY($2))', [
        customer,
        keys,
      ]);
    }
    for (const { eid, group } of groups) await saveGroup(connection, customer, { eid, group }, 'found');
    await connection.query('DELETE FROM network_role WHERE customer_id = $1', [customer]);
    await connection.query(
      `INSERT INTO network_role (customer_id, eid, key, name) SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[])`,
      [customer, roles.map((role) => role.eid), roles.map((role) => role.key), roles.map((role) => role.name)],
    );
  });
}

/** Writes down a group; an `origin` once `created` stays so. */
export async function saveGroup(
  connection: Connection,
  customer: CustomerId,
  { eid, group }: { readonly eid: Eid; readonly group: GroupRef },
  origin: 'found' | 'created',
): Promise<void> {
  await connection.query(
    `INSERT INTO network_group (customer_id, key, eid, "group", origin) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (customer_id, key) DO UPDATE SET eid = excluded.eid, "group" = excluded."group",
       origin = CASE WHEN network_group.eid = excluded.eid THEN network_group.origin ELSE excluded.origin END`,
    [customer, groupKey(group), eid, JSON.stringify(group), origin],
  );
}

export async function readGroups({ pool }: Database, customer: CustomerId): Promise<readonly KnownGroup[]> {
  const { rows } = await pool.query<KnownGroup>(
    'SELECT key, eid, "group" FROM network_group WHERE customer_id = $1 ORDER BY key',
    [customer],
  );
  return rows;
}

/** Of every group as last read. */
export async function readGroupKeys(database: Database, customer: CustomerId): Promise<ReadonlySet<GroupKey>> {
  return new Set((await readGroups(database, customer)).map(({ key }) => key));
}

/** By key, of every group as last read. */
export async function readGroupEids(database: Database, customer: CustomerId): Promise<ReadonlyMap<GroupKey, Eid>> {
  return new Map((await readGroups(database, customer)).map(({ key, eid }) => [key, eid]));
}

export async function readRoles({ pool }: Database, customer: CustomerId): Promise<readonly KnownRole[]> {
  const { rows } = await pool.query<KnownRole>('SELECT eid, key, name FROM network_role WHERE customer_id = $1', [
    customer,
  ]);
  return rows;
}
