import type { ActivityParts } from '../parts.js';
import { createBeginActivities } from './begin-activities.js';
import { createDailyActivities } from './daily-activities.js';
import { createWaveActivities } from './wave-activities.js';

/** What the workflow of a release asks for. Arguments and results are ids, counts and sentences without a value of a record. */
export function createReleaseActivities(parts: ActivityParts) {
  return {
    ...createBeginActivities(parts),
    ...createWaveActivities(parts),
    ...createDailyActivities(parts),
  };
}
