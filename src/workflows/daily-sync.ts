import {
  ApplicationFailure,
  CancellationScope,
  TemporalFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  isCancellation,
  patched,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { activities } from './activities.js';
import { applyKinds } from './apply.js';
import {
  approveSignal,
  approveUpdate,
  giveWaySignal,
  progressQuery,
  refuseSignal,
  refuseUpdate,
  type Decision,
  type RunOrder,
  type RunResult,
  type TakenDecision,
} from './messages.js';
import { checkOrder } from './order.js';
import { plan, takeIn, versionOf } from './plan.js';
import { rootOf } from './root-of.js';
import { RunState, type DecidedHeld } from './run-state.js';
import { customerKey, managerKey } from './search-attributes.js';

/** What a terminated run was doing comes to its end within two minutes; whoever undoes it asks every five seconds. */
const OPEN_ATTEMPTS = 60;
const CANCELED =
  'The run was cancelled. What it had changed until then stays and is in the report; ' +
  'the rest was not tried and is planned again by the next run.';

/** Makes one customer's network equal to its HR system: fetch, read, plan, guard, apply, verify, report. */
export async function dailySync(order: RunOrder): Promise<RunResult> {
  checkOrder(order);
  const state = new RunState(order);
  handleMessages(state);
  try {
    if (order.resume === undefined) {
      await open(state);
      if (readsRecords(order)) await takeIn(state);
      await plan(state);
    }
    if (order.kind === 'dry' || state.run.frozen !== undefined) return await report(state, 'done');
    if (!state.mustWait) await apply(state);
    const ended = await decideAboutHeld(state);
    await verify(state);
    return await report(state, ended);
  } catch (error) {
    return await giveUp(state, error);
  }
}

function handleMessages(state: RunState): void {
  setHandler(approveUpdate, (decision) => state.decide(decision, true), {
    validator: (decision: Decision) => refuseWhenSenseless(state, decision),
    description:
      'Apply what a guard held: {"by": "your id", "kind": "suspend", "comment": "why"}; without kind: all of it. ' +
      'For single people use "usersync sync approve --xid".',
  });
  setHandler(refuseUpdate, (decision) => state.decide(decision, false), {
    validator: (decision: Decision) => refuseWhenSenseless(state, decision),
    description: 'Do not apply what a guard held: {"by": "your id", "kind": "suspend", "comment": "why"}.',
  });
  setHandler(approveSignal, (decision) => decideBySignal(state, decision, true));
  setHandler(refuseSignal, (decision) => decideBySignal(state, decision, false));
  setHandler(giveWaySignal, (message) => {
    state.givingWayTo = message?.to ?? 'another run';
  });
  setHandler(progressQuery, () => state.progress);
}

function refuseWhenSenseless(state: RunState, decision: Decision): void {
  const objection = state.objectionTo(decision);
  if (objection !== null) throw ApplicationFailure.nonRetryable(objection, 'Refused');
}

function decideBySignal(state: RunState, decision: Decision, approve: boolean): void {
  const objection = state.objectionTo(decision);
  if (objection === null) state.decide(decision, approve);
  else state.noteRefusedMessage(objection);
}

async function open(state: RunState): Promise<void> {
  const { customer, kind, requestedBy, undo, reconcile, only, asPlanned, held } = state.order;
  const mapping = versionOf(state.order);
  // Also when the run is cancelled meanwhile: a run that has a number has to be closed.
  const run = await CancellationScope.nonCancellable(() =>
    activities('issue the run number', { minutes: 1, attempts: OPEN_ATTEMPTS }).openRun({
      customer,
      kind,
      requestedBy,
      mapping,
      undo,
      reconcile,
      only,
      asPlanned,
      held,
    }),
  );
  state.begin(run);
  upsertSearchAttributes([
    { key: customerKey, value: customer },
    { key: managerKey, value: run.manager },
  ]);
}

function readsRecords({ undo, reconcile }: RunOrder): boolean {
  return undo === undefined && reconcile === undefined;
}

/** Applies everything that no guard holds. Continues as new when the history grows long. */
async function apply(state: RunState): Promise<void> {
  // What was approved is applied as a whole, or not at all.
  if (state.isTurnedDown) return;
  state.enter('applying');
  await activate(state);
  if (await applyKinds(state, () => isHistoryFull(state))) await goOnAsNew(state);
}

async function goOnAsNew({ order, run }: RunState): Promise<never> {
  await condition(allHandlersFinished);
  return continueAsNew<typeof dailySync>({ ...order, resume: run });
}

/** At the last moment before anything is changed: until then the version before is the active one. */
async function activate({ order, run }: RunState): Promise<void> {
  if (order.activate === undefined) return;
  const { version, instead, approvedBy } = order.activate;
  await activities(`make version ${version} of the mapping the active one`, { minutes: 10 }).activateVersion({
    ...{ runId: run.runId, version, instead, approvedBy },
  });
}

function isHistoryFull({ run }: RunState): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return continueAsNewSuggested || historyLength >= run.historyEvents;
}

