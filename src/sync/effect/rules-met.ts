import { exceptionsFor } from '../desired/exceptions.js';
import type { Row } from '../desired/duplicates.js';
import { groupKey, parentsOf, type GroupRef } from '../group.js';
import type { GroupKey, Xid } from '../ids.js';
import type { CompiledMapping } from '../mapping/compile.js';
import type { Outcome } from '../person.js';

/** Paths of the rules that decided something about one person. */
export interface RulesMet {
  readonly paths: ReadonlySet<string>;
  /** For each group, the rules that give it. */
  readonly givers: ReadonlyMap<GroupKey, ReadonlySet<string>>;
  readonly hasException: boolean;
}

/**
 * Every group rule that gives a group counts, and not only the one that gave it first; of roles and audiences, where the
 * first rule wins, the winner.
 */
export function rulesMet(mapping: CompiledMapping, outcome: Outcome, readable: readonly Row[]): RulesMet {
  const active = readable.filter(({ fields }) => mapping.active(fields));
  const rows = active.length === 0 ? readable : active;
  const exceptions = exceptionsOf(mapping, outcome, rows);
  const paths = new Set(exceptions.map(({ exception }) => exception.at.path));
  const givers = new Map<GroupKey, Set<string>>();
  if (outcome.kind === 'active') {
    for (const rule of mapping.groups) {
      for (const { fields } of rows) if (rule.when(fields)) note(givers, rule.groupsOf(fields), rule.at.path);
    }
    for (const { exception, rows: met } of exceptions) {
      for (const { groupsOf } of exception.addTo)
        for (const { fields } of met) note(givers, groupsOf(fields), exception.at.path);
    }
    for (const given of givers.values()) for (const path of given) paths.add(path);
    for (const { subject, rule } of outcome.why) if (isWinner(subject)) paths.add(rule);
    for (const field of Object.keys(outcome.person.profile)) paths.add(`columns.${field}`);
  }
  return { paths, givers, hasException: exceptions.length > 0 };
}

function exceptionsOf(
  mapping: CompiledMapping,
  { kind, xid }: { kind: Outcome['kind']; xid: Xid },
  rows: readonly Row[],
) {
  return kind === 'unusable' || mapping.exceptions.length === 0 ? [] : exceptionsFor(mapping, xid, rows);
}

function isWinner(subject: string): boolean {
  return subject === 'audience' || subject === 'role' || subject.startsWith('role ');
}

function note(givers: Map<GroupKey, Set<string>>, groups: readonly GroupRef[], path: string): void {
  for (const each of groups.flatMap((group) => [group, ...parentsOf(group)])) {
    const key = groupKey(each);
    const known = givers.get(key);
    if (known === undefined) givers.set(key, new Set([path]));
    else known.add(path);
  }
}
