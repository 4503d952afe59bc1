import { proxyActivities, type ActivityInterfaceFor } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';

interface Pace {
  /** Longest time for one attempt, in minutes. */
  readonly minutes: number;
  /** Without a sign of life for so long (seconds) an attempt counts as lost. */
  readonly heartbeatSeconds?: number;
  readonly attempts?: number;
}

/** The activities with a summary that stands beside them in the Temporal UI. */
export function activities(summary: string, pace: Pace): ActivityInterfaceFor<Activities> {
  return proxyActivities<Activities>({
    summary,
    startToCloseTimeout: pace.minutes * 60_000,
    ...(pace.heartbeatSeconds === undefined ? {} : { heartbeatTimeout: pace.heartbeatSeconds * 1000 }),
    retry: {
      initialInterval: '1s',
      backoffCoefficient: 2,
      maximumInterval: '5m',
      maximumAttempts: pace.attempts ?? 20,
    },
  });
}
