import type { Mapping } from '../sync/mapping/mapping.js';
import type { Outcome, PersonState, Why } from '../sync/person.js';
import { scopeOf } from '../sync/mapping/scope.js';
import { atomsOf } from './plan/atoms.js';
import { usesOf } from './plan/uses.js';

/** What the mapping makes otherwise of a record and its disguise. Never a value of either. */
export interface Breach {
  readonly what: 'kind' | 'groups' | 'roles' | 'audience';
  /** The rule that decided for the real record, or for the disguise where none did. */
  readonly rule: string;
  /** The first column that the rule reads; null when it reads none. */
  readonly column: string | null;
}

/**
 * The law of a test: of a record and its disguise the mapping makes the same active state, groups, roles and audience.
 * null when it does.
 */
export function compareOutcomes(mapping: Mapping, real: Outcome, disguised: Outcome): Breach | null {
  const breach = breachOf(real, disguised);
  return breach === null ? null : { ...breach, column: columnOf(breach.rule, mapping) };
}

type Found = Omit<Breach, 'column'>;

function breachOf(real: Outcome, disguised: Outcome): Found | null {
  if (real.kind !== disguised.kind) return { what: 'kind', rule: decisive(real, disguised) };
  if (real.kind !== 'active' || disguised.kind !== 'active') {
    const [one, other] = [rulesOf(real), rulesOf(disguised)];
    const odd = one.find((rule) => !other.includes(rule)) ?? other.find((rule) => !one.includes(rule));
    return odd === undefined ? null : { what: 'kind', rule: odd };
  }
  return (
    breachOfMemberships(real, disguised) ??
    breachOfPlain(real, disguised, 'roles', ({ networkRole }) => networkRole, 'role') ??
    breachOfPlain(real, disguised, 'audience', ({ audience }) => audience, 'audience')
  );
}

type Active = Extract<Outcome, { kind: 'active' }>;

function breachOfMemberships(real: Active, disguised: Active): Found | null {
  const [one, other] = [
    new Map(Object.entries(real.person.memberships)),
    new Map(Object.entries(disguised.person.memberships)),
  ];
  for (const key of new Set([...one.keys(), ...other.keys()])) {
    const [before, after] = [one.get(key), other.get(key)];
    if (before === undefined || after === undefined)
      return { what: 'groups', rule: ruleOf(`group ${key}`, real, disguised) };
    if (before.role !== after.role) return { what: 'roles', rule: ruleOf(`role ${key}`, real, disguised) };
  }
  return null;
}

function breachOfPlain(
  real: Active,
  disguised: Active,
  what: Found['what'],
  of: (person: PersonState) => string,
  subject: string,
): Found | null {
  return of(real.person) === of(disguised.person) ? null : { what, rule: ruleOf(subject, real, disguised) };
}

function ruleOf(subject: string, real: Outcome, disguised: Outcome): string {
  const find = (why: readonly Why[]) => why.find((each) => each.subject === subject)?.rule;
  return find(real.why) ?? find(disguised.why) ?? subject;
}

/** Of two kinds, what the one that is not simply active was decided by. */
function decisive(real: Outcome, disguised: Outcome): string {
  const odd = real.kind === 'active' ? disguised : real;
  return odd.why[0]?.rule ?? 'active';
}

/** Codes of what somebody lacks, for the unusable; rules, for all others. */
function rulesOf({ why }: Outcome): readonly string[] {
  return why.map(({ rule }) => rule);
}

/** Its condition's first column, or else the first that it names things by. */
function columnOf(rule: string, mapping: Mapping): string | null {
  const scope = scopeOf(mapping, null);
  const isIn = (path: string): boolean => path === rule || path.startsWith(`${rule}.`);
  const asked = atomsOf(mapping, scope).find((atom) => isIn(atom.rule));
  if (asked !== undefined) return asked.columns[0] ?? null;
  if (rule.startsWith('exceptions')) return mapping.externalId.column;
  return usesOf(mapping, scope).find((use) => isIn(use.rule))?.column ?? null;
}
