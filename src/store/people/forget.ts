import { randomBytes } from 'node:crypto';
import type { Change } from '../../sync/change.js';
import { toXid, type CustomerId, type Xid } from '../../sync/ids.js';
import { audit } from '../audit.js';
import { inTransaction, type Connection, type Database } from '../database.js';
import { lockCustomer } from '../lock-customer.js';
import { earlierIds } from './earlier-ids.js';
import { erasedChange } from './erased-change.js';

/** The person cannot be forgotten as things are. Nothing was changed. */
export class CannotForget extends Error {
  override readonly name = 'CannotForget';
}

export interface ForgetWish {
  readonly customer: CustomerId;
  readonly xid: Xid;
  readonly by: string;
  /** Also somebody who is in the newest record, or whose account is under the sync. */
  readonly evenSo: boolean;
}

/** What was erased, and what stays without a name. */
export interface Forgotten {
  readonly records: number;
  readonly links: number;
  readonly letters: number;
  /** Changes and warnings of runs, which stay under a pseudonym that nothing ties to the person. */
  readonly changes: number;
  readonly warnings: number;
  /** The next delivery brings the person back. */
  readonly isInRecord: boolean;
}

/**
 * Erases a person: records, link with its password, letters, what is due, what failed in a row, and their place in every list
 * of people. Changes and warnings of runs stay, without anything that says whose they were. So does what was written down under
 * an XID that the person had before, unless somebody has it now. @throws CannotForget while a run has something to do for the
 * person, and, unless told even so, while they are in the newest record or under the sync.
 */
export async function forgetPerson(database: Database, wish: ForgetWish): Promise<Forgotten> {
  const { customer, xid, by, evenSo } = wish;
  return inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    const ids = [xid, ...(await earlierIds(connection, customer, xid))];
    await refuseUnderWay(connection, customer, ids);
    const { isInRecord, isManaged } = await standing(connection, customer, xid);
    if (!evenSo && (isInRecord || isManaged)) throw new CannotForget(refusal({ isInRecord, isManaged }));
    const remove = async (table: 'record' | 'link' | 'letter' | 'due' | 'failure'): Promise<number> =>
      (await connection.query(`DELETE FROM ${table} WHERE customer_id = $1 AND xid = ANY($2)`, [customer, ids]))
        .rowCount ?? 0;
    const records = await remove('record');
    const links = await remove('link');
    const letters = await remove('letter');
    await remove('due');
    await remove('failure');
    await eraseLists(connection, customer, ids);
    const pseudonym = toXid(`forgotten-${randomBytes(6).toString('hex')}`);
    const changes = await eraseChanges(connection, customer, ids, pseudonym);
    const warnings = await eraseWarnings(connection, customer, ids, pseudonym);
    await eraseTraces(connection, customer, ids);
    const counts = { records, links, letters, changes, warnings };
    await audit(connection, { customer, by, what: 'person forgotten', facts: { ...counts, evenSo } });
    return { ...counts, isInRecord };
  });
}

/** Changes that are still to be applied would write the person down again. */
async function refuseUnderWay(connection: Connection, customer: CustomerId, ids: readonly Xid[]): Promise<void> {
  const { rows } = await connection.query<{ run: number }>(
    `SELECT r.number AS run FROM run r WHERE r.customer_id = $1 AND r.kind = 'live' AND r.status IN ('running', 'waiting')
       AND EXISTS (SELECT 1 FROM change c WHERE c.run_id = r.id AND (c.xid = ANY($2) OR c.change->>'formerXid' = ANY($2)))
     ORDER BY r.number LIMIT 1`,
    [customer, ids],
  );
  const [open] = rows;
  if (open === undefined) return;
  throw new CannotForget(
    `Run ${open.run} is under way and has changes for this person. Nothing was changed. Wait for its end, or refuse what it holds, then ask again.`,
  );
}

interface Standing {
  readonly isInRecord: boolean;
  readonly isManaged: boolean;
}

async function standing(connection: Connection, customer: CustomerId, xid: Xid): Promise<Standing> {
  const { rows } = await connection.query<Standing>(
    `SELECT EXISTS (SELECT 1 FROM record WHERE customer_id = $1 AND xid = $2) AS "isInRecord",
       EXISTS (SELECT 1 FROM link WHERE customer_id = $1 AND xid = $2 AND state <> 'suspended') AS "isManaged"`,
    [customer, xid],
  );
  return rows[0] ?? { isInRecord: false, isManaged: false };
}

function refusal({ isInRecord, isManaged }: Standing): string {
  const why = [
    ...(isInRecord
      ? [
          'The person is in the newest employee record, so the next delivery would bring them back: have them taken out of it in the HR system first.',
        ]
      : []),
    ...(isManaged
      ? [
          'Their account is under the sync, which would know nothing of it any more and never suspend it: let a run suspend it first.',
        ]
      : []),
  ];
  return `${why.join(' ')} Nothing was changed. --even-so forgets the person all the same.`;
}

/** What a plan waits for, whom a run was limited to, and about whom somebody decided. */
async function eraseLists(connection: Connection, customer: CustomerId, ids: readonly Xid[]): Promise<void> {
  await connection.query(
    'DELETE FROM plan_wait w USING run r WHERE r.id = w.run_id AND r.customer_id = $1 AND w.xid = ANY($2)',
    [customer, ids],
  );
  for (const id of ids) {
    await connection.query('UPDATE pilot SET xids = array_remove(xids, $2) WHERE customer_id = $1', [customer, id]);
    await connection.query(
      `UPDATE selection s SET xids = array_remove(s.xids, $2) FROM run r
       WHERE r.id = s.run_id AND r.customer_id = $1 AND $2 = ANY(s.xids)`,
      [customer, id],
    );
  }
}

/** One row after the other: a person has some dozens. */
async function eraseChanges(
  connection: Connection,
  customer: CustomerId,
  ids: readonly Xid[],
  pseudonym: Xid,
): Promise<number> {
  const { rows } = await connection.query<{ run: number; seq: number; change: Change }>(
    `SELECT c.run_id AS run, c.seq, c.change FROM run r JOIN change c ON c.run_id = r.id
     WHERE r.customer_id = $1 AND c.xid = ANY($2)`,
    [customer, ids],
  );
  for (const { run, seq, change } of rows)
    await connection.query('UPDATE change SET xid = $3, change = $4 WHERE run_id = $1 AND seq = $2', [
      ...[run, seq, pseudonym],
      JSON.stringify(erasedChange(change, pseudonym)),
    ]);
  return rows.length;
}

/** Their words hold no value; the numbers of the rows lead to the person in a delivery that is still kept. */
async function eraseWarnings(
  connection: Connection,
  customer: CustomerId,
  ids: readonly Xid[],
  pseudonym: Xid,
): Promise<number> {
  const { rowCount } = await connection.query(
    `UPDATE run_warning w SET xid = $3, rows = '{}' FROM run r WHERE r.id = w.run_id AND r.customer_id = $1 AND w.xid = ANY($2)`,
    [customer, ids, pseudonym],
  );
  return rowCount ?? 0;
}

/** Whose account it was before is named by the change that gave it another XID, which is not theirs. No pseudonym ties the two. */
async function eraseTraces(connection: Connection, customer: CustomerId, ids: readonly Xid[]): Promise<void> {
  await connection.query(
    `UPDATE change c SET change = c.change - 'formerXid' FROM run r
     WHERE r.id = c.run_id AND r.customer_id = $1 AND c.kind = 'restore' AND c.change->>'formerXid' = ANY($2)`,
    [customer, ids],
  );
}
