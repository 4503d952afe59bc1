import type { ActivityParts } from '../parts.js';
import { createAccessActivities } from './access-activities.js';
import { createApprovalActivities } from './approval-activities.js';
import { createCourseActivities } from './course-activities.js';
import { createDeliverableActivities } from './deliverable-activities.js';
import { createEndActivities } from './end-activities.js';
import { createGroupActivities } from './group-activities.js';
import { createMappingActivities } from './mapping-activities.js';
import { createNewsActivities } from './news-activities.js';
import { createReminderActivities } from './reminder-activities.js';

/** The steps of an onboarding. */
export function createOnboardingActivities(parts: ActivityParts) {
  return {
    ...createCourseActivities(parts),
    ...createDeliverableActivities(parts),
    ...createAccessActivities(parts),
    ...createGroupActivities(parts),
    ...createMappingActivities(parts),
    ...createReminderActivities(parts),
    ...createApprovalActivities(parts),
    ...createNewsActivities(parts),
    ...createEndActivities(parts),
  };
}
