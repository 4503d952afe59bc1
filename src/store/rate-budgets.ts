import type { Database } from './database.js';

/** Slots that were reserved; times in milliseconds. */
export interface ReservedSlots {
  /** The first slot by Postgres' clock, since 1970. */
  readonly at: number;
  /** From Postgres' moment of answering until the first slot. */
  readonly inMs: number;
  readonly pausedMs: number;
}

/**
 * Takes the next free slots of a network, one every `everyMs`. Whoever reserves at the same time waits for the row and gets
 * what comes after; slots that nobody reserved in time are gone, so that an idle hour makes no crowd.
 */
export async function reserveSlots(
  { pool }: Database,
  networkEid: string,
  slots: number,
  everyMs: number,
): Promise<ReservedSlots> {
  const { rows } = await pool.query<{ at: number; now: number; pausedUntil: number | null }>(
    `INSERT INTO rate_budget AS b (network_eid, free_at) VALUES ($1, clock_timestamp() + $2 * interval '1 millisecond')
     ON CONFLICT (network_eid) DO UPDATE
       SET free_at = greatest(b.free_at, b.paused_until, clock_timestamp()) + $2 * interval '1 millisecond'
     RETURNING ${epochMs("free_at - $2 * interval '1 millisecond'")} AS at, ${epochMs('clock_timestamp()')} AS now,
       ${epochMs('paused_until')} AS "pausedUntil"`,
    [networkEid, slots * everyMs],
  );
  const row = rows[0];
  if (row === undefined) throw new Error('Postgres gave no slots of the network, so nothing was asked of it.');
  const { at, now, pausedUntil } = row;
  return { at, inMs: Math.max(0, at - now), pausedMs: Math.max(0, (pausedUntil ?? 0) - now) };
}

/** No slot that is reserved from now on begins before this time is over; a longer pause that holds already stays. */
export async function pauseSlots({ pool }: Database, networkEid: string, ms: number): Promise<void> {
  await pool.query(
    `INSERT INTO rate_budget AS b (network_eid, free_at, paused_until)
     VALUES ($1, clock_timestamp(), clock_timestamp() + $2 * interval '1 millisecond')
     ON CONFLICT (network_eid) DO UPDATE SET paused_until = greatest(b.paused_until, excluded.paused_until)`,
    [networkEid, ms],
  );
}

function epochMs(moment: string): string {
  return `(extract(epoch FROM ${moment}) * 1000)::float8`;
}
