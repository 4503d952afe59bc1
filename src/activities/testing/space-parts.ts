import type { TestSpace } from '../../connections/test/test-spaces.js';
import { newestDay } from '../../connections/test/day-source.js';
import { NetworkOfTest } from './network-of-test.js';
import type { ActivityParts } from '../parts.js';

/**
 * What a run of a test works with: tables, files, key and network of the test. Nobody is mailed, no schedule is touched, no
 * figure of the customer's own sync is counted.
 */
export function partsOfSpace(outside: ActivityParts, space: TestSpace): ActivityParts {
  const {
    heartbeatSeconds,
    networkConcurrency,
    batchSize,
    historyEvents,
    approvalsNeedCodes,
    tests,
    workflows,
    dataFolder,
    kAnonymity,
  } = outside;
  const network = new NetworkOfTest(space);
  return {
    ...{
      heartbeatSeconds,
      networkConcurrency,
      batchSize,
      historyEvents,
      approvalsNeedCodes,
      tests,
      workflows,
      dataFolder,
      kAnonymity,
    },
    keys: { key: space.key, old: [], ring: space.key },
    ...{ database: space.database, deliveries: space.deliveries, passwords: space.passwords },
    networks: { of: () => network.open(), another: never },
    sources: { open: () => Promise.resolve(newestDay(space)) },
    metrics: SILENT,
    schedules: NONE,
    mailer: { domain: 'test.invalid', send: () => Promise.resolve(NOT_SENT), close: () => Promise.resolve() },
    uploads: { give: never, withdraw: never, read: never, discard: never, empty: never },
    // Days of a test are written by us.
    openDelivered: (_, content) => Promise.resolve(content),
    probe: never,
  };
}

const SILENT: ActivityParts['metrics'] = {
  runEnded: () => undefined,
  changesApplied: () => undefined,
  snapshotAccepted: () => undefined,
  heldNow: () => undefined,
};

const NONE: ActivityParts['schedules'] = {
  save: () => Promise.resolve(),
  switchOn: () => Promise.resolve(),
  remove: () => Promise.resolve(false),
  pause: () => Promise.resolve(),
};

const NOT_SENT = { outcome: 'not_sent', retryable: false, problem: 'A run of a test writes to nobody.' } as const;

function never(): Promise<never> {
  return Promise.reject(new RangeError('A run of a test has no login, and nothing is uploaded for it.'));
}
