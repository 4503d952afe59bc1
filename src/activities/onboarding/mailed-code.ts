import { useCode, type CodePlace } from '../../store/approval-codes.js';
import type { ActivityParts } from '../parts.js';
import { OnboardingRefused } from '../refusals.js';

/** Codes are good for three weeks of the plan. */
export const CODE_IS_GOOD_FOR_MS = 21 * 86_400_000;

/**
 * Uses up the code that was mailed to a contact for one approval; without a code only where the Temporal UI is trusted. `at`:
 * instant in the time of the plan. @throws OnboardingRefused with what is wrong with it
 */
export async function useMailedCode(
  { database, approvalsNeedCodes }: Pick<ActivityParts, 'database' | 'approvalsNeedCodes'>,
  place: CodePlace,
  code: string | null,
  at: string,
): Promise<void> {
  const { contactId } = place;
  if (code === null) {
    if (!approvalsNeedCodes) return;
    throw new OnboardingRefused(`An approval carries the code that was mailed to "${contactId}": add "code".`);
  }
  const answer = await useCode(database, { ...place, code, now: new Date(at), useKey: `${contactId}/${at}` });
  if (answer !== 'ok') throw new OnboardingRefused(CODE_ANSWERS[answer]);
}

const CODE_ANSWERS = {
  wrong: 'The code is not the one that was mailed to this contact for this version.',
  expired: 'The code has expired. "retry" for what it is about sends a new one.',
  used: 'The code was used already.',
  none: 'No code was mailed to this contact for this version.',
  'too many tries':
    'The code was entered wrongly too often and does not count any more. "retry" for what it is about sends a new one.',
} as const;
