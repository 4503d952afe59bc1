import { readOverview } from '../../proposal/overview/read-overview.js';
import type { Overview } from '../../proposal/overview/overview.js';
import { latestUsableFile } from '../../store/onboarding-files.js';
import type { ActivityParts } from '../parts.js';
import { OnboardingRefused } from '../refusals.js';
import { readHandedOver } from './read-handed-over.js';

/** The overview of locations and departments that was handed over last. @throws OnboardingRefused when there is none that can be used */
export async function latestOverview(parts: ActivityParts, onboardingId: number): Promise<Overview> {
  const file = await latestUsableFile(parts.database, onboardingId, 'structure-overview');
  if (file === null) {
    throw new OnboardingRefused(
      'No overview of locations and departments was handed over that can be read. Reopen "structure-overview" and have it handed over again.',
    );
  }
  return readOverview(await readHandedOver(parts, onboardingId, file.file));
}
