import { createCensusActivities } from './census-activities.js';
import { createCopyActivities } from './copy-activities.js';
import { createDayActivities } from './day-activities.js';
import { createDecisionActivities } from './decision-activities.js';
import { createPrepareActivities } from './prepare-activities.js';
import { createReportActivities } from './report-activities.js';
import type { ActivityParts } from '../parts.js';

/** What the workflow of a test asks for. Arguments and results are numbers, counts and sentences without a value of a record. */
export function createTestActivities(parts: ActivityParts) {
  return {
    ...createPrepareActivities(parts),
    ...createCopyActivities(parts),
    ...createDayActivities(parts),
    ...createReportActivities(parts),
    ...createDecisionActivities(parts),
    ...createCensusActivities(parts),
  };
}
