import { ApplicationFailure } from '@temporalio/workflow';
import { takeDelivery } from '../../onboarding/acts/items.js';
import { objectionToTest } from '../../onboarding/acts/tests.js';
import { note, type Occasion } from '../../onboarding/events.js';
import type { TestOrder } from '../../onboarding/messages.js';
import { itemOf, type OnboardingState } from '../../onboarding/state.js';
import { startTest } from '../testing/start-test.js';
import { onboardingActivities } from './activities.js';
import type { Course } from './course.js';

/** Begins a test of the approved mapping, which goes on whatever becomes of the onboarding, and removes itself. */
export async function beginTest(course: Course, message: TestOrder, occasion: Occasion): Promise<string> {
  const { state } = course;
  const version = state.mapping.approvedVersion ?? 0;
  const { customer, onboardingId, manager, seq } = state;
  const { number } = await onboardingActivities(`issue a test of version ${version}`).issueTest({
    ...{ customer, version, by: message.by, requestKey: `onboarding/${onboardingId}/test/${seq}` },
  });
  const objection = objectionToTest(state, message) ?? (course.isOver ? 'The onboarding was cancelled.' : null);
  if (objection !== null) throw ApplicationFailure.nonRetryable(`${objection} Nothing was changed.`, 'Refused');
  await startTest({ customer, number, onboardingId }, { manager, version });
  state.testing = { number, version };
  const words = `Test ${number} of version ${version} is under way: test/${customer}/${number}.`;
  itemOf(state, 'test').finding = words;
  note(state, message, occasion, { what: 'began a test', about: `test/${number}`, text: words });
  return words;
}

/** How the test that is under way ended, as Postgres has it. A test that failed goes back to whoever mends its reason. */
export async function lookAtTest(course: Course): Promise<void> {
  const { state } = course;
  const { testing, customer } = state;
  if (testing === undefined) return;
  const found = await onboardingActivities(`look at test ${testing.number}`).lookAtTest({
    customer,
    number: testing.number,
  });
  if (!found.isOver) return;
  state.testing = undefined;
  const isReplaced = testing.version !== state.mapping.approvedVersion;
  const settled = found.isPassed && !isReplaced;
  const finding = isReplaced ? `${found.words} It does not count: ${replacedWords(state)}` : found.words;
  takeDelivery(state, { item: 'test', by: 'system' }, course.occasion(), {
    ...{ finding, usable: settled, settled },
  });
  course.changed();
}

function replacedWords({ mapping: { approvedVersion } }: OnboardingState): string {
  return approvedVersion === null
    ? 'its mapping was taken back while it ran. "test" begins one of the next version.'
    : `version ${approvedVersion} of the mapping is approved instead. "test" begins one of that.`;
}
