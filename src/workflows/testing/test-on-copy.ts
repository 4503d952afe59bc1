import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  executeChild,
  isCancellation,
  TemporalFailure,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { activities } from '../activities.js';
import { dailySync } from '../daily-sync.js';
import type { RunOrder, RunResult } from '../messages.js';
import { rootOf } from '../root-of.js';
import { customerKey, managerKey } from '../search-attributes.js';
import type { TestOrder, TestOutcome, TestResult } from './messages.js';
import { askForApproval, tellParent } from './parent.js';
import { tearDown } from './tear-down.js';
import { handleMessages } from './test-handlers.js';
import { TestState } from './test-state.js';

/**
 * Tries a mapping on an anonymised copy of the customer's network: activation, a following day and the guards, each proven
 * by an evaluator of its own; then people decide, and everything of it is removed, whatever happened before.
 */
export async function testOnCopy(order: TestOrder): Promise<TestResult> {
  const state = new TestState(order);
  handleMessages(state);
  let limitMs = 0;
  try {
    limitMs = await open(state);
    await CancellationScope.withTimeout(limitMs, () => course(state));
    state.end('approved', null);
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error;
    endWith(state, error);
  }
  // Whatever ended it, and whoever cancels it now.
  const isRemoved = await CancellationScope.nonCancellable(async () => {
    const removed = await tearDown(state);
    await tellParent(order, 'nobody');
    await condition(allHandlersFinished);
    return removed;
  });
  const { outcome, checks, problem } = state.progress;
  return { test: order.number, outcome: outcome ?? 'failed', isRemoved, checks, problem };
}

async function open(state: TestState): Promise<number> {
  const { customer, number } = state.order;
  const opened = await activities('look the test up', { minutes: 1 }).beginTest({ customer, number });
  upsertSearchAttributes([
    { key: customerKey, value: customer },
    { key: managerKey, value: opened.manager },
  ]);
  state.heartbeatSeconds = opened.heartbeatSeconds;
  state.note('opening', `version ${opened.mappingVersion} of the mapping`);
  return opened.limitMs;
}

async function course(state: TestState): Promise<void> {
  await prepare(state);
  await activation(state);
  await daily(state);
  await guards(state);
  await report(state);
  await decision(state);
}

/** So long a report that names differences can be read. */
const READ_HOURS = 24;

async function prepare(state: TestState): Promise<void> {
  const { customer, number } = state.order;
  state.enter('anonymising');
  await activities('count what is there before', state.pace).takeCensus({ customer, number, when: 'before' });
  const made = await activities('anonymise the employee record', state.pace).anonymiseRecord({ customer, number });
  state.note('anonymising', made.note);
  state.enter('copying the network');
  const copied = await activities('copy the network', { ...state.pace, attempts: 5 }).copyNetwork({ customer, number });
  state.note('copying the network', copied.note);
}

async function activation(state: TestState): Promise<void> {
  const { customer, number } = state.order;
  state.enter('activation test');
  const dry = await run(state, 'activation-dry', { kind: 'dry', mapping: 1 });
  await activities('make the mapping active in the test', { minutes: 5 }).activateInTest({ customer, number });
  const first = await run(state, 'activation', { kind: 'live' });
  const { checks } = await activities('check the activation', state.pace).checkDay({ customer, number, day: 1 });
  state.progress.checks.push(...checks);
  state.note('activation test', `${first.done} changes done, as the dry run ${dry.run} showed`);
}

async function daily(state: TestState): Promise<void> {
  const { customer, number } = state.order;
  const waitHours = state.order.waitForDelivery ?? 0;
  if (waitHours > 0) await waitForDelivery(state, waitHours);
  state.enter('daily test');
  const days = await activities('make the days that follow', state.pace).makeDays({ customer, number });
  let done = 0;
  for (let day = 2; day <= days.last; day += 1) {
    await activities(`deliver day ${day}`, state.pace).deliverDay({ customer, number, day });
    const result = await run(state, `day-${day}`, { kind: 'live' });
    done += result.done;
    const { checks } = await activities(`check day ${day}`, state.pace).checkDay({ customer, number, day });
    state.progress.checks.push(...checks);
  }
  state.note('daily test', `${days.note}; ${done} changes done`);
}

const LOOK_EVERY_SECONDS = 15 * 60;

async function waitForDelivery(state: TestState, hours: number): Promise<void> {
  const { customer, number } = state.order;
  state.enter('waiting for the next delivery');
  const every = state.order.lookEverySeconds ?? LOOK_EVERY_SECONDS;
  for (let waited = 0; waited < hours * 3_600; waited += every) {
    const { isThere } = await activities('look for a new delivery', { minutes: 5 }).lookForDelivery({
      customer,
      number,
    });
    if (isThere) return state.note('waiting for the next delivery', 'it is there');
    if (await condition(() => state.stoppedBy !== null, every * 1_000)) throw stopped(state);
  }
  state.note('waiting for the next delivery', `none came in ${hours} hours, so a next day is made`);
}

