import type { MappingDifference } from '../proposal/diff/diff-mappings.js';

/** What an open request touches. `differences`: of its version; null before one was proposed. */
export interface Touching {
  readonly number: number;
  readonly places: readonly string[];
  readonly differences: readonly MappingDifference[] | null;
}

/** Numbers of other open requests that touch the same rules, or are about the same places. */
export function conflictsOf(mine: Touching, others: readonly Touching[]): readonly number[] {
  const rules = rulesOf(mine);
  const places = placesOf(mine);
  return others
    .filter((other) => other.number !== mine.number)
    .filter((other) => meet(rules, rulesOf(other)) || meet(places, placesOf(other)))
    .map(({ number }) => number)
    .toSorted((one, other) => one - other);
}

/**
 * The rules that a version touches. What stands once is known by its subject. A rule in a list is known by its words, before
 * and after: two requests may each add a department of their own. Where order counts, all rules of the list are one.
 */
function rulesOf({ differences }: Touching): ReadonlySet<string> {
  return new Set(
    (differences ?? []).flatMap(({ kind, subject, before, after }) => {
      if (kind === 'moved') return [ordered(subject)];
      if (!isListed(subject)) return [subject];
      const list = subject.startsWith('role in ') ? 'roles' : subject.startsWith('audience ') ? 'invitations' : null;
      const words = [before, after].flatMap((text) => (text === null ? [] : [`${subject}: ${text}`]));
      return list === null ? words : [...words, ordered(list)];
    }),
  );
}

function ordered(list: string): string {
  return `the order of ${list}`;
}

const LISTS: readonly string[] = ['business unit', 'department', 'local department', 'topic group'];

function isListed(subject: string): boolean {
  return LISTS.includes(subject) || /^(role in |audience |exception )/.test(subject);
}

function placesOf({ places }: Touching): ReadonlySet<string> {
  return new Set(places.map((place) => place.trim().toLowerCase()).filter((place) => place !== ''));
}

function meet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].some((entry) => other.has(entry));
}
