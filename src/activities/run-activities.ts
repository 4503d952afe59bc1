import { activityInfo } from '@temporalio/activity';
import { countChanges, expireChanges, type ChangeCount } from '../store/changes.js';
import { markFailedDue, postpone, settle } from '../store/due.js';
import { readCustomer } from '../store/customers.js';
import { noteFailures } from '../store/failures.js';
import { wakeForFreedAddresses } from '../store/given-up.js';
import { isLeaseFree } from '../store/leases.js';
import { mappingVersion, presentMapping } from '../store/mappings.js';
import { readPilot } from '../store/pilots.js';
import { findPlanned } from '../store/planned-run.js';
import type { Run } from '../store/prisma/client.js';
import { openRun, readRun, runsLeftOpen, updateRun } from '../store/runs.js';
import { findUndoable } from '../store/undone-run.js';
import { retireLinks } from '../store/waits.js';
import { toCustomerId } from '../sync/ids.js';
import { parseMapping } from '../sync/mapping/parse.js';
import type { ActivityParts } from './parts.js';
import { LeaseTaken, OrderRefused } from './refusals.js';
import { handleTrouble } from './run-trouble.js';
import { testOfRun } from './testing/in-test-spaces.js';

export interface OpenRunRequest {
  readonly customer: string;
  readonly kind: 'dry' | 'live';
  readonly requestedBy: string;
  /** A dry run of this version of the mapping. */
  readonly mapping?: number | undefined;
  /** Number of the run that it undoes. */
  readonly undo?: number | undefined;
  /** It compares the network with the links. */
  readonly reconcile?: 'report' | 'repair' | undefined;
  /** Whom it is limited to: the id of a pilot. */
  readonly only?: number | undefined;
  /** Number of the dry run whose plan it is to apply as it is. */
  readonly asPlanned?: number | undefined;
  /** What becomes of what guards hold, where no person is asked. */
  readonly held?: 'apply' | 'leave' | undefined;
}

export interface CloseRunRequest {
  readonly runId: number;
  readonly status: 'done' | 'superseded' | 'rejected' | 'failed' | 'canceled';
  readonly problem: string | null;
  /** What went wrong, as one word that is the same every day; runs of older releases do not say it. */
  readonly cause?: string | null;
}

/** The run that is being opened, as Temporal knows it. */
interface Asking {
  readonly workflowId: string;
  readonly requestKey: string;
}

const TERMINATED =
  'The run was terminated from outside before it was finished. What it had changed until then stays and is in the report; ' +
  'the rest was not tried and is planned again by the next run.';

