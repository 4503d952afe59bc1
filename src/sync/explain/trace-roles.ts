import type { Row } from '../desired/duplicates.js';
import { exceptedGroupRole, exceptedNetworkRole } from '../desired/exceptions.js';
import { groupRole, networkRole, type Given, type GivenRole } from '../desired/memberships.js';
import { groupKey } from '../group.js';
import type { GroupKey } from '../ids.js';
import type { CompiledMapping } from '../mapping/compile.js';
import { groupWords, roleWords } from '../plan/words.js';
import type { TracedRule } from './trace.js';
import { placeText, traced, type Seen } from './seen.js';
import { keptGroups } from './trace-groups.js';

type Rule = CompiledMapping['roles'][number];

/** Of two role rules for the same place the first wins, and exceptions beat both. */
export function traceRoles(seen: Seen): readonly TracedRule[] {
  const groups = keptGroups(seen);
  return seen.mapping.roles.map((rule) => {
    const holding = seen.rows.filter(({ fields }) => rule.when(fields));
    if (holding.length === 0) return traced(rule.at, 'does not hold', seen.rows);
    return rule.target === 'network' ? traceNetworkRole(seen, rule, holding) : traceGroupRole(seen, rule, groups);
  });
}

function traceNetworkRole({ mapping, rows, met }: Seen, rule: Rule, holding: readonly Row[]): TracedRule {
  const winner = exceptedNetworkRole(met) ?? networkRole(mapping, rows);
  if (winner.at?.path === rule.at.path)
    return traced(rule.at, 'holds', holding, { gives: [`${roleWords(rule.role)} of the network`] });
  return traced(rule.at, 'second', holding, { because: firstWords([winner]) });
}

function traceGroupRole({ mapping, met, rows }: Seen, rule: Rule, groups: ReadonlyMap<GroupKey, Given>): TracedRule {
  const meant = [...groups].filter(([key, given]) => isMeant(rule, key, given));
  const holding = rows.filter((row) =>
    meant.some(([key, given]) => given.rows.includes(row) && holdsOn(rule, key, row)),
  );
  if (meant.length === 0)
    return traced(rule.at, 'gives nothing', [], { because: 'its rows put the person into no such group' });
  const winners = meant.map(([key, given]) => ({
    given,
    winner: exceptedGroupRole(met, key, given) ?? groupRole(mapping, key, given),
  }));
  const won = winners.filter(({ winner }) => winner.at?.path === rule.at.path);
  if (won.length === 0)
    return traced(rule.at, 'second', holding, { because: firstWords(winners.map(({ winner }) => winner)) });
  const gives = won.map(({ given }) => `${roleWords(rule.role)} in the ${groupWords(given.group)}`);
  return traced(rule.at, 'holds', holding, { gives });
}

/** As `groupRole`: a row that put the person into the group has to hold. */
function isMeant(rule: Rule, key: GroupKey, { group, rows }: Given): boolean {
  return group.kind === rule.target && rows.some((row) => holdsOn(rule, key, row));
}

function holdsOn({ when, groupsOf }: Rule, key: GroupKey, { fields }: Row): boolean {
  return when(fields) && (groupsOf === null || groupsOf(fields).some((named) => groupKey(named) === key));
}

function firstWords(winners: readonly GivenRole[]): string | null {
  const places = [...new Set(winners.flatMap(({ at }) => (at === null ? [] : [placeText(at)])))];
  return places.length === 0 ? null : `${places.join(' and ')} came first`;
}
