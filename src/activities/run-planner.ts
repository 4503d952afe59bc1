import type { DuePerson, Examined, Planner } from '../store/plans.js';
import type { FormerAccount, FormerAccounts } from './former-accounts.js';
import { madeAccount } from './made-account.js';
import { MissingGroups } from './missing-groups.js';
import type { Wait } from '../store/waits.js';
import type { Change, PersonChange } from '../sync/change.js';
import { nextDate } from '../sync/desired/dates.js';
import { leftAloneById } from '../sync/desired/exceptions.js';
import { mapRows, prescribedPassword } from '../sync/desired/map-rows.js';
import { unknownExceptions } from '../sync/desired/unknown-exceptions.js';
import {
  judgeByOwnLimits,
  judgePlan,
  type OwnLimits,
  type PlanFigures,
  type Verdict,
} from '../sync/guards/judge-plan.js';
import { tighterGuards } from '../sync/guards/tighter-guards.js';
import { judgeAbsence, type AbsenceVerdict } from '../sync/guards/judge-absence.js';
import { groupKey, type GroupRef } from '../sync/group.js';
import type { GroupKey, Xid } from '../sync/ids.js';
import type { CompiledMapping } from '../sync/mapping/compile.js';
import type { Warning } from '../sync/person.js';
import type { LinkState } from '../sync/plan/link-state.js';
import { planPerson, type Subject } from '../sync/plan/plan-person.js';
import { writePolicies, type WritePolicies } from '../sync/plan/profile-changes.js';
import type { EmployeeRecord } from '../sync/record.js';

export interface PlannerParts {
  readonly mapping: CompiledMapping;
  readonly existing: ReadonlySet<GroupKey>;
  /** Only people who are in this group, or are to be; null: everybody. */
  readonly onlyIn?: GroupRef | null;
  /** Only these people; null: everybody. */
  readonly only?: ReadonlySet<Xid> | null;
  /** Of this run alone, instead of the mapping's. */
  readonly ownLimits?: OwnLimits;
  /** People of the approved plan, where the run is a wave of a release. */
  readonly approved?: number | null;
  /** Percent of the limits of the mapping that hold in this run; left out: 100. */
  readonly percent?: number | undefined;
  /** Rows of the delivery that name nobody. */
  readonly rowsWithoutId: number;
  /** XIDs that exceptions name, and that neither a row nor a link has. */
  readonly unknownXids: ReadonlySet<Xid>;
  readonly seal: (xid: Xid, password: string) => string;
  readonly now: Date;
  /** The day at the customer, `2026-11-30`. */
  readonly today: string;
  /** Of people who left; left out: who returns under a new XID is somebody new. */
  readonly former?: FormerAccounts;
}

/** The engine, page by page. */
export class RunPlanner implements Planner {
  readonly #missingGroups: MissingGroups;
  /** People who are to be in the network and have no active account in it. */
  #arriving = 0;

  readonly #writes: WritePolicies;
  /** Those whom the run is for, where it is limited to a group. */
  readonly #pilotPeople: Xid[] = [];

  constructor(private readonly parts: PlannerParts) {
    this.#missingGroups = new MissingGroups(parts.existing);
    this.#writes = writePolicies(parts.mapping.mapping.columns);
  }