export function createRunActivities(parts: ActivityParts) {
  const { database, workflows, metrics, heartbeatSeconds, batchSize, historyEvents } = parts;

  async function closeRun({ runId, status, problem, cause = null }: CloseRunRequest): Promise<void> {
    const run = await readRun(database, runId);
    const customer = toCustomerId(run.customerId);
    const isLive = run.kind === 'live';
    if (isLive) {
      if (looksAtRecords(run)) {
        if (await isOfActiveMapping(run)) {
          await postpone(database, customer, runId);
          await settle(database, customer, runId);
        }
        if (status === 'done' || status === 'superseded') await noteFailuresOf(run);
      }
      if (run.reconciles) await markFailedDue(database, customer, runId, 'all');
      // Of whoever has an account the next run would take the undoing back.
      if (run.undoes !== null) await markFailedDue(database, customer, runId, 'gone');
      await wakeForFreedAddresses(database, customer, runId);
      await expireChanges(database, runId);
      await retireLinks(database, customer);
    }
    const counts = await countChanges(database, runId);
    await updateRun(database, runId, {
      status,
      problem,
      cause,
      endedAt: new Date(),
      summary: { changes: toJson(counts) },
    });
    metrics.runEnded(customer, status);
    metrics.heldNow(customer, 0);
    if (isLive && cause !== null && problem !== null) await handleTrouble(parts, run, { cause, problem });
  }

  /** What a version that did not become the active one has nothing to do for, the active one may have. */
  async function isOfActiveMapping({ customerId, mappingVersion: version }: Run): Promise<boolean> {
    return version === ((await presentMapping(database, customerId))?.version ?? null);
  }

  /** Only of a run that came to its end: one that was stopped says nothing about single people. */
  async function noteFailuresOf({ id, customerId, mappingVersion: version }: Run): Promise<void> {
    if (version === null) return;
    const customer = toCustomerId(customerId);
    const parsed = parseMapping((await mappingVersion(database, customer, version)).document);
    // One that this release cannot read any more gives nothing up: the run has to be closed all the same.
    const giveUpAfter = 'problems' in parsed ? null : parsed.mapping.guards.giveUpAfter;
    await noteFailures(database, customer, id, giveUpAfter);
  }

  /** One that somebody terminated is closed first, as soon as what it was doing has come to its end. @throws UndoRefused, LeaseTaken */
  async function closeUndone(customer: string, number: number, asking: Asking): Promise<void> {
    const isAlive = ({ workflowId, requestKey }: Run): Promise<boolean> =>
      workflowId === asking.workflowId
        ? Promise.resolve(requestKey === asking.requestKey)
        : workflows.isUnderWay(workflowId);
    const { id, endedAt } = await findUndoable(database, customer, number, isAlive);
    if (endedAt !== null) return;
    if (!(await isLeaseFree(database, toCustomerId(customer)))) throw new LeaseTaken(customer);
    await closeRun({ runId: id, status: 'failed', problem: TERMINATED });
  }

  return {
    /** Issues the run's number and says at which pace it goes; closes runs that ended without a word. @throws OrderRefused, UnknownCustomer, UnknownMapping, UndoRefused, LeaseTaken, UnknownPilot, NothingPlanned */
    async openRun({ customer, kind, requestedBy, mapping, undo, reconcile, only, asPlanned, held }: OpenRunRequest) {
      const { workflowExecution } = activityInfo();
      const workflowId = workflowExecution?.workflowId ?? '';
      // The first run of a chain that continues as new opens it, and only that one calls this.
      const requestKey = workflowExecution?.runId ?? '';
      refuseByHand({ customer, kind, held }, workflowId);
      const { manager } = await readCustomer(database, customer);
      if (mapping !== undefined) await mappingVersion(database, customer, mapping);
      if (undo !== undefined) await closeUndone(customer, undo, { workflowId, requestKey });
      if (only !== undefined) await readPilot(database, toCustomerId(customer), only);
      const planned = asPlanned === undefined ? null : await findPlanned(database, customer, asPlanned);
      const run = await openRun(database, {
        customer: toCustomerId(customer),
        kind,
        requestedBy,
        workflowId,
        requestKey,
        undoes: undo ?? null,
        reconciles: reconcile !== undefined,
        pilotId: only ?? planned?.pilotId ?? null,
        asPlanned: planned?.number ?? null,
      });
      for (const { id } of await runsLeftOpen(database, workflowId, run.id)) {
        await closeRun({ runId: id, status: 'failed', problem: TERMINATED });
      }
      return { runId: run.id, number: run.number, manager, heartbeatSeconds, batchSize, historyEvents };
    },

    /** Writes the counts of the report; what a live run did for people takes them off the list of the due. */
    closeRun,
  };
}

/**
 * Runs of a test are told apart by the ids of their workflows, and everything else goes through guards and people. A live run of
 * an id of its own would be planned beside another one, and nobody could decide about what it holds. @throws OrderRefused
 */
function refuseByHand({ customer, kind, held }: Pick<OpenRunRequest, 'customer' | 'kind' | 'held'>, id: string): void {
  if (testOfRun(id) !== null) return;
  if (held !== undefined) throw new OrderRefused('Only a run of a test decides by itself about what guards hold.');
  if (kind === 'live' && id !== `daily-sync/${customer}`)
    throw new OrderRefused(
      `A live run of ${customer} has the id "daily-sync/${customer}", so that there is one at a time.`,
    );
}

/** Whoever is due stays so when the run did not look at their record, or when nothing could be applied. */
function looksAtRecords({ undoes, reconciles, frozenUntil }: Run): boolean {
  return undoes === null && !reconciles && frozenUntil === null;
}

function toJson(counts: readonly ChangeCount[]) {
  return counts.map(({ kind, status, changes, people }) => ({ kind, status, changes, people }));
}
