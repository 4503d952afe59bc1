import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  isCancellation,
  workflowInfo,
} from '@temporalio/workflow';
import { newState } from '../../onboarding/new-state.js';
import { objectionToOrder } from '../../onboarding/order.js';
import { activities } from '../activities.js';
import { onboardingActivities } from './activities.js';
import { withdrawOpen } from './concepts.js';
import { Course } from './course.js';
import { handleMessages } from './handlers.js';
import { onboardingId, type OnboardingInput, type OnboardingResult } from './messages.js';
import { tell } from './tell.js';
import { tend, writeDown } from './tend.js';

/** Connects one customer to its network: the six weeks from the first call to the daily sync. */
export async function onboarding(input: OnboardingInput): Promise<OnboardingResult> {
  refuseBadOrder(input);
  const course = new Course(input.resume);
  handleMessages(course);
  void CancellationScope.nonCancellable(() => course.keepShown());
  try {
    if (input.resume === undefined) await open(course, input);
    await tend(course, input);
  } catch (error) {
    if (!isCancellation(error) || course.known === null) throw error;
    course.state.status = 'cancelled';
    course.noteSystem('cancelled', null, 'Its cancellation was requested in Temporal.');
  }
  return CancellationScope.nonCancellable(() => end(course));
}

/** The form of the Temporal UI starts it without any value as well. */
function refuseBadOrder(input: OnboardingInput | undefined): void {
  const objection = input?.resume === undefined ? objectionToOrder(input) : null;
  if (objection !== null) throw ApplicationFailure.nonRetryable(objection, 'BadOrder');
  const wanted = onboardingId(input?.customer ?? '');
  if (workflowInfo().workflowId === wanted) return;
  throw ApplicationFailure.nonRetryable(
    `Start it with the workflow id "${wanted}": a customer has one. Nothing was started.`,
    'BadOrder',
  );
}

async function open(course: Course, input: OnboardingInput): Promise<void> {
  const opened = await onboardingActivities('begin the implementation').openOnboarding({
    order: input,
    now: course.now,
  });
  course.known = newState(opened.start);
  course.noteSystem('started', null, opened.words, { by: input.requestedBy });
}

/** Tried until it is done: what a cancelled onboarding made must not stay. */
function patiently(summary: string) {
  return activities(summary, { minutes: 30, heartbeatSeconds: 60, attempts: 100_000 });
}

async function end(course: Course): Promise<OnboardingResult> {
  const { state } = course;
  const status = state.status === 'cancelled' ? 'cancelled' : 'done';
  // Before anything is waited for: nothing is taken any more.
  state.status = status;
  course.show();
  if (status === 'cancelled') await withdrawOpen(state, 'system', 'the onboarding was cancelled');
  const place = { onboardingId: state.onboardingId };
  const words =
    status === 'cancelled'
      ? (await patiently('remove what was made').cleanUp(place)).words
      : (await patiently('sum the whole course up').sumUp(place)).words;
  course.noteSystem(status === 'done' ? 'finished' : 'removed what was made', null, words);
  await writeDown(course);
  await tell(course, 'tell everybody of the end', (mail) => mail.tellEnd({ ...place, status, words }));
  await condition(() => !course.turns.isBusy && allHandlersFinished());
  await writeDown(course);
  return { status, words };
}
