import type { CustomerId, Xid } from '../../sync/ids.js';
import { LINK_IN_PLAN, ROWS_IN_PLAN, type DuePerson } from '../plans.js';
import type { Database } from '../database.js';
import { KEPT_DAYS } from '../waits.js';

/**
 * One person as the next plan would see them, due or not; nothing is written. Whoever is in no row and was not noted as
 * missing yet counts as missing since `now`, in one delivery, as the plan itself would note it.
 */
export async function personToExplain(
  { pool }: Database,
  customer: CustomerId,
  xid: Xid,
  now: Date,
): Promise<DuePerson> {
  const { rows } = await pool.query<DuePerson>(
    `SELECT p.xid, ${ROWS_IN_PLAN} AS rows, ${LINK_IN_PLAN} AS link
     FROM (SELECT $2::text AS xid) p LEFT JOIN link l ON l.customer_id = $1 AND l.xid = p.xid
       AND (l.state = 'suspended' AND l.suspended_at < now() - $3 * interval '1 day') IS NOT TRUE`,
    [customer, xid, KEPT_DAYS],
  );
  const [person = { xid, rows: [], link: null }] = rows;
  const { link } = person;
  if (link === null || person.rows.length > 0 || link.missingSince !== null) return person;
  return { ...person, link: { ...link, missingSince: now.toISOString(), missingSnapshots: 1 } };
}

/** Whether somebody else has, or is written down to get, this user name: then a plan changes neither of them. */
export async function isUserNameTaken(
  { pool }: Database,
  customer: CustomerId,
  xid: Xid,
  userName: string,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT 1 FROM link WHERE customer_id = $1 AND user_key = lower($3) AND xid <> $2
       AND (state = 'suspended' AND suspended_at < now() - $4 * interval '1 day') IS NOT TRUE LIMIT 1`,
    [customer, xid, userName, KEPT_DAYS],
  );
  return rowCount === 1;
}

const LONGEST_ID = 32;

/** Whether a row or a link has the same id but for zeros in front. Of an id that is not all digits nobody asks. */
export async function hasOtherZeros({ pool }: Database, customer: CustomerId, xid: Xid): Promise<boolean> {
  if (!/^\d{1,32}$/.test(xid)) return false;
  const digits = xid.replace(/^0+(?=\d)/, '');
  const lengths = Array.from({ length: LONGEST_ID + 1 - digits.length }, (_, index) => digits.length + index);
  const others = lengths.map((length) => digits.padStart(length, '0')).filter((other) => other !== xid);
  const { rowCount } = await pool.query(
    `SELECT 1 FROM record WHERE customer_id = $1 AND xid = ANY ($2)
     UNION ALL SELECT 1 FROM link WHERE customer_id = $1 AND xid = ANY ($2) LIMIT 1`,
    [customer, others],
  );
  return rowCount === 1;
}
