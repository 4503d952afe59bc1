import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  workflowInfo,
} from '@temporalio/workflow';
import { end } from '../../change-requests/acts/deciding.js';
import { outlookOf } from '../../change-requests/health.js';
import { objectionToOrder } from '../../change-requests/forms.js';
import { newState } from '../../change-requests/new-state.js';
import { keepPause } from '../../change-requests/promise.js';
import { markRecorded, unrecorded } from '../../onboarding/events.js';
import { toRealTime } from '../../onboarding/schedule/clock.js';
import { activities } from '../activities.js';
import { onboardingActivities, quick } from '../onboarding/activities.js';
import { refusalOf } from '../onboarding/refusal.js';
import { tell } from '../onboarding/tell.js';
import { beginApplying, isToBeApplied } from './applying.js';
import { keepClock, type Moment } from './clock.js';
import { handleMessages } from './handlers.js';
import { changeId, type ChangeInput, type ChangeResult } from './messages.js';
import { Request } from './request.js';
import { tellFiled } from './tell-filed.js';
import { endTest, keepTest } from './testing.js';

/** What could not be done is tried again after so long; the same for new conflicts with other requests, and a test. */
const LOOK_AGAIN_MS = 3_600_000;

/** One wish of a customer after the release, from its filing to the closing message. */
export async function changeRequest(input: ChangeInput): Promise<ChangeResult> {
  refuseBadOrder(input);
  const { resume, ...order } = input;
  const request = new Request(resume);
  handleMessages(request);
  void CancellationScope.nonCancellable(() => request.keepShown());
  try {
    if (resume === undefined) await open(request, order);
    await carryOut(request, order);
  } catch (error) {
    if (!isCancellation(error) || request.known === null) throw error;
    await CancellationScope.nonCancellable(() => cancelled(request));
  }
  return CancellationScope.nonCancellable(() => close(request));
}

/** The form of the Temporal UI starts it without any value as well. */
function refuseBadOrder(input: ChangeInput | undefined): void {
  const { resume, ...order } = input ?? {};
  const objection = resume === undefined ? objectionToOrder(input === undefined ? undefined : order) : null;
  if (objection !== null) throw ApplicationFailure.nonRetryable(objection, 'BadOrder');
  const wanted = changeId(input?.customer ?? '', input?.number ?? 0);
  if (workflowInfo().workflowId === wanted) return;
  throw ApplicationFailure.nonRetryable(
    'The number of a change request is issued: start the workflow "fileChange" with the same value and without "number", or use ' +
      '"usersync change request". Nothing was filed.',
    'BadOrder',
  );
}

async function open(request: Request, order: ChangeInput): Promise<void> {
  const number = order.number ?? 0;
  try {
    // Also when it is cancelled meanwhile: what is open has to be closed.
    const opened = await CancellationScope.nonCancellable(() =>
      onboardingActivities('take the wish in').openChangeRequest({ order, number, now: request.now }),
    );
    request.known = newState(order, opened, request.occasion());
    request.show();
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    request.refusal = refusal;
    await condition(allHandlersFinished);
    throw ApplicationFailure.nonRetryable(refusal, 'Refused');
  }
  await tellFiled(request);
}

/** Keeps a request going until it is done or taken back: the clock, what is owed, and everything written down. */
async function carryOut(request: Request, order: ChangeInput): Promise<void> {
  for (;;) {
    request.hasNews = false;
    await keepTest(request);
    if (isToBeApplied(request)) beginApplying(request);
    const next = await keepClock(request);
    await writeDown(request);
    if (request.isOver) return;
    if (request.hasNews) continue;
    if (request.isHistoryFull()) await goOnInNewHistory(request, order);
    await waitForNews(request, next);
  }
}

/** The read model and the audit trail in Postgres, which knows best who the people are now. */
async function writeDown(request: Request): Promise<void> {
  const { state } = request;
  const events = unrecorded(state);
  const last = events.at(-1)?.seq ?? state.recorded;
  const { events: _, ...view } = state;
  const recorded = await quick.recordChange({
    ...{ changeRequestId: state.changeRequestId, events, outlook: outlookOf(state, request.now), view },
  });
  markRecorded(state, last);
  state.mailsInDoubt = recorded.mailsInDoubt;
  state.contacts = recorded.contacts;
  state.manager = recorded.manager;
  request.show();
}