/** Waits for a person as long as something is held; the next run may end the wait. */
async function decideAboutHeld(state: RunState): Promise<'done' | 'superseded'> {
  const { held, requestedBy } = state.order;
  while (state.held > 0) {
    if (held === 'leave') return 'superseded';
    if (held === 'apply') state.decide({ by: requestedBy, comment: 'as the test was ordered' }, true);
    state.enter('waiting for approval');
    await condition(() => state.run.decisions.length > 0 || state.givingWayTo !== null);
    const taken = state.run.decisions[0];
    if (taken === undefined) {
      state.note('give way', `another run takes over; ${state.held} held changes are planned anew by it`);
      return 'superseded';
    }
    await carryOut(state, taken);
    // Somebody who decides about a thousand people one by one fills a history as well.
    if (isHistoryFull(state) && patched('continue-between-decisions')) await goOnAsNew(state);
  }
  return 'done';
}

async function carryOut(state: RunState, { about: decision, approve }: TakenDecision): Promise<void> {
  const { runId } = state.run;
  // In histories of older releases it answers a number.
  const decided: DecidedHeld | number = await activities(`${approve ? 'approval' : 'refusal'} by ${decision.by}`, {
    minutes: 1,
  }).decideHeld({ runId, decision, approve });
  state.run.decisions.shift();
  state.run.approvals.push(decision);
  if (typeof decided === 'number') decideWholeKinds(state, decision, approve);
  else state.takeDecided(decided);
  if (state.mustWait) return;
  if (approve || state.run.whenHeld === 'wait') await apply(state);
}

/** As runs of older releases did: a kind was held as a whole, and nothing else with it. */
function decideWholeKinds({ run: { kinds } }: RunState, decision: Decision, approve: boolean): void {
  const chosen = kinds.filter((kind) => kind.held > 0 && (decision.kind === undefined || kind.kind === decision.kind));
  for (const kind of chosen) {
    if (!approve) kind.refused += kind.held;
    kind.held = 0;
  }
}

async function verify(state: RunState): Promise<void> {
  state.enter('verifying');
  const { runId } = state.run;
  const checked = await activities('read back what was written', { minutes: 60, heartbeatSeconds: 60 }).verifyRun({
    runId,
  });
  state.note('verify', checked.note);
}

async function report(state: RunState, status: 'done' | 'superseded'): Promise<RunResult> {
  await close(state, status);
  state.enter('reported');
  await condition(allHandlersFinished);
  return state.result(status);
}

/** Whatever happens, the run ends with a sentence for a person; what was not done stays due for the next run. */
async function giveUp(state: RunState, error: unknown): Promise<RunResult> {
  // What is no failure of the run is Temporal's: continuing as new, or a mistake in this code, which is tried again.
  if (state.progress === null || !(error instanceof TemporalFailure)) throw error;
  const { type, message, cause } = rootOf(error);
  const canceled = isCancellation(error);
  state.run.problem = canceled ? CANCELED : message;
  const rejected = type === 'SourceRejected';
  // Somebody wanted it so: that is no trouble to tell people about.
  const stopped = canceled || type === 'CustomerFrozen' || type === 'PlanDiffers';
  await CancellationScope.nonCancellable(() =>
    close(state, stopped ? 'canceled' : rejected ? 'rejected' : 'failed', stopped ? null : cause),
  );
  state.enter('reported');
  if (rejected) return state.result('rejected');
  throw error;
}

async function close(
  state: RunState,
  status: 'done' | 'superseded' | 'rejected' | 'failed' | 'canceled',
  cause: string | null = null,
): Promise<void> {
  const { runId, problem } = state.run;
  await activities('write the report', { minutes: 10 }).closeRun({ runId, status, problem, cause });
}
