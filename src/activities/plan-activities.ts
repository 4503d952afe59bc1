import { heartbeat } from '@temporalio/activity';
import { activeMapping } from '../store/mappings.js';
import { readGroups, saveStructure } from '../store/network-groups.js';
import { writePlan, type DuePerson, type Examined, type PlanCounts, type Planner } from '../store/plans.js';
import { readRun, updateRun } from '../store/runs.js';
import type { Change, ChangeKind, PersonChange } from '../sync/change.js';
import { mapRows, prescribedPassword } from '../sync/desired/map-rows.js';
import { guardSuspensions } from '../sync/guards/guard-suspensions.js';
import { groupKey } from '../sync/group.js';
import { toCustomerId, type GroupKey, type Xid } from '../sync/ids.js';
import type { CompiledMapping } from '../sync/mapping/compile.js';
import { groupsToCreate } from '../sync/plan/groups-to-create.js';
import type { LinkState } from '../sync/plan/link-state.js';
import { planPerson } from '../sync/plan/plan-person.js';
import type { EmployeeRecord } from '../sync/record.js';
import { usableMapping } from './mapping.js';
import type { ActivityParts } from './parts.js';

export function createPlanActivities({ database, networks, metrics, passwords }: ActivityParts) {
  return {
    /** Reads the groups and roles that the network has now. */
    async readStructure({
      runId,
    }: {
      readonly runId: number;
    }): Promise<{ readonly groups: number; readonly roles: number }> {
      const customer = toCustomerId((await readRun(database, runId)).customerId);
      const network = await networks.of(customer);
      const groups = await network.groups();
      const roles = await network.roles();
      await saveStructure(database, customer, groups, roles);
      return { groups: groups.length, roles: roles.length };
    },

    /** Writes down every change of the run, with the guards' decisions. Nothing in the network is touched. */
    async makePlan({ runId }: { readonly runId: number }): Promise<PlanCounts> {
      const customer = toCustomerId((await readRun(database, runId)).customerId);
      const kept = await activeMapping(database, customer);
      const existing = new Set((await readGroups(database, customer)).map(({ key }) => key));
      const planner = new RunPlanner(usableMapping(kept), existing, (xid, text) => passwords.seal(customer, xid, text));
      const counts = await writePlan(database, { customer, runId }, planner, (examined) => heartbeat({ examined }));
      await updateRun(database, runId, { mappingVersion: kept.version });
      metrics.heldNow(
        customer,
        counts.kinds.reduce((sum, { held }) => sum + held, 0),
      );
      return counts;
    },
  };
}

/** The engine, page by page. */
class RunPlanner implements Planner {
  /** One join for each group that the network does not have. */
  readonly #joins = new Map<GroupKey, PersonChange>();

  constructor(
    private readonly mapping: CompiledMapping,
    private readonly existing: ReadonlySet<GroupKey>,
    private readonly seal: (xid: Xid, password: string) => string,
  ) {}

  examine(people: readonly DuePerson[]): Examined {
    const changes: PersonChange[] = [];
    const warnings: Examined['warnings'][number][] = [];
    for (const { xid, rows, link } of people) {
      const records = rows.map((row) => ({ xid, ...row }));
      const outcome =
        rows.length === 0
          ? ({ kind: 'missing', xid } as const)
          : mapRows(this.mapping, xid, records, { groups: this.existing });
      const planned = planPerson({ outcome, link: toLinkState(link) }).map((change) =>
        this.withPassword(change, records),
      );
      this.noteMissingGroups(planned);
      changes.push(...planned);
      if (outcome.kind !== 'missing') warnings.push(...outcome.warnings);
    }
    return { changes, warnings };
  }

  groups(): readonly Extract<Change, { kind: 'create_group' }>[] {
    return groupsToCreate(this.#joins.values(), this.existing);
  }

  hold(counts: ReadonlyMap<ChangeKind, number>, managed: number): ReadonlyMap<ChangeKind, string> {
    const { suspensions: limit } = this.mapping.mapping.guards;
    const verdict = guardSuspensions({ limit, managedPeople: managed, suspensions: counts.get('suspend') ?? 0 });
    return new Map(verdict.isHeld ? [['suspend', verdict.text]] : []);
  }

  private withPassword(change: PersonChange, records: readonly EmployeeRecord[]): PersonChange {
    if (change.kind !== 'create' || change.person.audience !== 'letter') return change;
    const text = prescribedPassword(this.mapping, records);
    return text === null ? change : { ...change, sealedPassword: this.seal(change.xid, text) };
  }

  private noteMissingGroups(changes: readonly PersonChange[]): void {
    for (const change of changes) {
      if (change.kind !== 'join') continue;
      const key = groupKey(change.group);
      if (!this.existing.has(key) && !this.#joins.has(key)) this.#joins.set(key, change);
    }
  }
}

/** An account that was only intended is none yet. */
function toLinkState(link: DuePerson['link']): LinkState | null {
  if (link === null || link.state === 'creating') return null;
  const { state, written, invited } = link;
  return { state, written, invited };
}
