import { CancellationScope, condition, getExternalWorkflowHandle, isCancellation } from '@temporalio/workflow';
import {
  countsForNothing,
  isTestOwed,
  objectionToTest,
  takeTest,
  takeTestStanding,
  TEST_PROBLEM,
} from '../../change-requests/acts/testing.js';
import type { BeginTest } from '../../change-requests/messages.js';
import { SYSTEM, type Occasion } from '../../onboarding/events.js';
import { addProblem } from '../../onboarding/state.js';
import { onboardingActivities } from '../onboarding/activities.js';
import { refusalOf, refused } from '../onboarding/refusal.js';
import { stopTestSignal } from '../testing/messages.js';
import { startTest, testId } from '../testing/start-test.js';
import type { Request } from './request.js';

/** As often as the sweeper looks, which removes what the test itself could not. */
const LOOK_EVERY = '10m';

/** Begins the test that a version needs, ends one that settles nothing any more, and hears how one ended. */
export async function keepTest(request: Request): Promise<void> {
  const { state } = request;
  if (countsForNothing(state)) await stopTest(request);
  if (request.mayBeTested) await lookAtTest(request);
  if (isTestOwed(state)) await beginOwedTest(request);
}

/** What a person asked for by message. @throws a refusal, and then nothing was begun. */
export async function beginTest(request: Request, message: BeginTest, occasion: Occasion): Promise<string> {
  // The system may be about to begin it by itself.
  await condition(() => !request.isBeginningTest);
  const objection = objectionToTest(request.state, message);
  if (objection !== null) throw refused(`${objection} Nothing was changed.`);
  return begin(request, message, occasion);
}

/** A request leaves nothing behind: its test ends with it, and is waited for until all of it is removed. */
export async function endTest(request: Request): Promise<void> {
  await condition(() => !request.isBeginningTest);
  for (;;) {
    if (countsForNothing(request.state)) await stopTest(request);
    request.mayBeTested = true;
    await lookAtTest(request);
    if (request.state.testing === undefined) return;
    await condition(() => request.mayBeTested, LOOK_EVERY, { summary: 'look whether its test is removed' });
  }
}

async function beginOwedTest(request: Request): Promise<void> {
  const { state } = request;
  if (request.isBeginningTest) return;
  try {
    await begin(request, SYSTEM, request.occasion());
  } catch (error) {
    const text = refusalOf(error);
    if (text === null) throw error;
    addProblem(state, { about: TEST_PROBLEM, text: `The test could not be begun: ${text}`, until: 'a while' });
    request.noteQuietly('could not begin the test', `mapping/${state.proposal?.version ?? 0}`, text);
  }
}

/** Begun whole or not at all, also when the request is cancelled meanwhile: then it is stopped again. */
function begin(request: Request, actor: BeginTest, occasion: Occasion): Promise<string> {
  request.isBeginningTest = true;
  return CancellationScope.nonCancellable(async () => {
    const { state } = request;
    const { changeRequestId, number: change, customer, manager, proposal, seq } = state;
    const version = proposal?.version ?? 0;
    const { number } = await onboardingActivities(`issue a test of version ${version}`).issueTest({
      ...{ customer, version, by: actor.by, requestKey: `change/${changeRequestId}/test/${seq}` },
    });
    await startTest({ customer, number, change: { number: change, requestId: changeRequestId } }, { manager, version });
    const words = takeTest(state, actor, occasion, { number, version });
    request.changed();
    return words;
  }).finally(() => {
    request.isBeginningTest = false;
  });
}

async function stopTest(request: Request): Promise<void> {
  const { testing, customer, number } = request.state;
  if (testing === undefined || testing.isStopped) return;
  testing.isStopped = true;
  request.noteQuietly('stopped a test', `test/${testing.number}`, 'It settles nothing any more, and removes itself.');
  const test = getExternalWorkflowHandle(testId({ customer, number: testing.number }));
  try {
    await test.signal(stopTestSignal, { by: `change ${number}` });
    // What is under way, such as reading a large record, is not waited for.
    await test.cancel();
  } catch (error) {
    // It has ended; how is looked up.
    if (isCancellation(error)) throw error;
    request.mayBeTested = true;
  }
}

async function lookAtTest(request: Request): Promise<void> {
  const { state } = request;
  // At once, since what comes while it is looked at has to be looked at again.
  request.mayBeTested = false;
  if (state.testing === undefined) return;
  const { changeRequestId, customer } = state;
  const { number } = state.testing;
  const standing = await onboardingActivities(`look at test ${number}`).lookAtTestOfChange({
    ...{ changeRequestId, customer, number },
  });
  const { proposal } = state;
  const wasOpen = proposal !== null && proposal.status !== 'changes requested';
  if (takeTestStanding(state, standing, request.occasion())) request.changed();
  if (wasOpen && state.proposal?.status === 'changes requested') await retire(request, proposal.version);
}

async function retire({ state: { changeRequestId } }: Request, version: number): Promise<void> {
  await onboardingActivities(`version ${version} is not used`).retireVersion({ changeRequestId, version });
}
