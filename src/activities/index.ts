import { createActivationActivities } from './activation-activities.js';
import { createApplyActivities } from './apply-activities.js';
import { createChangeRequestActivities } from './change-requests/index.js';
import { withReadableErrors } from './errors.js';
import { createOnboardingActivities } from './onboarding/index.js';
import { createFetchActivities } from './fetch-activities.js';
import type { ActivityParts } from './parts.js';
import { createPlanActivities } from './plan-activities.js';
import { createReleaseActivities } from './release/index.js';
import { createRunActivities } from './run-activities.js';
import { inTestSpaces } from './testing/in-test-spaces.js';
import { createTestActivities } from './testing/index.js';
import { createStageActivities } from './stage-activities.js';
import { createVerifyActivities } from './verify-activities.js';

/** All activities, made with the parts they work on. Arguments and results are ids, counts and sentences. */
export function createActivities(parts: ActivityParts) {
  return withReadableErrors({
    ...inTestSpaces(parts, createSyncActivities),
    ...createOnboardingActivities(parts),
    ...createTestActivities(parts),
    ...createChangeRequestActivities(parts),
    ...createReleaseActivities(parts),
  });
}

/** What a run does, wherever it runs. */
function createSyncActivities(parts: ActivityParts) {
  return {
    ...createRunActivities(parts),
    ...createFetchActivities(parts),
    ...createStageActivities(parts),
    ...createPlanActivities(parts),
    ...createApplyActivities(parts),
    ...createVerifyActivities(parts),
    ...createActivationActivities(parts),
  };
}

export type Activities = ReturnType<typeof createActivities>;
