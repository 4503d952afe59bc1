import type { CustomerId, Xid } from '../sync/ids.js';
import type { Audience } from '../sync/person.js';
import type { Database } from './database.js';

/** How often somebody was told in one way how to log in. */
export interface ToldInOneWay {
  readonly audience: Audience;
  readonly times: number;
}

/** Invitations that runs of the customer did, by person. */
export async function invitationsDone(
  { pool }: Database,
  customer: CustomerId,
): Promise<ReadonlyMap<Xid, readonly ToldInOneWay[]>> {
  const { rows } = await pool.query<ToldInOneWay & { xid: Xid }>(
    `SELECT c.xid, c.change->>'audience' AS audience, count(*) AS times FROM change c JOIN run r ON r.id = c.run_id
     WHERE r.customer_id = $1 AND c.kind = 'invite' AND c.status = 'done' GROUP BY 1, 2 ORDER BY 1, 2`,
    [customer],
  );
  const done = new Map<Xid, ToldInOneWay[]>();
  for (const { xid, audience, times } of rows) {
    const ways = done.get(xid) ?? [];
    ways.push({ audience, times });
    done.set(xid, ways);
  }
  return done;
}
