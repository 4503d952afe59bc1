import { mapRows, type KnownNetwork } from '../desired/map-rows.js';
import { groupKey, type GroupRef } from '../group.js';
import type { GroupKey, Xid } from '../ids.js';
import type { CompiledMapping } from '../mapping/compile.js';
import type { Audience, Outcome, RoleName, Warning } from '../person.js';
import type { EmployeeRecord } from '../record.js';
import type { WarningLog } from '../records/warnings.js';
import type { Effect, GroupEffect, PeopleCounts, RoleEffect } from './effect.js';
import { rulesMet, type RulesMet } from './rules-met.js';
import { Counts, Findings, SmallestKeys } from './tally.js';

/** As many as a person may want to look through; a mapping that makes more has gone wrong. */
export const MOST_GROUPS = 5_000;

type ActiveOutcome = Extract<Outcome, { readonly kind: 'active' }>;

interface GatheredGroup {
  group: GroupRef | null;
  people: number;
  admins: number;
  readonly rules: Set<string>;
}

/**
 * Gathers what a mapping makes of a snapshot, person by person and in any order, in memory that does not grow with it.
 * `known`: as for `mapRows`; when groups are given, those that the network lacks are told.
 */
export class EffectGatherer {
  private rows = 0;
  private readonly people = new Counts<keyof PeopleCounts>();
  private readonly leftOver = new Findings();
  private readonly warnings = new Findings();
  private readonly groups = gatheredGroups();
  private readonly missing = gatheredGroups();
  private readonly audiences = new Counts<Audience>();
  private readonly roles = new Map<
    string,
    { readonly target: RoleEffect['target']; readonly role: string; people: number }
  >();
  private readonly columns = new Counts<string>();
  private readonly rules = new Counts<string>();

  constructor(
    private readonly mapping: CompiledMapping,
    private readonly known: KnownNetwork = {},
  ) {}

  /** All rows of one person. `isConflict`: somebody else claims the same user name, so that the plan leaves both out. */
  add(xid: Xid, records: readonly EmployeeRecord[], { isConflict = false } = {}): void {
    const outcome = isConflict ? conflict(xid, records) : mapRows(this.mapping, xid, records, this.known);
    const readable = records.flatMap(({ row, fields }) => (fields === null ? [] : [{ row, fields }]));
    this.rows += records.length;
    this.people.add('read');
    this.people.add(COUNTED_AS[outcome.kind]);
    for (const { fields } of readable) {
      for (const [column, cell] of Object.entries(fields)) if (cell.trim() !== '') this.columns.add(column);
    }
    this.addFindings(outcome);
    const met = rulesMet(this.mapping, outcome, readable);
    for (const path of met.paths) this.rules.add(path);
    if (outcome.kind === 'inactive') this.rules.add('active');
    if (met.hasException) this.people.add('excepted');
    if (outcome.kind === 'active') this.addActive(outcome, met);
    this.addMissingGroups(xid, records, outcome, met);
  }

  /** What was found while the file itself was read. */
  addReading({ counts, kept }: Pick<WarningLog, 'counts' | 'kept'>): void {
    for (const [code, count] of counts) this.warnings.add(code, count, [], null);
    for (const { code, rows, column } of kept) this.warnings.add(code, 0, rows, column);
  }

  result(): Effect {
    return {
      rows: this.rows,
      people: this.peopleCounts(),
      leftOver: this.leftOver.counted,
      groups: groupEffects(this.groups),
      hasMoreGroups: this.groups.isCut,
      missingGroups: groupEffects(this.missing),
      audiences: this.audienceCounts(),
      roles: this.roleEffects(),
      fields: this.mapping.profile.map(({ field }) => ({ field, people: this.rules.of(`columns.${field}`) })),
      columns: [...this.columns.entries].map(([column, rows]) => ({ column, rows })).sort(byColumn),
      warnings: this.warnings.counted,
      rules: pathsOf(this.mapping).map((path) => ({ path, people: this.rules.of(path) })),
    };
  }

  private addFindings(outcome: Outcome): void {
    const codes = new Map<string, Warning[]>();
    for (const warning of outcome.warnings) codes.set(warning.code, [...(codes.get(warning.code) ?? []), warning]);
    const { kind, why } = outcome;
    if (kind !== 'active' && kind !== 'unusable') this.leftOver.add(kind, 1, why[0]?.rows ?? [], null);
    const reasons = new Set(kind === 'unusable' ? why.map(({ rule }) => rule) : []);
    for (const [code, warnings] of codes) {
      for (const [index, { rows, column }] of warnings.entries()) {
        this.warnings.add(code, index === 0 ? 1 : 0, rows, column);
        if (reasons.has(code)) this.leftOver.add(code, index === 0 ? 1 : 0, rows, column);
      }
    }
  }

