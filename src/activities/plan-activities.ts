import { heartbeat } from '@temporalio/activity';
import { readGroups, saveStructure } from '../store/network-groups.js';
import { writePlan, type PlanCounts } from '../store/plans.js';
import { readRun, updateRun } from '../store/runs.js';
import { lastAccepted } from '../store/snapshots.js';
import { planMoment } from '../store/waits.js';
import { xidsWithoutRecord } from '../store/unknown-xids.js';
import { toCustomerId } from '../sync/ids.js';
import { exceptedXids } from '../sync/desired/unknown-exceptions.js';
import { orderedMapping, refuseMissingColumns, usableMapping } from './mapping.js';
import type { ActivityParts } from './parts.js';
import { RunPlanner } from './run-planner.js';

export interface PlanRequest {
  readonly runId: number;
  /** In a dry run, this version of the mapping instead of the active one; then everybody is looked at, due or not. */
  readonly mapping?: number;
}

export function createPlanActivities({ database, networks, metrics, passwords }: ActivityParts) {
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
    async makePlan({ runId, mapping: version }: PlanRequest): Promise<PlanCounts> {
      const customer = toCustomerId((await readRun(database, runId)).customerId);
      const makePlanner = async (): Promise<RunPlanner> => {
        const kept = await orderedMapping(database, customer, version);
        const snapshot = await lastAccepted(database, customer);
        const mapping = usableMapping(kept);
        if (snapshot !== null) refuseMissingColumns(mapping, snapshot.columns);
        await updateRun(database, runId, { mappingVersion: kept.version });
        return new RunPlanner({
          mapping,
          ...(await planMoment(database, customer)),
          existing: new Set((await readGroups(database, customer)).map(({ key }) => key)),
          rowsWithoutId: snapshot?.withoutId ?? 0,
          unknownXids: await xidsWithoutRecord(database, customer, exceptedXids(mapping.mapping)),
          seal: (xid, text) => passwords.seal(customer, xid, text),
        });
      };
      const counts = await writePlan(
        database,
        { customer, runId, people: version === undefined ? 'due' : 'everybody' },
        makePlanner,
        (examined) => heartbeat({ examined }),
      );
      metrics.heldNow(
        customer,
        counts.kinds.reduce((sum, { held }) => sum + held, 0),
      );
      return counts;
    },
  };
}
