import { proxyLocalActivities, type ActivityInterfaceFor } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.js';
import { activities } from '../activities.js';

/** Steps of an onboarding take seconds; what cannot be done now is shown, and tried again when somebody asks. */
export function onboardingActivities(summary: string, minutes = 5): ActivityInterfaceFor<Activities> {
  return activities(summary, { minutes, heartbeatSeconds: 20, attempts: 8 });
}

/**
 * Steps of milliseconds that come with every message: arithmetic of the calendar, and writing down. As local activities
 * they are one line of the history each, which says that nobody has to care.
 */
export const quick = proxyLocalActivities<Activities>({
  summary: 'kept by the system itself',
  startToCloseTimeout: '1m',
  // Beyond it the worker waits with a timer: an outage of an hour must not fill the history.
  localRetryThreshold: '5s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10m' },
});
