import type { DuePerson, Examined, Planner } from '../store/plans.js';
import type { Change, ChangeKind, PersonChange } from '../sync/change.js';
import { leftAloneById } from '../sync/desired/exceptions.js';
import { mapRows, prescribedPassword } from '../sync/desired/map-rows.js';
import { unknownExceptions } from '../sync/desired/unknown-exceptions.js';
import { groupKey } from '../sync/group.js';
import { guardSuspensions } from '../sync/guards/guard-suspensions.js';
import type { GroupKey, Xid } from '../sync/ids.js';
import type { CompiledMapping } from '../sync/mapping/compile.js';
import type { Outcome, Warning } from '../sync/person.js';
import { groupsToCreate } from '../sync/plan/groups-to-create.js';
import type { LinkState } from '../sync/plan/link-state.js';
import { planPerson } from '../sync/plan/plan-person.js';
import type { WritePolicies } from '../sync/plan/profile-changes.js';
import type { EmployeeRecord } from '../sync/record.js';

export interface PlannerParts {
  readonly mapping: CompiledMapping;
  readonly existing: ReadonlySet<GroupKey>;
  /** Rows of the delivery that name nobody. */
  readonly rowsWithoutId: number;
  /** XIDs that exceptions name, and that neither a row nor a link has. */
  readonly unknownXids: ReadonlySet<Xid>;
  readonly seal: (xid: Xid, password: string) => string;
}

/** The engine, page by page. */
export class RunPlanner implements Planner {
  /** One join for each group that the network does not have. */
  readonly #joins = new Map<GroupKey, PersonChange>();

  readonly #writes: WritePolicies;

  constructor(private readonly parts: PlannerParts) {
    this.#writes = new Map(parts.mapping.mapping.columns.map(({ field, write }) => [field, write]));
  }

  examine(people: readonly DuePerson[]): Examined {
    const changes: PersonChange[] = [];
    const warnings: Examined['warnings'][number][] = [];
    for (const { xid, rows, link } of people) {
      const records = rows.map((row) => ({ xid, ...row }));
      const outcome = this.outcomeOf(xid, records);
      const planned = planPerson({ outcome, link: toLinkState(link, outcome.kind), writes: this.#writes }).map(
        (change) => this.withPassword(change, records),
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
    const leftAlone = leftAloneById(mapping, xid);
    if (leftAlone !== null) return leftAlone;
    if (rowsWithoutId === 0) return { kind: 'missing', xid } as const;
    return { kind: 'unusable', xid, why: [], warnings: [notRemoved(xid, rowsWithoutId)] } as const;
  }

  groups(): readonly Extract<Change, { kind: 'create_group' }>[] {
    return groupsToCreate(this.#joins.values(), this.parts.existing);
  }

  remarks(): readonly Warning[] {
    const { mapping, unknownXids } = this.parts;
    return unknownExceptions(mapping.mapping, unknownXids);
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

const STAYS: readonly string[] = ['active', 'unusable', 'left_alone'];

/** An account that was only intended is none yet, but whoever left in the meantime must not keep it if it was made. */
function toLinkState(link: DuePerson['link'], outcome: Outcome['kind'] | 'missing'): LinkState | null {
  if (link === null) return null;
  const { state, written, invited } = link;
  if (state !== 'creating') return { state, written, invited };
  return STAYS.includes(outcome) ? null : { state: 'active', written, invited };
}

function notRemoved(xid: Xid, rows: number): Warning {
  const text =
    `The person is not in the record, but ${rows} of its rows have no usable id and may be about anybody, ` +
    'so nobody is removed for being missing. Mend the ids in the HR system.';
  return { code: 'not_removed', xid, rows: [], column: null, text };
}
