import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Xid } from '../sync/ids.js';

/** The column in which an anonymised record says that it is one. */
export const MARK_COLUMN = 'usersync-anonymised';

/** What it says: 32 hexadecimal digits that only the key of the test can make for this id. */
export function markFor(key: Uint8Array, xid: Xid): string {
  return createHmac('sha256', key).update(`anonymised\0${xid}`).digest('hex').slice(0, 32);
}

/** Whether a mark is the one of this id under this key. */
export function isMarked(key: Uint8Array, xid: Xid, mark: string | undefined): boolean {
  if (mark === undefined) return false;
  const wanted = Buffer.from(markFor(key, xid));
  const given = Buffer.from(mark);
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}