  private addActive(outcome: ActiveOutcome, met: RulesMet): void {
    const { person, why } = outcome;
    this.audiences.add(person.audience);
    if (Object.keys(person.memberships).length > 0) this.people.add('inGroups');
    if (why.some(({ subject, rule }) => /^role( |$)/.test(subject) && rule.startsWith('roles')))
      this.people.add('withRole');
    const roles = new Set<string>();
    this.addRole('network', person.networkRole, roles);
    for (const { key, group, role } of membershipsOf(outcome)) {
      note(this.groups.of(key), group, role === 'admin', met.givers.get(key));
      this.addRole(group.kind, role, roles);
    }
  }

  /** Each person once for each role, in however many groups. `told`: what was counted for this person already. */
  private addRole(target: RoleEffect['target'], role: RoleName, told: Set<string>): void {
    const key = `${target} ${role}`;
    if (role === 'member' || told.has(key)) return;
    told.add(key);
    const known = this.roles.get(key);
    if (known === undefined) this.roles.set(key, { target, role, people: 1 });
    else known.people += 1;
  }

  /** Also of people who are left out just because their group is not there. */
  private addMissingGroups(xid: Xid, records: readonly EmployeeRecord[], outcome: Outcome, met: RulesMet): void {
    const { groups } = this.known;
    if (groups === undefined || (outcome.kind !== 'active' && outcome.kind !== 'unusable')) return;
    const wanted = this.mapping.mapping.options.createMissingGroups ? outcome : mapRows(this.mapping, xid, records);
    if (wanted.kind !== 'active') return;
    for (const { group, role, key } of membershipsOf(wanted)) {
      if (!groups.has(key)) note(this.missing.of(key), group, role === 'admin', met.givers.get(key));
    }
  }

  private roleEffects(): readonly RoleEffect[] {
    return [...this.roles].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, role]) => role);
  }

  private peopleCounts(): PeopleCounts {
    const of = (key: keyof PeopleCounts): number => this.people.of(key);
    return {
      ...{ read: of('read'), active: of('active'), inactive: of('inactive'), leftOut: of('leftOut') },
      ...{ leftAlone: of('leftAlone'), keptOut: of('keptOut') },
      ...{ inGroups: of('inGroups'), withRole: of('withRole'), excepted: of('excepted') },
    };
  }

  private audienceCounts(): Effect['audiences'] {
    const of = (audience: Audience): number => this.audiences.of(audience);
    return { email: of('email'), sms: of('sms'), letter: of('letter'), sso: of('sso'), none: of('none') };
  }
}

const COUNTED_AS = {
  active: 'active',
  inactive: 'inactive',
  unusable: 'leftOut',
  left_alone: 'leftAlone',
  kept_out: 'keptOut',
} as const satisfies Record<Outcome['kind'], keyof PeopleCounts>;

/** Every rule that can decide something about a person, in the order of the document's sections. */
function pathsOf({ mapping, profile }: CompiledMapping): readonly string[] {
  const sections = [mapping.groups, mapping.roles, mapping.invitations, mapping.exceptions];
  return [
    ...(mapping.active === null ? [] : ['active']),
    ...profile.map(({ field }) => `columns.${field}`),
    ...sections.flatMap((rules) => rules.map(({ at }) => at.path)),
  ];
}

function conflict(xid: Xid, records: readonly EmployeeRecord[]): Outcome {
  const rows = records.map(({ row }) => row);
  const warning = { code: 'conflict', xid, rows, column: null, text: 'Somebody else claims the same user name.' };
  return { kind: 'unusable', xid, why: [{ subject: 'unusable', rule: 'conflict', rows }], warnings: [warning] };
}

function gatheredGroups(): SmallestKeys<GroupKey, GatheredGroup> {
  return new SmallestKeys<GroupKey, GatheredGroup>(MOST_GROUPS, () => ({
    group: null,
    people: 0,
    admins: 0,
    rules: new Set(),
  }));
}

/** Of names that differ in case only the first by its letters is told, whatever the order of people. */
function note(entry: GatheredGroup, group: GroupRef, isAdmin: boolean, rules: ReadonlySet<string> = new Set()): void {
  entry.people += 1;
  if (isAdmin) entry.admins += 1;
  if (entry.group === null || JSON.stringify(group) < JSON.stringify(entry.group)) entry.group = group;
  for (const rule of rules) entry.rules.add(rule);
}

function groupEffects(groups: SmallestKeys<GroupKey, GatheredGroup>): readonly GroupEffect[] {
  return groups.entries.flatMap(([key, { group, people, admins, rules }]) =>
    group === null ? [] : [{ key, group, people, admins, rules: [...rules].sort() }],
  );
}

function membershipsOf({ person }: ActiveOutcome) {
  return Object.values(person.memberships).map((membership) => ({ ...membership, key: groupKey(membership.group) }));
}

function byColumn(a: { readonly column: string }, b: { readonly column: string }): number {
  return a.column < b.column ? -1 : 1;
}
