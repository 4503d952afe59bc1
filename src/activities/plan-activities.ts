import { heartbeat } from '@temporalio/activity';
import { currentFreeze } from '../store/freezes.js';
import { readGroupKeys } from '../store/network-groups.js';
import { readPilot } from '../store/pilots.js';
import { approvedPeople } from '../store/releases.js';
import { writePlan, type PlanCounts } from '../store/plans.js';
import type { Run } from '../store/prisma/client.js';
import { readRun, updateRun } from '../store/runs.js';
import { planMoment } from '../store/waits.js';
import { xidsWithoutRecord } from '../store/unknown-xids.js';
import { toCustomerId } from '../sync/ids.js';
import { exceptedXids } from '../sync/desired/unknown-exceptions.js';
import { mappingOnRecord } from './mapping.js';
import type { ActivityParts } from './parts.js';
import { planReconciling } from './plan-reconciling.js';
import { planUndo } from './plan-undo.js';
import { RunPlanner } from './run-planner.js';
import { refreshStructure } from './structure.js';

export interface PlanRequest {
  readonly runId: number;
  /** In a dry run, this version of the mapping instead of the active one; then everybody is looked at, due or not. */
  readonly mapping?: number | undefined;
  /** Number of a run that is to be undone: then the way back from it is planned. */
  readonly undo?: number | undefined;
  /** What makes the network as the sync wrote it is planned, instead of what the record says. */
  readonly reconcile?: 'report' | 'repair' | undefined;
  /** Percent of the limits that the mapping sets; left out: all of it. */
  readonly limits?: number | undefined;
}

/** A plan in numbers. */
export interface MadePlan extends PlanCounts {
  /** Nothing of it is to be applied. */
  readonly frozen?: { readonly until: string; readonly by: string };
}

export function createPlanActivities({ database, networks, metrics, passwords }: ActivityParts) {
  /** Counts what is held. A live run of a frozen customer ends with its plan; the run remembers why. */
  async function made(run: Run, counts: PlanCounts): Promise<MadePlan> {
    const customer = toCustomerId(run.customerId);
    metrics.heldNow(
      customer,
      counts.kinds.reduce((sum, { held }) => sum + held, 0),
    );
    const frozen = run.kind === 'live' ? await currentFreeze(database, customer) : null;
    await updateRun(database, run.id, { frozenUntil: frozen?.until ?? null });
    return frozen === null ? counts : { ...counts, frozen: { until: frozen.until.toISOString(), by: frozen.by } };
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
      const { groups, roles } = await refreshStructure(database, customer, network, { forget: run.kind === 'live' });
      return { groups: groups.length, roles: roles.length };
    },

    /** Writes down every change of the run, with the guards' decisions. Nothing in the network is touched. @throws MissingColumn */
    async makePlan({ runId, mapping: version, undo, reconcile, limits }: PlanRequest): Promise<MadePlan> {
      const run = await readRun(database, runId);
      const customer = toCustomerId(run.customerId);
      if (undo !== undefined) return made(run, await planUndo({ database, networks }, customer, runId, undo));
      if (reconcile !== undefined) return made(run, await planReconciling({ database, networks }, customer, runId));
      const pilot = run.pilotId === null ? null : await readPilot(database, customer, run.pilotId);
      const approved = pilot === null ? null : await approvedPeople(database, pilot.id);
      const makePlanner = async (): Promise<RunPlanner> => {
        const { kept, mapping, snapshot } = await mappingOnRecord(database, customer, version);
        await updateRun(database, runId, { mappingVersion: kept.version });
        return new RunPlanner({
          mapping,
          onlyIn: pilot?.group ?? null,
          ...{ approved, limits },
          ...(await planMoment(database, customer)),
          existing: await readGroupKeys(database, customer),
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
      return made(run, counts);
    },
  };
}
