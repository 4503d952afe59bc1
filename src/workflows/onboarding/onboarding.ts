import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  isCancellation,
} from '@temporalio/workflow';
import { newState } from '../../onboarding/new-state.js';
import { objectionToOrder } from '../../onboarding/order.js';
import { onboardingActivities } from './activities.js';
import { withdrawOpen } from './concepts.js';
import { Course } from './course.js';
import { handleMessages } from './handlers.js';
import type { OnboardingInput, OnboardingResult } from './messages.js';
import { tend, writeDown } from './tend.js';

/** Connects one customer to its network: the six weeks from the first call to the daily sync. */
export async function onboarding(input: OnboardingInput): Promise<OnboardingResult> {
  checkOrder(input);
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

function checkOrder(input: OnboardingInput): void {
  const objection = input.resume === undefined ? objectionToOrder(input) : null;
  if (objection !== null) throw ApplicationFailure.nonRetryable(objection, 'BadOrder');
}

async function open(course: Course, input: OnboardingInput): Promise<void> {
  const opened = await onboardingActivities('begin the implementation').openOnboarding({
    order: input,
    now: course.now,
  });
  course.known = newState(opened.start);
  course.noteSystem('started', null, opened.words, { by: input.requestedBy });
}

async function end(course: Course): Promise<OnboardingResult> {
  const { state } = course;
  const status = state.status === 'cancelled' ? 'cancelled' : 'done';
  if (status === 'cancelled') await withdrawOpen(state, 'system', 'the onboarding was cancelled');
  const { onboardingId } = state;
  const words =
    status === 'cancelled'
      ? (await onboardingActivities('remove what was made', 30).cleanUp({ onboardingId })).words
      : (await onboardingActivities('sum the whole course up').sumUp({ onboardingId })).words;
  state.status = status;
  course.noteSystem(status === 'done' ? 'finished' : 'removed what was made', null, words);
  await condition(() => !course.turns.isBusy && allHandlersFinished());
  await writeDown(course);
  return { status, words };
}
