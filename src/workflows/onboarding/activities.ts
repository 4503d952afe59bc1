import { proxyLocalActivities, type ActivityInterfaceFor } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.js';
import { activities } from '../activities.js';

/** Steps of an onboarding take seconds; what cannot be done now is shown, and tried again when somebody asks. */
export function onboardingActivities(summary: string, minutes = 5): ActivityInterfaceFor<Activities> {
  return activities(summary, { minutes, heartbeatSeconds: 60, attempts: 8 });
}

/**
 * Steps of milliseconds that come with every message: arithmetic of the calendar, and writing down. As local activities
 * they are one line of the history each, and none of the timeline that people read.
 */
export const quick = proxyLocalActivities<Activities>({
  // They do stand there, so that it says that they are no work of anybody's.
  summary: 'kept by the system itself',
  startToCloseTimeout: '1m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
});
