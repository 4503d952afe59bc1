import type { Activities } from '../activities/index.js';
import { activities } from './activities.js';
import type { RunOrder } from './messages.js';
import { frozenWords } from './run-details.js';
import type { RunState } from './run-state.js';

/** A source that is away, or a file that still grows, is asked again for about four hours. */
const FETCH_ATTEMPTS = 60;

/** The version that the run plans with, where it is not the active one. */
export function versionOf({ mapping, activate }: RunOrder): number | undefined {
  return activate?.version ?? mapping;
}

/** Fetches the delivery, checks it as a source and brings the records up to date. */
export async function takeIn(state: RunState): Promise<void> {
  const { runId } = state.run;
  const { customer, kind, asPlanned } = state.order;
  const mapping = versionOf(state.order);
  state.enter('fetching');
  const mayBeLast = kind === 'dry' || asPlanned !== undefined;
  const delivery = state.order.delivery ?? (mayBeLast ? 'last' : 'newest');
  const fetched = await activities(`fetch the employee record of ${customer}`, {
    minutes: 120,
    heartbeatSeconds: 60,
    attempts: FETCH_ATTEMPTS,
  }).fetchDelivery({ runId, delivery, archive: kind === 'live', mapping });
  state.run.snapshotId = fetched.snapshotId;
  state.note('fetch', fetched.note);
  if (!fetched.isNew) return;

  state.enter('reading');
  const read = await activities(`read snapshot ${fetched.snapshotId}`, {
    minutes: 60,
    heartbeatSeconds: 60,
  }).stageDelivery({ runId, snapshotId: fetched.snapshotId, mapping });
  state.run.read = read;
  state.note(
    'read',
    `${read.rows} rows of ${read.people} people; ${read.changed} rows changed, ${read.missing} people missing, ${read.bad} bad rows`,
  );
}

type PlanCounts = Awaited<ReturnType<Activities['makePlan']>>;
type Planned = Omit<PlanCounts, 'holds' | 'whenHeld'> & Partial<Pick<PlanCounts, 'holds' | 'whenHeld'>>;

/** Plans what is to be done, and what of it guards hold. */
export async function plan(state: RunState): Promise<void> {
  const { runId } = state.run;
  const { undo, reconcile, activate, limits: percent } = state.order;
  const mapping = versionOf(state.order);
  state.enter('planning');
  await activities('read groups and roles of the network', { minutes: 30, heartbeatSeconds: 60 }).readStructure({
    runId,
  });
  // A whole network takes its time to read.
  const [summary, minutes] =
    reconcile === undefined ? ['plan the changes', 60] : ['compare the network with what was written', 600];
  const planned: Planned = await activities(summary, { minutes, heartbeatSeconds: 60 }).makePlan({
    runId,
    mapping,
    undo,
    reconcile,
    ...(activate === undefined ? {} : { limits: activate.limits }),
    ...(percent === undefined ? {} : { percent }),
  });
  const { run } = state;
  run.examined = planned.examined;
  run.managed = planned.managed;
  run.warnings = planned.warnings;
  run.kinds = planned.kinds.map(({ changes, ...kind }) => ({
    ...kind,
    planned: changes,
    next: kind.from,
    refused: 0,
    done: 0,
    failed: 0,
    skipped: 0,
  }));
  // Plans of older releases do not say it.
  if (planned.holds !== undefined) Object.assign(run, { holds: planned.holds, whenHeld: planned.whenHeld });
  if (planned.frozen !== undefined) run.frozen = planned.frozen;
  const version = mapping === undefined ? '' : `with version ${mapping} of the mapping: `;
  state.note(
    'plan',
    `${version}${planned.examined} people looked at, ${planned.managed} managed, ${planned.warnings} warnings`,
  );
  if (run.frozen !== undefined) state.note('frozen', frozenWords(run.frozen));
}
