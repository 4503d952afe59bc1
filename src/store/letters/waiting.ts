import type { CustomerId, Xid } from '../../sync/ids.js';
import type { Connection } from '../database.js';

/** Somebody whose account is made and who was not told yet how to log in: the letter is all that is missing. */
export interface WaitingLetter {
  readonly xid: Xid;
  /** The business unit, the first by name where there are several; empty where there is none. */
  readonly location: string;
  /** Number of the open bundle that holds the letter; null: none does. */
  readonly bundle: number | null;
}

export interface WaitingFilter {
  /** Only of people whom this run created or invited. */
  readonly runId?: number;
  readonly location?: string;
}

/** Where a letter is handed out, of a link `l`. */
export const LOCATION = `coalesce((SELECT min(coalesce(m.value->'group'->>'businessUnit', m.value->'group'->>'name'))
  FROM jsonb_each(l.written->'memberships') m
  WHERE m.value->'group'->>'kind' IN ('business_unit', 'local_department')), '')`;

/** People who wait for a letter, by location and name. */
export async function waitingLetters(
  connection: Pick<Connection, 'query'>,
  customer: CustomerId,
  { runId, location }: WaitingFilter = {},
): Promise<readonly WaitingLetter[]> {
  const { rows } = await connection.query<WaitingLetter>(WAITING, [customer, runId ?? null, location ?? null]);
  return rows;
}

const WAITING = `
  SELECT w.xid, w.location, w.bundle FROM (
    SELECT l.xid, ${LOCATION} AS location, l.written->'profile' AS profile,
      (SELECT min(b.number) FROM letter p JOIN letter_bundle b ON b.id = p.bundle_id
       WHERE p.customer_id = l.customer_id AND p.xid = l.xid AND b.ended_at IS NULL) AS bundle
    FROM link l
    WHERE l.customer_id = $1 AND l.state = 'active' AND l.password IS NOT NULL AND l.invited_at IS NOT NULL
      AND ($2::int IS NULL OR EXISTS (SELECT 1 FROM change c
        WHERE c.run_id = $2 AND c.xid = l.xid AND c.kind IN ('create', 'invite') AND c.status = 'done'))
  ) w
  WHERE $3::text IS NULL OR lower(w.location) = lower($3)
  ORDER BY w.location, w.profile->>'familyName', w.profile->>'givenName', w.xid`;
