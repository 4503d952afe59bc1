import type { KeepingTimes } from './config.js';
import type { DeliveryFiles } from './connections/deliveries.js';
import type { Logger } from './log.js';
import type { Database } from './store/database.js';
import { eraseOldPasswords, expireBundles } from './store/letters/expiry.js';
import { endShownBundles } from './store/letters/handing-over.js';
import { withLock } from './store/lock.js';
import { eraseExpiredSecrets, noteDeliveryRemoved, oldDeliveries, removeOldRunDetails } from './store/retention.js';

export interface CleanUpParts {
  readonly database: Database;
  readonly deliveries: Pick<DeliveryFiles, 'remove'>;
  readonly keep: KeepingTimes;
}

/** What was removed since its time was over. */
export interface CleanedUp {
  readonly deliveries: number;
  readonly runs: number;
  readonly passwords: number;
  readonly bundles: number;
  readonly links: number;
}

const EVERY_MS = 10 * 60_000;

/** Removes everything whose time is over. Killed at any moment, the next one goes on; of several at once one does the work. */
export async function cleanUp({ database, deliveries, keep }: CleanUpParts): Promise<CleanedUp> {
  return withLock(database, 'clean-up', async () => {
    const bundles = (await endShownBundles(database)) + (await expireBundles(database));
    const old = await oldDeliveries(database, keep.deliveries);
    for (const delivery of old) {
      // The file goes first: a row without its file says nothing wrong, a file without a row would stay for good.
      await deliveries.remove(delivery.file);
      await noteDeliveryRemoved(database, delivery);
    }
    return {
      ...{ bundles, deliveries: old.length },
      passwords: await eraseOldPasswords(database, keep.passwords),
      runs: await removeOldRunDetails(database, keep.runs),
      links: await eraseExpiredSecrets(database),
    };
  });
}

/** Cleans up now and every ten minutes; what goes wrong is logged and tried again. The answer ends it. */
export function keepClean(parts: CleanUpParts, log: Logger): { close(): Promise<void> } {
  let working: Promise<void> = Promise.resolve();
  const work = (): void => {
    working = working
      .then(() => cleanUp(parts))
      .then(
        (removed) => {
          if (Object.values(removed).some((count) => count > 0))
            log.info(removed, 'what was past its time was removed');
        },
        (error: unknown) =>
          log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'cleaning up did not work'),
      );
  };
  const timer = setInterval(work, EVERY_MS);
  timer.unref();
  work();
  return {
    async close() {
      clearInterval(timer);
      await working;
    },
  };
}
