import { getExternalWorkflowHandle, isCancellation, TemporalFailure } from '@temporalio/workflow';
import { changeId, testNewsSignal, type TestNews } from '../change-request/messages.js';
import { onboardingActivities } from '../onboarding/activities.js';
import { onboardingId as workflowIdOf, testEndedSignal } from '../onboarding/messages.js';
import { rootOf } from '../root-of.js';
import type { TestOrder } from './messages.js';
import type { TestState } from './test-state.js';

/** The report is there: whoever began the test hears of it, and everybody who approves gets a code for it. */
export async function askForApproval(state: TestState): Promise<void> {
  const { order } = state;
  try {
    await mailCodes(state);
  } catch (error) {
    // Without mail people cannot approve, and that is no reason to throw the test away.
    if (!(error instanceof TemporalFailure) || isCancellation(error)) throw error;
    const again =
      order.change === undefined ? '' : ` "usersync change retry ${order.customer} ${order.change.number}" mails them.`;
    state.noteRefused(`The codes could not be mailed: ${rootOf(error).message}${again}`);
  }
  if (order.change !== undefined) await tellParent(order, 'customer');
}

async function mailCodes(state: TestState): Promise<void> {
  const { onboardingId, change, number } = state.order;
  const at = new Date().toISOString();
  const mail = onboardingActivities('mail a code to everybody who approves', 10);
  if (onboardingId !== undefined) {
    await mail.requestApprovals({
      ...{ onboardingId, subject: 'test', version: number, again: null, at },
      words: `Test on an anonymised copy: all checks passed.${acceptWords(state)}`,
    });
  }
  if (change !== undefined)
    await mail.requestTestApproval({ changeRequestId: change.requestId, test: number, at, again: null });
}

function acceptWords({ progress: { toAccept } }: TestState): string {
  if (toAccept.length === 0) return '';
  return ` The customer also says which of ${toAccept.length} combinations of columns that point to few people it accepts.`;
}

/** An approval of a test that belongs to something carries the code that was mailed for it. */
export async function useCode(order: TestOrder, contactId: string, code: string | null): Promise<void> {
  const { onboardingId, change, number } = order;
  const at = new Date().toISOString();
  const steps = onboardingActivities('use the code up');
  if (onboardingId !== undefined)
    await steps.useCode({ onboardingId, subject: 'test', version: number, contactId, code, at });
  if (change !== undefined)
    await steps.useTestCode({ changeRequestId: change.requestId, test: number, contactId, code, at });
}

/** Whoever began the test looks how it stands. One that has ended needs no news. */
export async function tellParent(order: TestOrder, waitsFor: TestNews['waitsFor']): Promise<void> {
  const { customer, onboardingId, change, number } = order;
  try {
    if (onboardingId !== undefined && waitsFor === 'nobody')
      await getExternalWorkflowHandle(workflowIdOf(customer)).signal(testEndedSignal);
    if (change !== undefined) {
      const news: TestNews = { test: number, waitsFor };
      await getExternalWorkflowHandle(changeId(customer, change.number)).signal(testNewsSignal, news);
    }
  } catch {
    return;
  }
}
