import { proxyActivities } from '@temporalio/workflow';
import { changeRequest as changeOfToday } from '../../../src/workflows/change-request/change-request.js';
import type { ChangeInput, ChangeResult } from '../../../src/workflows/change-request/messages.js';
import type { RunOrder, RunResult } from '../../../src/workflows/messages.js';
import { dailySync as today } from '../../../src/workflows/daily-sync.js';
import { mappingIteration as iterationOfToday } from '../../../src/workflows/onboarding/mapping-iteration.js';
import type {
  IterationOrder,
  IterationResult,
  OnboardingInput,
  OnboardingResult,
} from '../../../src/workflows/onboarding/messages.js';
import { onboarding as onboardingOfToday } from '../../../src/workflows/onboarding/onboarding.js';
import type { ReleaseOrder, ReleaseResult } from '../../../src/workflows/release/messages.js';
import { release as releaseOfToday } from '../../../src/workflows/release/release.js';

import type { TestOrder, TestResult } from '../../../src/workflows/testing/messages.js';
import { sweepTests as sweepOfToday, type SweepResult } from '../../../src/workflows/testing/sweep-tests.js';
import { testOnCopy as testOfToday } from '../../../src/workflows/testing/test-on-copy.js';

export { startDailySync } from '../../../src/workflows/start-daily-sync.js';

const { sayHello } = proxyActivities<{ sayHello(): Promise<void> }>({ startToCloseTimeout: '1 minute' });

/** The daily sync with one activity more: what no release may do to runs that are under way. */
export async function dailySync(order: RunOrder): Promise<RunResult> {
  await sayHello();
  return today(order);
}

export async function onboarding(input: OnboardingInput): Promise<OnboardingResult> {
  await sayHello();
  return onboardingOfToday(input);
}

export async function mappingIteration(order: IterationOrder): Promise<IterationResult> {
  await sayHello();
  return iterationOfToday(order);
}

export async function changeRequest(input: ChangeInput): Promise<ChangeResult> {
  await sayHello();
  return changeOfToday(input);
}

export async function release(order: ReleaseOrder): Promise<ReleaseResult> {
  await sayHello();
  return releaseOfToday(order);
}

export async function testOnCopy(order: TestOrder): Promise<TestResult> {
  await sayHello();
  return testOfToday(order);
}

export async function sweepTests(): Promise<SweepResult> {
  await sayHello();
  return sweepOfToday();
}
