import type { GroupRef } from '../sync/group.js';
import type { CustomerId, Xid } from '../sync/ids.js';
import type { Connection, Database } from './database.js';

/** Whom a run is limited to: named people, or those who are in a group or are to be. */
export interface Pilot {
  readonly id: number;
  readonly group: GroupRef | null;
  /** The named people; those of a group are found by the plan. */
  readonly xids: readonly Xid[];
}

/** An order names a limit that nobody wrote down for this customer. */
export class UnknownPilot extends Error {
  override readonly name = 'UnknownPilot';
  constructor(customer: string, id: number) {
    super(
      `There is no pilot ${id} of ${customer}. Nothing was changed. "usersync sync run ${customer} --xid ID" writes one down and starts its run.`,
    );
  }
}

/** Nobody knows some of the people that were named. Says how many, since ids are for nobody else. */
export class UnknownPeople extends Error {
  override readonly name = 'UnknownPeople';
  constructor(customer: string, unknown: number, named: number) {
    super(
      `Of the ${named} people that were named, ${unknown} stand neither in the last accepted record of ${customer} nor under the sync. ` +
        `Nothing was started. Ids are text, 0004711 is not 4711; who comes with a new delivery is known after "usersync sync plan ${customer}".`,
    );
  }
}

/** Writes down whom a run is for; answers the id that its order carries. @throws UnknownPeople */
export async function savePilot(
  database: Database,
  customer: CustomerId,
  { by, ...whom }: { readonly by: string } & ({ readonly group: GroupRef } | { readonly xids: readonly string[] }),
): Promise<number> {
  if ('group' in whom) {
    const { kind, ...names } = whom.group;
    const data = { customerId: customer, group: { kind, ...names }, xids: [], by };
    return (await database.prisma.pilot.create({ data })).id;
  }
  const xids = [...new Set(whom.xids)];
  const known = await countKnown(database, customer, xids);
  if (known < xids.length) throw new UnknownPeople(customer, xids.length - known, xids.length);
  return (await database.prisma.pilot.create({ data: { customerId: customer, xids, by } })).id;
}

/** @throws UnknownPilot */
export async function readPilot({ pool }: Database, customer: CustomerId, id: number): Promise<Pilot> {
  const { rows } = await pool.query<Pilot>('SELECT id, "group", xids FROM pilot WHERE customer_id = $1 AND id = $2', [
    customer,
    id,
  ]);
  const [pilot] = rows;
  if (pilot === undefined) throw new UnknownPilot(customer, id);
  return pilot;
}

/** Notes who the people of the group are by the plan, in its transaction. */
export async function savePilotPeople(connection: Connection, id: number, xids: readonly Xid[]): Promise<void> {
  await connection.query('UPDATE pilot SET xids = $2 WHERE id = $1', [id, xids]);
}

async function countKnown({ pool }: Database, customer: CustomerId, xids: readonly string[]): Promise<number> {
  const { rows } = await pool.query<{ known: number }>(
    `SELECT count(*) AS known FROM unnest($2::text[]) AS n (xid)
     WHERE EXISTS (SELECT 1 FROM record r WHERE r.customer_id = $1 AND r.xid = n.xid)
        OR EXISTS (SELECT 1 FROM link l WHERE l.customer_id = $1 AND l.xid = n.xid)`,
    [customer, xids],
  );
  return rows[0]?.known ?? 0;
}
