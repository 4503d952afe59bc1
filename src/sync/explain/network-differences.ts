import { fieldName } from '../desired/duplicates.js';
import { groupKey, type GroupRef } from '../group.js';
import type { PersonState, Profile } from '../person.js';
import { PROFILE_FIELDS } from '../plan/profile-changes.js';
import { groupWords } from '../plan/words.js';
import { wholeName } from '../whole-name.js';

/** What the network shows of one person now. */
export interface ShownPerson {
  readonly profile: Profile;
  /** Those of its groups whose kind the sync knows. */
  readonly groups: readonly GroupRef[];
}

/**
 * What the network shows otherwise than the sync last wrote it, one sentence each: edits by hand, by the person, or by somebody
 * else's tool. Nothing is told of what the network does not show: the UPN, and where an infix ends.
 */
export function networkDifferences(written: PersonState, shown: ShownPerson): readonly string[] {
  return [...profileDifferences(written.profile, shown.profile), ...groupDifferences(written, shown.groups)];
}

function profileDifferences(written: Profile, shown: Profile): readonly string[] {
  const [before, now] = [wholeName(written), wholeName(shown)];
  return PROFILE_FIELDS.filter((field) => field !== 'upn')
    .filter((field) => !isSame(field, before[field], now[field]))
    .map((field) => `${fieldName(field)} is ${quoted(now[field])}, written was ${quoted(before[field])}`);
}

function isSame(field: keyof Profile, one: string | undefined, other: string | undefined): boolean {
  return field === 'email' ? one?.toLowerCase() === other?.toLowerCase() : one === other;
}

function groupDifferences({ memberships }: PersonState, shown: readonly GroupRef[]): readonly string[] {
  const held = new Set(shown.map(groupKey));
  const written = new Map(Object.values(memberships).map(({ group }) => [groupKey(group), group]));
  return [
    ...[...written].filter(([key]) => !held.has(key)).map(([, group]) => `is not in the ${groupWords(group)} any more`),
    ...shown
      .filter((group) => !written.has(groupKey(group)))
      .map((group) => `is also in the ${groupWords(group)}, not by the sync`),
  ];
}

function quoted(text: string | undefined): string {
  return text === undefined ? 'empty' : `"${text}"`;
}
