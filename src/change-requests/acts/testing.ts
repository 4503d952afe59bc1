import { note, SYSTEM, type Occasion } from '../../onboarding/events.js';
import { objectionToSide } from '../../onboarding/acts/people.js';
import { addProblem, forgetProblem } from '../../onboarding/state.js';
import type { Actor } from '../../onboarding/messages.js';
import type { BeginTest } from '../messages.js';
import { isOver, isTested, needsTest, type ChangeState, type UnderTest } from '../state.js';
import { sendBack } from './proposing.js';

/** What stands in the way while a test cannot be begun, or is not wholly removed. */
export const TEST_PROBLEM = 'test';

/** How a test is, as Postgres has it. */
export interface TestStanding {
  /** null while it is under way. */
  readonly outcome: 'approved' | 'rejected' | 'failed' | 'canceled' | null;
  /** Whether everything of it is proven removed. */
  readonly isRemoved: boolean;
  /** What could not be removed. */
  readonly leftOver: string | null;
  readonly words: string;
}

/** Why a test cannot be begun by a person now; null when it can. */
export function objectionToTest(state: ChangeState, message: BeginTest): string | null {
  const side = objectionToSide(state, message, 'speakap', 'Beginning a test');
  if (side !== null) return side;
  const { proposal, step, testing, test } = state;
  if (step === 'applying') return 'The version that was approved is being applied.';
  if (proposal === null) return 'No version has been proposed yet, so there is nothing to test.';
  const { version, status } = proposal;
  if (status === 'changes requested') return `Version ${version} was sent back. Propose the next one, and test that.`;
  if (isTested(state)) return `Version ${version} is tested already, by test ${test?.number ?? '-'}.`;
  if (testing === undefined) return null;
  return testing.version === version
    ? `Test ${testing.number} of version ${version} is under way.`
    : `Test ${testing.number} of version ${testing.version} is being removed. The next one can begin when it is gone.`;
}

/** Whether the system begins a test by itself: the version has its dry run, and needs one. */
export function isTestOwed(state: ChangeState): boolean {
  const { proposal, testing, problems } = state;
  if (isOver(state) || proposal === null || proposal.status === 'changes requested' || testing !== undefined)
    return false;
  return needsTest(state) && !isTested(state) && problems.every(({ about }) => about !== TEST_PROBLEM);
}

/** Whether the test that is under way can settle nothing any more: it is about another version, or nobody wants it. */
export function countsForNothing(state: ChangeState): boolean {
  const { testing, proposal } = state;
  if (testing === undefined) return false;
  return isOver(state) || !needsTest(state) || !isAbout(testing, proposal);
}

function isAbout({ version }: UnderTest, proposal: ChangeState['proposal']): boolean {
  return proposal?.version === version && proposal.status !== 'changes requested';
}

export function takeTest(state: ChangeState, actor: Actor, occasion: Occasion, begun: TestRef): string {
  const { number, version } = begun;
  state.testing = { number, version, waitsFor: 'nobody', isStopped: false };
  forgetProblem(state, TEST_PROBLEM);
  // Whoever asks for a test of a small change wants it to wait for that test.
  if (state.proposal?.version === version) state.proposal.test ||= actor.by !== 'system';
  const words = `Test ${number} of version ${version} is under way: test/${state.customer}/${number}.`;
  note(state, actor, occasion, { what: 'began a test', about: `test/${number}`, text: words });
  return words;
}

interface TestRef {
  readonly number: number;
  readonly version: number;
}

/**
 * What follows from how a test is. Only when everything of it is removed it counts; what was wrong with the mapping sends the
 * version back, and what was wrong with the test itself waits for a person. Answers whether anything is new.
 */
export function takeTestStanding(state: ChangeState, standing: TestStanding, occasion: Occasion): boolean {
  const { testing } = state;
  const { outcome, isRemoved, leftOver } = standing;
  if (testing === undefined || outcome === null) return false;
  if (isRemoved) takeTestEnd(state, testing, standing, occasion);
  else if (leftOver !== null) takeLeftOver(state, testing, standing, occasion);
  return isRemoved || leftOver !== null;
}

function takeTestEnd(
  state: ChangeState,
  testing: UnderTest,
  { outcome, words }: TestStanding,
  occasion: Occasion,
): void {
  const { number, version } = testing;
  const isWanted = !testing.isStopped && !countsForNothing(state);
  state.testing = undefined;
  forgetProblem(state, TEST_PROBLEM);
  note(state, SYSTEM, occasion, {
    what: isWanted ? `the test ended: ${outcome}` : 'a test that counts for nothing ended',
    about: `test/${number}`,
    text: words,
  });
  if (!isWanted) return;
  if (outcome === 'approved') return takePassed(state, { number, version, at: occasion.at });
  if (outcome === 'rejected') return sendBack(state);
  const text = `${words} The version stays as it is: "test" begins the next test of it.`;
  addProblem(state, { about: TEST_PROBLEM, text, until: 'somebody' });
}

function takePassed(state: ChangeState, test: NonNullable<ChangeState['test']>): void {
  state.test = test;
  if (state.proposal?.status === 'approved') state.step = 'applying';
}

function takeLeftOver(state: ChangeState, { number, version }: UnderTest, { words }: TestStanding, occasion: Occasion) {
  const text = `${words} Version ${version} is not applied before that: remove it, and say so with "usersync test clear ${state.customer} ${number}".`;
  const isKnown = state.problems.some((problem) => problem.about === TEST_PROBLEM && problem.text === text);
  addProblem(state, { about: TEST_PROBLEM, text, until: 'a while' });
  if (!isKnown) note(state, SYSTEM, occasion, { what: 'something of the test is left', about: `test/${number}`, text });
}

/** A person said that it is small: what is approved and needs no test any more is applied. */
export function goOnWithoutTest(state: ChangeState): void {
  if (state.step === 'testing' && !needsTest(state)) state.step = 'applying';
}

/** Whose approval a test waits for; news of an older test are no news. */
export function takeTestNews(
  state: ChangeState,
  news: { readonly test: number; readonly waitsFor: UnderTest['waitsFor'] },
): void {
  if (state.testing?.number === news.test) state.testing.waitsFor = news.waitsFor;
}
