import type { ActivityInterfaceFor } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.js';
import { activities } from '../activities.js';

/** Steps of a release take seconds; a worker that is lost in one is noticed soon. */
export function releaseActivities(summary: string): ActivityInterfaceFor<Activities> {
  return activities(summary, { minutes: 10, heartbeatSeconds: 10 });
}