/** A delivery with a third of its rows missing changes nothing. */
async function guards(state: TestState): Promise<void> {
  const { customer, number } = state.order;
  state.enter('testing the guards');
  await activities('deliver a third of the rows less', state.pace).deliverCutDay({ customer, number });
  const result = await run(state, 'guards', { kind: 'live', leaveHeld: true });
  const { checks } = await activities('check that nothing changed', state.pace).checkGuards({
    ...{ customer, number, done: result.done, status: result.status },
  });
  state.progress.checks.push(...checks);
  state.note('testing the guards', `the run ended ${result.status}, ${result.done} changes done`);
}

async function report(state: TestState): Promise<void> {
  const { customer, number } = state.order;
  state.enter('writing the report');
  await activities('scan the space of the test', state.pace).scanSpace({ customer, number });
  const written = await activities('write the report', state.pace).writeTestReport({ customer, number });
  state.progress.toAccept = written.toAccept ?? [];
  state.note('writing the report', written.note);
  await activities('count what is there during the test', state.pace).takeCensus({ customer, number, when: 'during' });
}

async function decision(state: TestState): Promise<void> {
  const { customer, number } = state.order;
  if (state.differences > 0) return failedChecks(state);
  state.enter('waiting for approval');
  await activities('note that people decide', { minutes: 1 }).noteWaiting({ customer, number });
  await askForApproval(state);
  await condition(() => state.isApproved || state.rejected !== null || state.stoppedBy !== null);
  if (state.isApproved) return;
  if (state.stoppedBy !== null) throw stopped(state);
  throw ApplicationFailure.nonRetryable(
    `Rejected by ${state.rejected?.by}: ${state.rejected?.comment ?? ''}`,
    'TestRejected',
  );
}

/** People read what is not as it should be, and say so, before it is removed with everything else. */
async function failedChecks(state: TestState): Promise<never> {
  const { customer, number } = state.order;
  const words = `${state.differences} differences between what is expected and what the copy shows.`;
  state.progress.problem = `${words} "usersync test report ${customer} ${number}" names them for ${READ_HOURS} hours; "reject" ends the test now.`;
  state.enter('waiting for approval');
  await activities('note that people decide', { minutes: 1 }).noteWaiting({ customer, number });
  await tellParent(state.order, 'speakap');
  await condition(() => state.rejected !== null || state.stoppedBy !== null, `${READ_HOURS}h`);
  if (state.stoppedBy !== null) throw stopped(state);
  const said = state.rejected === null ? '' : ` ${state.rejected.by}: ${state.rejected.comment ?? ''}`;
  throw ApplicationFailure.nonRetryable(`${words} Back to the mapping.${said}`, 'ChecksFailed');
}

type RunWish = Pick<RunOrder, 'kind' | 'mapping'> & { readonly leaveHeld?: boolean };

/** One run of the sync in the space of the test: the same code as every day, told apart by its workflow id alone. */
async function run(state: TestState, name: string, { leaveHeld, ...wish }: RunWish): Promise<RunResult> {
  const { customer, number } = state.order;
  const result = await executeChild(dailySync, {
    workflowId: `test/${customer}/${number}/${name}`,
    args: [
      {
        ...{ customer, requestedBy: `test-${number}`, delivery: 'newest', ...wish },
        held: leaveHeld === true ? 'leave' : 'apply',
      },
    ],
    staticSummary: `Test ${number} of ${customer}: ${name}`,
    typedSearchAttributes: [{ key: customerKey, value: customer }],
  }).catch((error: unknown) => {
    throw isCancellation(error) ? error : runFailed(name, 'failed', rootOf(error).message);
  });
  if (result.status === 'done' || leaveHeld === true) return result;
  throw runFailed(name, result.status, result.problem ?? 'without a reason');
}

function runFailed(name: string, status: string, why: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`The run "${name}" of the test ended ${status}: ${why}`, 'RunFailed');
}

function stopped({ stoppedBy }: TestState): ApplicationFailure {
  return ApplicationFailure.nonRetryable(stoppedWords(stoppedBy ?? 'somebody'), 'TestStoppedByPerson');
}

function endWith(state: TestState, error: TemporalFailure): void {
  if (isCancellation(error)) {
    const { stoppedBy } = state;
    const why = stoppedBy === null ? 'The test was cancelled, or older than its limit.' : stoppedWords(stoppedBy);
    state.end('canceled', `${why} Everything of it is removed.`);
    return;
  }
  const { type, message } = rootOf(error);
  state.end(OUTCOMES[type ?? ''] ?? 'failed', message);
}

/** What is no verdict on the mapping is a failure of the test itself. */
const OUTCOMES: Readonly<Record<string, TestOutcome>> = {
  TestStoppedByPerson: 'canceled',
  TestRejected: 'rejected',
  ChecksFailed: 'rejected',
};

function stoppedWords(by: string): string {
  return `Stopped by ${by}.`;
}
