import { ActivityCancellationType, proxyActivities, type ActivityInterfaceFor } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';

interface Pace {
  /** Longest time for one attempt, in minutes. */
  readonly minutes: number;
  /** Without a sign of life for so long (seconds) an attempt counts as lost. */
  readonly heartbeatSeconds?: number;
  readonly attempts?: number;
  /** Whether a cancelled run waits until the work has ended: so that nothing is written behind its back. */
  readonly endsFirst?: boolean;
}

/** The activities with a summary that stands beside them in the Temporal UI. */
export function activities(summary: string, pace: Pace): ActivityInterfaceFor<Activities> {
  return proxyActivities<Activities>({
    summary,
    startToCloseTimeout: pace.minutes * 60_000,
    ...(pace.heartbeatSeconds === undefined ? {} : { heartbeatTimeout: pace.heartbeatSeconds * 1000 }),
    ...(pace.endsFirst === true ? { cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED } : {}),
    retry: {
      initialInterval: '1s',
      backoffCoefficient: 2,
      maximumInterval: '5m',
      maximumAttempts: pace.attempts ?? 20,
    },
  });
}
