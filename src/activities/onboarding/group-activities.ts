import { planGroups } from '../../proposal/overview/plan-groups.js';
import { countChanges, expireChanges } from '../../store/changes.js';
import { closeGroupRuns, groupRunKey, writeGroupPlan } from '../../store/group-plans.js';
import { decideHeld } from '../../store/holds.js';
import { readGroups } from '../../store/network-groups.js';
import { readOnboarding } from '../../store/onboardings.js';
import { openRun, readRun, updateRun } from '../../store/runs.js';
import type { GroupKind } from '../../sync/group.js';
import { toCustomerId } from '../../sync/ids.js';
import type { ActivityParts } from '../parts.js';
import { refreshStructure } from '../structure.js';
import { latestOverview } from './overview.js';

export function createGroupActivities(parts: ActivityParts) {
  const { database, networks, batchSize } = parts;
  return {
    /** Plans the groups of the overview that the network lacks, as held changes of a run of their own; one that waited from before is closed. */
    async planOverviewGroups({ onboardingId, version }: { readonly onboardingId: number; readonly version: number }) {
      const { customerId, manager, workflowId } = await readOnboarding(database, onboardingId);
      const customer = toCustomerId(customerId);
      const network = await networks.of(customer);
      await refreshStructure(database, customer, network, { forget: false });
      const overview = await latestOverview(parts, onboardingId);
      const existing = (await readGroups(database, customer)).map(({ group }) => group);
      const planned = planGroups(overview, existing);
      const run = await openRun(database, {
        ...{ customer, workflowId, kind: 'live', requestedBy: manager },
        requestKey: groupRunKey(onboardingId, version),
      });
      await writeGroupPlan(database, customer, run.id, planned);
      await closeGroupRuns(database, onboardingId, { problem: REPLACED, except: run.id });
      await updateRun(database, run.id, planned.length === 0 ? nothingToDo() : { status: 'waiting' });
      const counted = KINDS.map(([kind, words]) => `${planned.filter((group) => group.kind === kind).length} ${words}`);
      return {
        runId: run.id,
        groups: planned.length,
        words:
          `${planned.length} groups are to be created: ${counted.join(', ')}; ${existing.length} are there already. ` +
          `By name: usersync sync report ${customer} --run ${run.number}`,
      };
    },

    /** What both sides approved may be applied now. */
    async releaseGroups({ runId, by }: { readonly runId: number; readonly by: string }) {
      await decideHeld(database, runId, {}, 'planned', by);
      await updateRun(database, runId, { status: 'running' });
      const counts = await countChanges(database, runId);
      return { groups: counts.reduce((sum, { changes }) => sum + changes, 0), batchSize };
    },

    /** Reads back what was created, and closes the run. */
    async closeGroups({ runId }: { readonly runId: number }) {
      const { customerId, number } = await readRun(database, runId);
      const customer = toCustomerId(customerId);
      const network = await networks.of(customer);
      const { groups } = await refreshStructure(database, customer, network, { forget: true });
      await expireChanges(database, runId);
      const counts = await countChanges(database, runId);
      const of = (wanted: string) =>
        counts.filter(({ status }) => status === wanted).reduce((sum, { changes }) => sum + changes, 0);
      const [done, failed] = [of('done'), of('failed') + of('skipped') + of('expired')];
      const changes = counts.map(({ kind, status, changes: count, people }) => ({
        kind,
        status,
        changes: count,
        people,
      }));
      await updateRun(database, runId, {
        status: failed === 0 ? 'done' : 'failed',
        endedAt: new Date(),
        summary: { changes },
      });
      const rest = failed === 0 ? '' : ` ${failed} could not be created and are planned again.`;
      return {
        failed,
        words: `${done} groups were created; the network has ${groups.length}.${rest} See usersync sync report ${customer} --run ${number}`,
      };
    },
  };
}

const REPLACED =
  'A newer plan of the groups took its place before it was applied to the end. What was not done was left out.';

function nothingToDo() {
  return { status: 'done' as const, endedAt: new Date(), summary: { changes: [] } };
}

const KINDS: readonly (readonly [GroupKind, string])[] = [
  ['business_unit', 'business units'],
  ['department', 'departments'],
  ['local_department', 'local departments'],
];
