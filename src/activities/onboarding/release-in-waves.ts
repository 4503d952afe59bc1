import { releaseOfOnboarding } from '../../store/releases.js';
import type { ActivityParts } from '../parts.js';
import { OnboardingRefused } from '../refusals.js';

/**
 * What became of the release in waves that was planned for an onboarding; one that was not begun begins now. null: none was
 * planned. @throws OnboardingRefused as long as the customer has not accepted it
 */
export async function releaseInWaves(
  { database, workflows }: ActivityParts,
  onboardingId: number,
): Promise<string | null> {
  const release = await releaseOfOnboarding(database, onboardingId);
  if (release === null) return null;
  const { customerId: customer, number, status, problem } = release;
  if (status === 'done') return `Release ${number} is accepted by the customer, and the daily sync runs.`;
  if (status === 'stopped') {
    throw new OnboardingRefused(
      `Release ${number} was stopped: ${problem ?? 'without a reason'} Plan another one (usersync release plan ${customer}), then try the go-live again.`,
    );
  }
  if (status === 'planned') await workflows.startRelease(customer, number);
  throw new OnboardingRefused(
    `Release ${number} is under way (usersync release show ${customer}); the go-live is handed over when the customer has accepted it.`,
  );
}
