import { heartbeat } from '@temporalio/activity';
import { currentFreeze } from '../store/freezes.js';
import { readGroups, saveStructure } from '../store/network-groups.js';
import { readPilot } from '../store/pilots.js';
import { writePlan, type PlanCounts } from '../store/plans.js';
import type { Run } from '../store/prisma/client.js';
import { readRun, updateRun } from '../store/runs.js';
import { lastAccepted } from '../store/snapshots.js';
import { planMoment } from '../store/waits.js';
import { xidsWithoutRecord } from '../store/unknown-xids.js';
import { readUndone } from '../store/undone-run.js';
import { toCustomerId, type CustomerId, type Eid } from '../sync/ids.js';
import type { Profile } from '../sync/person.js';
import type { Network } from '../network/network.js';
import { exceptedXids } from '../sync/desired/unknown-exceptions.js';
import { orderedMapping, refuseMissingColumns, usableMapping } from './mapping.js';
import type { ActivityParts } from './parts.js';
import { planReconciling } from './plan-reconciling.js';
import { RunPlanner } from './run-planner.js';
import { peopleToLookAt, UndoPlanner } from './undo-planner.js';

export interface PlanRequest {
  readonly runId: number;
  /** In a dry run, this version of the mapping instead of the active one; then everybody is looked at, due or not. */
  readonly mapping?: number;
  /** Number of a run that is to be undone: then the way back from it is planned. */
  readonly undo?: number;
  /** What makes the network as the sync wrote it is planned, instead of what the record says. */
  readonly reconcile?: 'report' | 'repair';
}

/** A plan in numbers. */
export interface MadePlan extends PlanCounts {
  /** Nothing of it is to be applied. */
  readonly frozen?: { readonly until: string; readonly by: string };
}

export function createPlanActivities({ database, networks, metrics, passwords }: ActivityParts) {
  /** A live run of a frozen customer ends with its plan; the run remembers why. */
  async function unlessFrozen(run: Run, counts: PlanCounts): Promise<MadePlan> {
    const frozen = run.kind === 'live' ? await currentFreeze(database, toCustomerId(run.customerId)) : null;
    await updateRun(database, run.id, { frozenUntil: frozen?.until ?? null });
    return frozen === null ? counts : { ...counts, frozen: { until: frozen.until.toISOString(), by: frozen.by } };
  }

  function counted(customer: CustomerId, counts: PlanCounts): PlanCounts {
    metrics.heldNow(
      customer,
      counts.kinds.reduce((sum, { held }) => sum + held, 0),
    );
    return counts;
  }

  /** The network is read before the customer is locked, since that may take minutes. */
  async function planUndo(customer: CustomerId, runId: number, number: number): Promise<PlanCounts> {
    const before = await readUndone(database, customer, number);
    const shown = await lookAt(await networks.of(customer), peopleToLookAt(before));
    const makePlanner = async (): Promise<UndoPlanner> => {
      const kept = await orderedMapping(database, customer, undefined);
      await updateRun(database, runId, { mappingVersion: kept.version });
      return new UndoPlanner({
        shown,
        undone: await readUndone(database, customer, number),
        guards: usableMapping(kept).mapping.guards,
        existing: new Set((await readGroups(database, customer)).map(({ key }) => key)),
      });
    };
    const order = { customer, runId, people: { changedIn: before.id } };
    return counted(customer, await writePlan(database, order, makePlanner, (examined) => heartbeat({ examined })));
  }

  return {
    /** Reads the groups and roles that the network has now. */
    async readStructure({
      runId,
    }: {
      readonly runId: number;
    }): Promise<{ readonly groups: number; readonly roles: number }> {
      const run = await readRun(database, runId);
      const customer = toCustomerId(run.customerId);
      const network = await networks.of(customer);
      const groups = await network.groups();
      const roles = await network.roles();
      await saveStructure(database, customer, groups, roles, { forget: run.kind === 'live' });
      return { groups: groups.length, roles: roles.length };
    },

    /** Writes down every change of the run, with the guards' decisions. Nothing in the network is touched. @throws MissingColumn */
    async makePlan({ runId, mapping: version, undo, reconcile }: PlanRequest): Promise<MadePlan> {
      const run = await readRun(database, runId);
      const customer = toCustomerId(run.customerId);
      if (undo !== undefined) return unlessFrozen(run, await planUndo(customer, runId, undo));
      if (reconcile !== undefined) {
        return unlessFrozen(run, counted(customer, await planReconciling({ database, networks }, customer, runId)));
      }
      const pilot = run.pilotId === null ? null : await readPilot(database, customer, run.pilotId);
      const makePlanner = async (): Promise<RunPlanner> => {
        const kept = await orderedMapping(database, customer, version);
        const snapshot = await lastAccepted(database, customer);
        const mapping = usableMapping(kept);
        if (snapshot !== null) refuseMissingColumns(mapping, snapshot.columns);
        await updateRun(database, runId, { mappingVersion: kept.version });
        return new RunPlanner({
          mapping,
          onlyIn: pilot?.group ?? null,
          ...(await planMoment(database, customer)),
          existing: new Set((await readGroups(database, customer)).map(({ key }) => key)),
          rowsWithoutId: snapshot?.withoutId ?? 0,
          unknownXids: await xidsWithoutRecord(database, customer, exceptedXids(mapping.mapping)),
          seal: (xid, text) => passwords.seal(customer, xid, text),
        });
      };
      const counts = await writePlan(
        database,
        { customer, runId, people: pilot === null ? (version === undefined ? 'due' : 'everybody') : { pilot } },
        makePlanner,
        (examined) => heartbeat({ examined }),
      );
      return unlessFrozen(run, counted(customer, counts));
    },
  };
}

/** What the network shows of these people, in one reading of it. */
async function lookAt(network: Network, wanted: ReadonlySet<Eid>): Promise<ReadonlyMap<Eid, Profile>> {
  const shown = new Map<Eid, Profile>();
  if (wanted.size === 0) return shown;
  for await (const page of network.people()) {
    for (const { eid, profile } of page) if (wanted.has(eid)) shown.set(eid, profile);
    heartbeat();
  }
  return shown;
}
