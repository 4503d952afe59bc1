import type { Database } from '../store/database.js';
import { LeaseLost, renewLease, type Lease } from '../store/leases.js';

/** How long a writer may be silent before another may write. */
export const LEASE_MS = 60_000;
const RENEWED_EVERY_MS = 5_000;

/**
 * Renews the lease while `work` goes on, however slow the network is. The signal is aborted as soon as another holds the
 * lease, and also when it could not be renewed for so long that another may take it: then nothing new may be written.
 * @throws LeaseLost at once when another holds it already.
 */
export async function holdLease<Result>(
  database: Database,
  lease: Lease,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const lost = new AbortController();
  await renewLease(database, lease, LEASE_MS);
  let renewedAt = performance.now();
  const renew = async (): Promise<void> => {
    const asked = performance.now();
    try {
      await renewLease(database, lease, LEASE_MS);
      renewedAt = asked;
    } catch (error) {
      if (error instanceof LeaseLost || isOver(renewedAt)) lost.abort(error);
    }
  };
  const timer = setInterval(() => void renew(), RENEWED_EVERY_MS);
  try {
    return await work(lost.signal);
  } finally {
    clearInterval(timer);
  }
}

function isOver(renewedAt: number): boolean {
  return performance.now() - renewedAt > LEASE_MS - 2 * RENEWED_EVERY_MS;
}
