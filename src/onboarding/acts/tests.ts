import type { TestOrder } from '../messages.js';
import { isSettled, itemOf, type OnboardingState } from '../state.js';
import { unsettledNeeds } from './agreements.js';
import { objectionToSide } from './people.js';

/** Why a test cannot be begun now; null when it can. */
export function objectionToTest(state: OnboardingState, message: TestOrder): string | null {
  if (isSettled(itemOf(state, 'test'))) return 'The test is checked off. Open it again first, with the reason.';
  if (state.testing !== undefined) return `Test ${state.testing.number} is under way.`;
  const open = unsettledNeeds(state, 'test');
  if (open.length > 0)
    return `A test cannot be begun before the implementation is finished: ${open.join(', ')} is open.`;
  if (state.mapping.approvedVersion === null) return 'No version of the mapping is approved by both sides.';
  return objectionToSide(state, message, 'speakap', 'Beginning a test');
}
