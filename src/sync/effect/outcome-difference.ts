import type { Outcome, PersonState } from '../person.js';

/** What another version of a mapping makes otherwise of one person. One person can be in several of these. */
export const DIFFERENCES = [
  'arrive',
  'leave',
  'become left as they are',
  'are no longer left as they are',
  'change group',
  'become administrator',
  'lose admin',
  'change another role',
  'change in what is shown of them',
  'change user name',
  'change the way they are invited',
] as const;

export type OutcomeDifference = (typeof DIFFERENCES)[number];

/** Leaving and being left alone say all about a person; the rest is told of those who take part in both. */
export function outcomeDifferences(before: Outcome, after: Outcome): readonly OutcomeDifference[] {
  if (before.kind === 'active' && after.kind === 'active') return personDifferences(before.person, after.person);
  const [was, becomes] = [standing(before), standing(after)];
  if (was === becomes) return [];
  if (becomes === 'left') return ['become left as they are'];
  if (was === 'left') return becomes === 'in' ? ['are no longer left as they are'] : ['leave'];
  return [becomes === 'in' ? 'arrive' : 'leave'];
}

/** Whether the network is to show somebody, or not, or is not touched. */
function standing({ kind }: Outcome): 'in' | 'out' | 'left' {
  if (kind === 'active') return 'in';
  return kind === 'inactive' || kind === 'kept_out' ? 'out' : 'left';
}

function personDifferences(before: PersonState, after: PersonState): readonly OutcomeDifference[] {
  const roles = roleDifferences(before, after);
  const isDifferent: readonly (readonly [OutcomeDifference, boolean])[] = [
    ['change group', groupsOf(before) !== groupsOf(after)],
    ['become administrator', roles.some(({ to }) => to === 'admin')],
    ['lose admin', roles.some(({ from }) => from === 'admin')],
    ['change another role', roles.some(({ from, to }) => from !== 'admin' && to !== 'admin')],
    ['change in what is shown of them', profileOf(before) !== profileOf(after)],
    ['change user name', before.userName !== after.userName],
    ['change the way they are invited', before.audience !== after.audience],
  ];
  return isDifferent.flatMap(([difference, holds]) => (holds ? [difference] : []));
}

/** A role that goes with its group is lost as well; being an ordinary member where one was in no group is no role. */
function roleDifferences(before: PersonState, after: PersonState) {
  const [one, other] = [rolesOf(before), rolesOf(after)];
  return [...new Set([...one.keys(), ...other.keys()])]
    .map((place) => ({ from: one.get(place) ?? 'member', to: other.get(place) ?? 'member' }))
    .filter(({ from, to }) => from !== to);
}

function rolesOf({ networkRole, memberships }: PersonState): ReadonlyMap<string, string> {
  return new Map([['network', networkRole], ...entriesOf(memberships).map(([key, { role }]) => [key, role] as const)]);
}

function groupsOf({ memberships }: PersonState): string {
  return JSON.stringify(entriesOf(memberships).map(([key]) => key));
}

function profileOf({ profile }: PersonState): string {
  return JSON.stringify(Object.entries(profile).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function entriesOf(memberships: PersonState['memberships']) {
  return Object.entries(memberships).sort(([a], [b]) => (a < b ? -1 : 1));
}
