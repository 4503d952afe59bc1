import { heartbeat } from '@temporalio/activity';
import { activeMapping } from '../store/mappings.js';
import { readGroups, saveStructure } from '../store/network-groups.js';
import { writePlan, type DuePerson, type Examined, type PlanCounts, type Planner } from '../store/plans.js';
import { readRun, updateRun } from '../store/runs.js';
import type { Change, ChangeKind, PersonChange } from '../sync/change.js';
import { mapRows, prescribedPassword } from '../sync/desired/map-rows.js';
import { guardSuspensions } from '../sync/guards/guard-suspensions.js';
import { groupKey } from '../sync/group.js';
import type { Outcome, Warning } from '../sync/person.js';
import { toCustomerId, type GroupKey, type Xid } from '../sync/ids.js';
import { columnsRead, type CompiledMapping } from '../sync/mapping/compile.js';
import { MissingColumn } from '../sync/records/errors.js';
import { lastAccepted } from '../store/snapshots.js';
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
      const run = await readRun(database, runId);
      const customer = toCustomerId(run.customerId);
      const network = await networks.of(customer);
      const groups = await network.groups();
      const roles = await network.roles();
      await saveStructure(database, customer, groups, roles, { forget: run.kind === 'live' });
      return { groups: groups.length, roles: roles.length };
    },

    /** Writes down every change of the run, with the guards' decisions. Nothing in the network is touched. @throws MissingColumn */
    async makePlan({ runId }: { readonly runId: number }): Promise<PlanCounts> {
      const customer = toCustomerId((await readRun(database, runId)).customerId);
      const makePlanner = async (): Promise<RunPlanner> => {
        const kept = await activeMapping(database, customer);
        const snapshot = await lastAccepted(database, customer);
        const mapping = usableMapping(kept);
        if (snapshot !== null) refuseMissingColumns(mapping, snapshot.columns);
        await updateRun(database, runId, { mappingVersion: kept.version });
        return new RunPlanner({
          mapping,
          existing: new Set((await readGroups(database, customer)).map(({ key }) => key)),
          rowsWithoutId: snapshot?.withoutId ?? 0,
          seal: (xid, text) => passwords.seal(customer, xid, text),
        });
      };
      const counts = await writePlan(database, { customer, runId }, makePlanner, (examined) => heartbeat({ examined }));
      metrics.heldNow(
        customer,
        counts.kinds.reduce((sum, { held }) => sum + held, 0),
      );
      return counts;
    },
  };
}

/** A mapping may be newer than the delivery: a column that it lacks would read as empty for everybody. @throws MissingColumn */
function refuseMissingColumns({ mapping }: CompiledMapping, columns: readonly string[]): void {
  const missing = columnsRead(mapping).filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new MissingColumn(missing, columns);
}

interface PlannerParts {
  readonly mapping: CompiledMapping;
  readonly existing: ReadonlySet<GroupKey>;
  /** Rows of the delivery that name nobody. */
  readonly rowsWithoutId: number;
  readonly seal: (xid: Xid, password: string) => string;
}

/** The engine, page by page. */
class RunPlanner implements Planner {
  /** One join for each group that the network does not have. */
  readonly #joins = new Map<GroupKey, PersonChange>();

  constructor(private readonly parts: PlannerParts) {}

  examine(people: readonly DuePerson[]): Examined {
    const changes: PersonChange[] = [];
    const warnings: Examined['warnings'][number][] = [];
    for (const { xid, rows, link } of people) {
      const records = rows.map((row) => ({ xid, ...row }));
      const outcome = this.outcomeOf(xid, records);
      const planned = planPerson({ outcome, link: toLinkState(link, outcome.kind) }).map((change) =>
        this.withPassword(change, records),
      );
      this.noteMissingGroups(planned);
      changes.push(...planned);
      if (outcome.kind !== 'missing') warnings.push(...outcome.warnings);
    }
    return { changes, warnings };
  }

  /** While rows of a delivery name nobody, it cannot be told who is missing. */
  private outcomeOf(xid: Xid, records: readonly EmployeeRecord[]) {
    const { mapping, existing, rowsWithoutId } = this.parts;
    if (records.length > 0) return mapRows(mapping, xid, records, { groups: existing });
    if (rowsWithoutId === 0) return { kind: 'missing', xid } as const;
    return { kind: 'unusable', xid, why: [], warnings: [notRemoved(xid, rowsWithoutId)] } as const;
  }

  groups(): readonly Extract<Change, { kind: 'create_group' }>[] {
    return groupsToCreate(this.#joins.values(), this.parts.existing);
  }

  hold(counts: ReadonlyMap<ChangeKind, number>, managed: number): ReadonlyMap<ChangeKind, string> {
    const { suspensions: limit } = this.parts.mapping.mapping.guards;
    const verdict = guardSuspensions({ limit, managedPeople: managed, suspensions: counts.get('suspend') ?? 0 });
    return new Map(verdict.isHeld ? [['suspend', verdict.text]] : []);
  }

  private withPassword(change: PersonChange, records: readonly EmployeeRecord[]): PersonChange {
    if (change.kind !== 'create' || change.person.audience !== 'letter') return change;
    const text = prescribedPassword(this.parts.mapping, records);
    return text === null ? change : { ...change, sealedPassword: this.parts.seal(change.xid, text) };
  }

  private noteMissingGroups(changes: readonly PersonChange[]): void {
    for (const change of changes) {
      if (change.kind !== 'join') continue;
      const key = groupKey(change.group);
      if (!this.parts.existing.has(key) && !this.#joins.has(key)) this.#joins.set(key, change);
    }
  }
}

/** An account that was only intended is none yet, but whoever left in the meantime must not keep it if it was made. */
function toLinkState(link: DuePerson['link'], outcome: Outcome['kind'] | 'missing'): LinkState | null {
  if (link === null) return null;
  const { state, written, invited } = link;
  if (state !== 'creating') return { state, written, invited };
  return outcome === 'active' || outcome === 'unusable' ? null : { state: 'active', written, invited };
}

function notRemoved(xid: Xid, rows: number): Warning {
  const text =
    `The person is not in the record, but ${rows} of its rows have no usable id and may be about anybody, ` +
    'so nobody is removed for being missing. Mend the ids in the HR system.';
  return { code: 'not_removed', xid, rows: [], column: null, text };
}
