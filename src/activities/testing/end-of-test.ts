import type { TestStanding } from '../../change-requests/acts/testing.js';
import type { Test } from '../../store/tests.js';

/** How a test is, for whoever began it and waits for it. */
export function standingOf(test: Test): TestStanding {
  const { number, status, tornDownAt, leftOver, problem, mappingVersion: version, endedAt } = test;
  const outcome = endedAt === null || status === 'running' || status === 'waiting' ? null : status;
  const isRemoved = tornDownAt !== null;
  const removed = isRemoved
    ? 'Nothing of it is left.'
    : `Not everything of it is removed: ${leftOver ?? 'it is being removed'}.`;
  const said =
    outcome === 'approved' ? 'Approved by both sides.' : `It ended ${status}: ${problem ?? 'without a reason'}`;
  return { outcome, isRemoved, leftOver, words: `Test ${number} of version ${version}. ${said} ${removed}` };
}
