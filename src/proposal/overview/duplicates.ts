import type { Finding } from '../finding.js';
import { foldName } from '../names/fold.js';
import { isOneEditAway } from '../names/words.js';
import { key, type Named } from './cells.js';
import type { OverviewGroup } from './overview.js';

/** The units of one kind, each once, in the order in which they were met, with what is odd about how they are written. */
export function mergeUnits(
  met: readonly Named[],
  called: string,
): { readonly groups: readonly OverviewGroup[]; readonly findings: readonly Finding[] } {
  const units = new Map<string, { name: string; codes: Set<string>; spellings: Set<string> }>();
  for (const { name, code } of met) {
    const unit = units.get(key(name)) ?? { name, codes: new Set<string>(), spellings: new Set<string>() };
    unit.spellings.add(name);
    if (code !== null) unit.codes.add(code);
    units.set(key(name), unit);
  }
  const all = [...units.values()];
  const groups = all.map(({ name, codes }) => ({ name, code: [...codes][0] ?? null }));
  const spelt = all
    .filter(({ spellings }) => spellings.size > 1)
    .map(({ spellings }) => `${quotedList([...spellings])} are taken for one ${called}.`);
  const coded = all
    .filter(({ codes }) => codes.size > 1)
    .map(({ name }) => `The ${called} "${name}" has more than one code; the first was taken.`);
  const findings = [...spelt, ...coded, ...sharedCodes(groups, called), ...nearlyTheSame(groups, called)];
  return { groups, findings: findings.map((text) => ({ level: 'look', column: null, text })) };
}

function sharedCodes(groups: readonly OverviewGroup[], called: string): readonly string[] {
  const byCode = new Map<string, string[]>();
  for (const { name, code } of groups) if (code !== null) byCode.set(code, [...(byCode.get(code) ?? []), name]);
  return [...byCode.values()]
    .filter((names) => names.length > 1)
    .map((names) => `${quotedList(names)} have the same code: is each a ${called} of its own?`);
}

/** So many are compared with each other; a list that is longer is compared in parts by nobody. */
const MOST_COMPARED = 3_000;
const SHORTEST_TYPO = 6;

function nearlyTheSame(groups: readonly OverviewGroup[], called: string): readonly string[] {
  const names = groups.slice(0, MOST_COMPARED).map(({ name }) => ({ name, folded: foldName(name) }));
  return names.flatMap((one, index) =>
    names
      .slice(index + 1)
      .flatMap((other) =>
        isNear(one.folded, other.folded)
          ? [`${quotedList([one.name, other.name])} are nearly the same: is it one ${called}?`]
          : [],
      ),
  );
}

/** "Store 12" and "Store 13" are two stores, so numbers must be equal. */
function isNear(one: string, other: string): boolean {
  if (one === other) return true;
  if (Math.min(one.length, other.length) < SHORTEST_TYPO || one.replace(/\D/g, '') !== other.replace(/\D/g, ''))
    return false;
  return isOneEditAway(one, other) && !differByOneWord(one, other);
}

/** "Team A" and "Team B". */
function differByOneWord(one: string, other: string): boolean {
  const [a, b] = [one.split(' '), other.split(' ')];
  return a.length === b.length && a.some((word, index) => word !== b[index] && word.length <= 2);
}

function quotedList(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(' and ');
}
