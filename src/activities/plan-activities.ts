import { heartbeat } from '@temporalio/activity';
import { currentFreeze } from '../store/freezes.js';
import { readGroupKeys } from '../store/network-groups.js';
import { readPilot } from '../store/pilots.js';
import { refuseOtherPlan } from '../store/planned-run.js';
import { approvedPeople } from '../store/releases.js';
import { writePlan, type PlanCounts } from '../store/plans.js';
import type { Run } from '../store/prisma/client.js';
import { readRun, updateRun } from '../store/runs.js';
import { planMoment } from '../store/waits.js';
import { xidsWithoutRecord } from '../store/unknown-xids.js';
import { markEverybodyDue } from '../store/mappings.js';
import type { OwnLimits } from '../sync/guards/judge-plan.js';
import { toCustomerId } from '../sync/ids.js';
import { exceptedXids } from '../sync/desired/unknown-exceptions.js';
import { formerAccounts } from './former-accounts.js';
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
  /** How many people the run may change, per kind, instead of what the mapping's guards say; beyond it everything is held. */
  readonly limits?: OwnLimits | undefined;
  /** What makes the network as the sync wrote it is planned, instead of what the record says. */
  readonly reconcile?: 'report' | 'repair' | undefined;
  /** Percent of the limits that the mapping sets; left out: all of it. */
  readonly percent?: number | undefined;
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

  /** A live run of another version is the one in which it becomes the active one: then everybody is due, for good. */
  async function peopleOf(run: Run, version: number | undefined): Promise<'due' | 'everybody'> {
    if (version === undefined) return 'due';
    if (run.kind !== 'live') return 'everybody';
    await markEverybodyDue(database.pool, toCustomerId(run.customerId));
    return 'due';
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

    /** Writes down every change of the run, with the guards' decisions. Nothing in the network is touched. @throws MissingColumn, PlanDiffers */
    async makePlan({ runId, mapping: version, undo, reconcile, limits, percent }: PlanRequest): Promise<MadePlan> {
      const run = await readRun(database, runId);
      const customer = toCustomerId(run.customerId);
      if (undo !== undefined) return made(run, await planUndo({ database, networks }, customer, runId, undo));
      if (reconcile !== undefined) return made(run, await planReconciling({ database, networks }, customer, runId));
      const pilot = run.pilotId === null ? null : await readPilot(database, customer, run.pilotId);
      const approved = pilot === null ? null : await approvedPeople(database, pilot.id);
      const makePlanner = async (): Promise<RunPlanner> => {
        const { kept, mapping, snapshot } = await mappingOnRecord(database, customer, version);
        await updateRun(database, runId, { mappingVersion: kept.version });
        const moment = await planMoment(database, customer);
        return new RunPlanner({
          mapping,
          onlyIn: pilot?.group ?? null,
          only: pilot === null || pilot.group !== null ? null : new Set(pilot.xids),
          ...(limits === undefined ? {} : { ownLimits: limits }),
          ...{ approved, percent },
          ...moment,
          former: await formerAccounts(database, customer, mapping, moment.today),
          existing: await readGroupKeys(database, customer),
          rowsWithoutId: snapshot?.withoutId ?? 0,
          unknownXids: await xidsWithoutRecord(database, customer, exceptedXids(mapping.mapping)),
          seal: (xid, text) => passwords.seal(customer, xid, text),
        });
      };
      const counts = await writePlan(
        database,
        { customer, runId, people: pilot === null ? await peopleOf(run, version) : { pilot } },
        makePlanner,
        (examined) => heartbeat({ examined }),
      );
      if (run.asPlanned !== null) await refuseOtherPlan(database, run, run.asPlanned);
      return made(run, counts);
    },
  };
}
