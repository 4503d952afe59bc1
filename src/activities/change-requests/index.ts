import type { ActivityParts } from '../parts.js';
import { createChangeApprovalActivities } from './approval-activities.js';
import { createCourseOfChangeActivities } from './course-activities.js';
import { createFilingActivities } from './filing-activities.js';
import { createChangeMailActivities } from './mail-activities.js';
import { createTestOfChangeActivities } from './test-activities.js';
import { createVersionActivities } from './version-activities.js';

/** The steps of a change request. */
export function createChangeRequestActivities(parts: ActivityParts) {
  return {
    ...createFilingActivities(parts),
    ...createCourseOfChangeActivities(parts),
    ...createVersionActivities(parts),
    ...createChangeApprovalActivities(parts),
    ...createChangeMailActivities(parts),
    ...createTestOfChangeActivities(parts),
  };
}
