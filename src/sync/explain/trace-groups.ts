import { exceptGroups } from '../desired/exceptions.js';
import { knownGroups } from '../desired/map-rows.js';
import { giveGroups, type Given } from '../desired/memberships.js';
import { groupKey, parentsOf, type GroupRef } from '../group.js';
import type { GroupKey } from '../ids.js';
import { groupWords } from '../plan/words.js';
import type { TracedRule } from './trace.js';
import { emptyBecause, traced, type Seen } from './seen.js';

/** Every rule that gives a group, also where another one gave it first. */
export function traceGroups(seen: Seen): readonly TracedRule[] {
  const { mapping, rows } = seen;
  const lost = lostGroups(seen);
  return mapping.groups.map(({ at, when, groupsOf, columns }) => {
    const holding = rows.filter(({ fields }) => when(fields));
    if (holding.length === 0) return traced(at, 'does not hold', rows);
    const groups = holding.flatMap(({ fields }) => groupsOf(fields));
    if (groups.length === 0) return traced(at, 'gives nothing', holding, { because: emptyBecause(columns, holding) });
    return traced(at, 'holds', holding, { gives: groups.map(groupWords), because: lostBecause(groups, lost) });
  });
}

/** The groups that the person is to be in. */
export function keptGroups({ mapping, rows, met, known }: Seen): ReadonlyMap<GroupKey, Given> {
  return knownGroups(mapping, exceptGroups(giveGroups(mapping, rows), met).given, known).given;
}

/** Groups that rules give and that do not come about, each with why. */
function lostGroups({ mapping, rows, met, known }: Seen): ReadonlyMap<GroupKey, string> {
  const all = giveGroups(mapping, rows);
  const excepted = exceptGroups(all, met).given;
  const { unknown } = knownGroups(mapping, excepted, known);
  return new Map([
    ...[...all]
      .filter(([key]) => !excepted.has(key))
      .map(([key, { group }]) => [key, `an exception keeps the person out of the ${groupWords(group)}`] as const),
    ...unknown.map(({ group }) => [groupKey(group), `the network has no ${groupWords(group)}`] as const),
  ]);
}

function lostBecause(groups: readonly GroupRef[], lost: ReadonlyMap<GroupKey, string>): string | null {
  const whole = groups.flatMap((group) => [group, ...parentsOf(group)]);
  const texts = new Set(whole.flatMap((group) => lost.get(groupKey(group)) ?? []));
  return texts.size === 0 ? null : [...texts].join('; ');
}