async function waitForNews(request: Request, next: Moment | null): Promise<void> {
  const isWoken = (): boolean => request.hasNews || request.isOver;
  const { state } = request;
  const isTriedAgain = state.problems.some(({ until }) => until === 'a while');
  const at = next === null ? Infinity : toRealTime(state.clock, Date.parse(next.at)) - Date.now();
  // A test that was terminated sends no news.
  const isLookedAgain = isTriedAgain || state.testing !== undefined;
  const wait = Math.max(1_000, Math.min(at, isLookedAgain ? LOOK_AGAIN_MS : Infinity));
  if (wait === Infinity) return condition(isWoken);
  const summary =
    at <= wait && next !== null ? next.summary : isTriedAgain ? 'try again what could not be done' : 'look at the test';
  if (await condition(isWoken, wait, { summary: summary.slice(0, 180) })) return;
  request.mayBeTested = true;
  if (isTriedAgain) state.problems = state.problems.filter(({ until }) => until === 'somebody');
  await lookForConflicts(request);
}

/** Other requests come and go while this one waits. */
async function lookForConflicts({ state }: Request): Promise<void> {
  const { changeRequestId, proposal } = state;
  if (proposal === null) return;
  proposal.conflicts = await onboardingActivities('look for conflicts').findConflicts({ changeRequestId });
}

/** A flood of messages is taken first; nothing is lost in between. */
async function goOnInNewHistory(request: Request, order: ChangeInput): Promise<void> {
  // Mails that are being tried would be lost, and a run that is under way has to be heard.
  const isQuiet = (): boolean =>
    !request.turns.isBusy && allHandlersFinished() && request.telling === 0 && !request.isApplying;
  await condition(isQuiet);
  if (request.hasNews || request.isOver) return;
  await continueAsNew<typeof changeRequest>({ ...order, resume: request.state });
}

/** What is being applied comes to its end first: a run is not taken back by a button. */
async function cancelled(request: Request): Promise<void> {
  await condition(() => !request.isApplying);
  if (request.isOver) return;
  end(request.state, 'withdrawn', { by: 'system', reason: 'Its cancellation was requested in Temporal.' });
  request.noteQuietly('withdrawn', null, 'Its cancellation was requested in Temporal.');
}

/** Tried until it is done: what a withdrawn request made must not stay. */
function patiently(summary: string) {
  return activities(summary, { minutes: 30, heartbeatSeconds: 60, attempts: 100_000 });
}

async function close(request: Request): Promise<ChangeResult> {
  const { state } = request;
  const { changeRequestId, filed, status } = state;
  if (status === 'open') throw new Error('An open request does not end.');
  if (status === 'done') await keepClock(request);
  else keepPause(state.pauses, null, request.now);
  await endTest(request);
  const left = status === 'done' ? null : await patiently('nothing of it stays').leaveNothing({ changeRequestId });
  const kept = status === 'done' ? state.broken.length === 0 : null;
  const words = endWords(request, left?.active ?? null);
  state.words = words;
  request.noteQuietly(status, null, words);
  await writeDown(request);
  await tell(request, 'tell everybody of the end', (mail) =>
    mail.tellClosed({ changeRequestId, filedBy: filed.by, status, words, kept }),
  );
  await condition(() => !request.turns.isBusy && allHandlersFinished() && request.telling === 0);
  await writeDown(request);
  return { status, words, kept };
}

/** @param active the version of this request that is the active one, though it was ended before everything was done */
function endWords({ state }: Request, active: number | null): string {
  const { status, number, proposal, applied, ended } = state;
  if (status === 'done') {
    const accepted = applied?.accepted ?? null;
    const rest =
      accepted === null
        ? 'and all of them were read back.'
        : `and ${applied?.failed ?? 0} failed, which every run tries again (${accepted}).`;
    return `Version ${proposal?.version ?? '-'} of the mapping is in your network: run ${applied?.run ?? '-'} did ${applied?.done ?? 0} changes, ${rest}`;
  }
  const by = ended === null || ended.by === 'system' ? '' : ` by ${ended.by}`;
  const how = `Change ${number} was ${status}${by}: ${ended?.reason ?? ''}`;
  if (active !== null)
    return `${how} Version ${active} of the mapping is the active one all the same: what it changed in your network stays, and every run goes on with it.`;
  return `${how} Nothing of it was changed in your network, and nothing of it stays.`;
}
