import { groupKey, parentsOf, type GroupRef } from '../group.js';
import type { GroupKey } from '../ids.js';
import type { CompiledMapping, CompiledRule } from '../mapping/compile.js';
import type { Place } from '../mapping/mapping.js';
import type { RoleName } from '../person.js';
import type { Row } from './duplicates.js';

/** A membership as it comes to be: the first rule that gave it, and every row that did. */
export interface Given {
  readonly group: GroupRef;
  readonly at: Place;
  readonly rows: Row[];
  readonly columns: readonly string[];
}

/** The groups of all rows united. Local departments bring their business unit and their department along. */
export function giveGroups(mapping: CompiledMapping, rows: readonly Row[]): ReadonlyMap<GroupKey, Given> {
  const given = new Map<GroupKey, Given>();
  for (const rule of mapping.groups) {
    for (const row of rows) {
      if (rule.when(row.fields)) addGroups(given, rule.groupsOf(row.fields), rule, row);
    }
  }
  return given;
}

/** Where a rule stands, and the columns that name its group. */
type Giver = Pick<Given, 'at' | 'columns'>;

/** Adds the groups that a row gives, with the groups that they stand in. */
export function addGroups(given: Map<GroupKey, Given>, groups: readonly GroupRef[], rule: Giver, row: Row): void {
  for (const group of groups) for (const each of [group, ...parentsOf(group)]) add(given, each, rule, row);
}

function add(given: Map<GroupKey, Given>, group: GroupRef, rule: Giver, row: Row): void {
  const key = groupKey(group);
  const known = given.get(key);
  if (known === undefined) given.set(key, { group, at: rule.at, rows: [row], columns: rule.columns });
  else if (!known.rows.includes(row)) known.rows.push(row);
}

/** A role, and the rule that gave it; null when no rule applied and the person is a member. */
export interface GivenRole {
  readonly role: RoleName;
  readonly at: Place | null;
  readonly rows: readonly Row[];
}

/** The first rule for the network that holds on any row. */
export function networkRole(mapping: CompiledMapping, rows: readonly Row[]): GivenRole {
  return firstRole(
    mapping.roles.filter(({ target }) => target === 'network'),
    rows,
    () => true,
  );
}

/**
 * The first rule that holds on a row which put the person into this group: somebody who is director in one row and
 * cashier in another is admin only where the director's row says so.
 */
export function groupRole(mapping: CompiledMapping, key: GroupKey, given: Given): GivenRole {
  const rules = mapping.roles.filter(({ target }) => target === given.group.kind);
  return firstRole(rules, given.rows, (rule, row) => {
    return rule.groupsOf === null || rule.groupsOf(row.fields).some((named) => groupKey(named) === key);
  });
}

type CompiledRole = CompiledMapping['roles'][number] & CompiledRule;

function firstRole(
  rules: readonly CompiledRole[],
  rows: readonly Row[],
  isMeant: (rule: CompiledRole, row: Row) => boolean,
): GivenRole {
  for (const rule of rules) {
    const holding = rows.filter((row) => rule.when(row.fields) && isMeant(rule, row));
    if (holding.length > 0) return { role: rule.role, at: rule.at, rows: holding };
  }
  return { role: 'member', at: null, rows };
}
