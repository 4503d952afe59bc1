import { setCurrentDetails, TemporalFailure } from '@temporalio/workflow';
import { activities } from '../activities.js';
import { rootOf } from '../root-of.js';

export interface SweepResult {
  readonly removed: number;
  /** What is left of which tests, in words. */
  readonly left: readonly string[];
}

/** Removes what is left of tests whose workflow was terminated, or could not remove everything itself. */
export async function sweepTests(): Promise<SweepResult> {
  const { tests } = await activities('look for tests that nobody ends', { minutes: 5 }).testsToSweep();
  const left: string[] = [];
  let removed = 0;
  for (const test of tests) {
    const leftOver = await removeOne(test);
    if (leftOver === null) removed += 1;
    else left.push(`test ${test.number} of ${test.customer}: ${leftOver}`);
  }
  setCurrentDetails([`${removed} tests removed.`, ...left.map((words) => `- 🧯 ${words}`)].join('\n'));
  return { removed, left };
}

async function removeOne(test: { readonly customer: string; readonly number: number }): Promise<string | null> {
  try {
    const summary = `remove test ${test.number} of ${test.customer}`;
    const { leftOver } = await activities(summary, { minutes: 120, heartbeatSeconds: 60, attempts: 3 }).removeTest(
      test,
    );
    if (leftOver !== null)
      await activities('tell that something is left', { minutes: 10 }).tellOfLeftOver({ ...test, leftOver });
    return leftOver;
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error;
    return rootOf(error).message;
  }
}