  examine(people: readonly DuePerson[]): Examined {
    const changes: PersonChange[] = [];
    const others: PersonChange[] = [];
    const warnings: Examined['warnings'][number][] = [];
    const waits: Wait[] = [];
    let examined = 0;
    for (const { xid, rows, link: own } of people) {
      const records = rows.map((row) => ({ xid, ...row }));
      const absent = this.absentOf(records, own);
      const wait = this.waitOf(xid, records, absent);
      const ownOutcome = this.outcomeOf(xid, records, own, absent);
      const former = this.formerOf(ownOutcome, own);
      const outcome = former.length > 1 ? asUnusable(xid, severalAccounts(xid)) : ownOutcome;
      const link = former[0]?.link ?? own;
      const found = planPerson({ outcome, link: toLinkState(link, outcome.kind), writes: this.#writes }).map((change) =>
        this.completed(change, former[0]?.xid),
      );
      if (!this.isMeant(xid, outcome, link)) {
        others.push(...found);
        continue;
      }
      examined += 1;
      if (wait !== null) waits.push(wait);
      if (outcome.kind === 'active' && link?.state !== 'active') this.#arriving += 1;
      const planned = found.map((change) => this.withPassword(change, records));
      this.#missingGroups.note(planned);
      changes.push(...planned);
      if (outcome.kind !== 'missing') warnings.push(...outcome.warnings);
    }
    return { changes, warnings, waits, examined, ...(others.length > 0 && { others }) };
  }

  /** Whom the run is limited to: the link says who is in the group, the record who is to be. */
  private isMeant(xid: Xid, outcome: ReturnType<RunPlanner['outcomeOf']>, link: DuePerson['link']): boolean {
    const { onlyIn = null, only = null } = this.parts;
    if (only !== null) return only.has(xid);
    if (onlyIn === null) return true;
    const key = groupKey(onlyIn);
    const isIn = link?.written.memberships[key] !== undefined;
    const isToBe = outcome.kind === 'active' && outcome.person.memberships[key] !== undefined;
    if (isIn || isToBe) this.#pilotPeople.push(xid);
    return isIn || isToBe;
  }

  get pilotPeople(): readonly Xid[] {
    return this.#pilotPeople;
  }

  /** While rows of a delivery name nobody, it cannot be told who is missing. */
  private outcomeOf(
    xid: Xid,
    records: readonly EmployeeRecord[],
    link: DuePerson['link'],
    absent: AbsenceVerdict | null,
  ) {
    const { mapping, existing, rowsWithoutId, today } = this.parts;
    const hasAccount = link?.state === 'active';
    if (records.length > 0) return mapRows(mapping, xid, records, { groups: existing, today, hasAccount });
    const leftAlone = leftAloneById(mapping, xid);
    if (leftAlone !== null) return leftAlone;
    if (rowsWithoutId > 0) return asUnusable(xid, notRemoved(xid, rowsWithoutId));
    if (absent === null || absent.step === 'is suspended') return { kind: 'missing', xid } as const;
    if (absent.step === 'stays') return asUnusable(xid, notYetRemoved(xid));
    return { kind: 'without_groups', xid, warnings: [withoutGroups(xid)] } as const;
  }

  /** On which step somebody is whom no row names; null: no step is waited for. */
  private absentOf(records: readonly EmployeeRecord[], link: DuePerson['link']): AbsenceVerdict | null {
    if (records.length > 0 || link?.state !== 'active' || link.missingSince === null) return null;
    const { mapping, now } = this.parts;
    const absence = { since: new Date(link.missingSince), snapshots: link.missingSnapshots };
    return judgeAbsence(mapping.mapping.guards.missing, absence, now);
  }

  /** When time alone may change what becomes of somebody, or the next delivery without them. */
  private waitOf(xid: Xid, records: readonly EmployeeRecord[], absent: AbsenceVerdict | null): Wait | null {
    const { mapping, today } = this.parts;
    if (records.length > 0) {
      const date = nextDate(mapping, records, today);
      return date === null ? null : { xid, until: date, reason: 'date' };
    }
    if (absent === null || absent.until === null) return null;
    return { xid, until: absent.until === 'delivery' ? null : absent.until.toISOString(), reason: 'missing' };
  }

  groups(): readonly Extract<Change, { kind: 'create_group' }>[] {
    return this.#missingGroups.toCreate();
  }

  remarks(): readonly Warning[] {
    const { mapping, unknownXids } = this.parts;
    return unknownExceptions(mapping.mapping, unknownXids);
  }

  get whenHeld() {
    return this.parts.ownLimits === undefined ? this.parts.mapping.mapping.guards.whenHeld : 'wait';
  }

  hold(figures: Omit<PlanFigures, 'arriving' | 'approved'>): Verdict {
    const { mapping, ownLimits, approved = null, percent = 100 } = this.parts;
    if (ownLimits !== undefined) return judgeByOwnLimits(ownLimits, figures.people);
    const guards = tighterGuards(mapping.mapping.guards, percent);
    return judgePlan(guards, { ...figures, arriving: this.#arriving, approved });
  }

  /** The accounts that a newcomer may have had under another XID. */
  private formerOf(outcome: ReturnType<RunPlanner['outcomeOf']>, link: DuePerson['link']): readonly FormerAccount[] {
    const { former } = this.parts;
    // An account that was only intended was never made: the address of the older one stood in its way.
    const isNew = link === null || link.state === 'creating';
    return former === undefined || !isNew || outcome.kind !== 'active' ? [] : former.of(outcome.person);
  }

  private completed(change: PersonChange, former: Xid | undefined): PersonChange {
    if (change.kind === 'restore' && former !== undefined)
      return { ...change, formerXid: former, reason: { ...change.reason, text: RETURNED } };
    return this.withAdoption(change);
  }

  private withAdoption(change: PersonChange): PersonChange {
    const { adoptByEmail } = this.parts.mapping.mapping.options;
    if (change.kind !== 'create' || !adoptByEmail || change.person.profile.email === undefined) return change;
    return { ...change, adoptsByEmail: true };
  }

  private withPassword(change: PersonChange, records: readonly EmployeeRecord[]): PersonChange {
    if (change.kind !== 'create' || change.person.audience !== 'letter') return change;
    const text = prescribedPassword(this.parts.mapping, records, { today: this.parts.today });
    return text === null ? change : { ...change, sealedPassword: this.parts.seal(change.xid, text) };
  }
}

const RETURNED =
  'Is active in the record under a new id, and a suspended account has the same e-mail address; that account gets the new id';

const STAYS: readonly string[] = ['active', 'unusable', 'left_alone'];

/** An account that was only intended is none yet, but whoever left in the meantime must not keep it if it was made. */
function toLinkState(link: DuePerson['link'], outcome: Subject['outcome']['kind']): LinkState | null {
  if (link?.state !== 'creating' || STAYS.includes(outcome)) return madeAccount(link);
  const { written, invited } = link;
  return { state: 'active', written, invited };
}

function asUnusable(xid: Xid, warning: Warning) {
  return { kind: 'unusable', xid, why: [], warnings: [warning] } as const;
}

function severalAccounts(xid: Xid): Warning {
  const text =
    'Several suspended accounts have the e-mail address of this newcomer, and which of them is theirs is for a person to say. ' +
    'Nothing was changed for them; mend the addresses in the HR system.';
  return { code: 'conflict', xid, rows: [], column: null, text };
}

function notYetRemoved(xid: Xid): Warning {
  const text =
    'The person is not in the record, and is not removed yet: the mapping waits for more deliveries or more days (`guards.missing`).';
  return { code: 'missing_for_now', xid, rows: [], column: null, text };
}

function withoutGroups(xid: Xid): Warning {
  const text =
    'The person is not in the record, leaves the groups that the sync gave, and is not removed yet: the mapping waits for more ' +
    'deliveries or more days (`guards.missing`).';
  return { code: 'missing_for_now', xid, rows: [], column: null, text };
}

function notRemoved(xid: Xid, rows: number): Warning {
  const text =
    `The person is not in the record, but ${rows} of its rows have no usable id and may be about anybody, ` +
    'so nobody is removed for being missing. Mend the ids in the HR system.';
  return { code: 'not_removed', xid, rows: [], column: null, text };
}
