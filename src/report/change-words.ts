import type { Change } from '../sync/change.js';
import type { Profile } from '../sync/person.js';
import { audienceWords, groupWords, roleWords } from '../sync/plan/words.js';

/** One change as a sentence without its person: `join department "Bakery"`. */
export function changeWords(change: Change): string {
  switch (change.kind) {
    case 'create_group':
      return `create ${groupWords(change.group)}`;
    case 'restore':
      return 'restore the suspended account';
    case 'create':
      return `create the account with user name "${change.person.userName}"`;
    case 'update':
      return `update ${profileWords(change.before, change.after)}`;
    case 'join':
      return `join ${groupWords(change.group)}`;
    case 'change_role':
      return `${whereWords(change.group)}: from ${roleWords(change.before)} to ${roleWords(change.after)}`;
    case 'invite':
      return `invite ${audienceWords(change.audience)}`;
    case 'leave':
      return `leave ${groupWords(change.group)}`;
    case 'suspend':
      return 'suspend the account';
  }
}

/** `Anna van den Berg`; null when nothing of a name is known. */
export function personWords(profile: Profile | null): string | null {
  if (profile === null) return null;
  const name = [profile.givenName, profile.infix, profile.familyName].filter((part) => part !== undefined).join(' ');
  return name === '' ? null : name;
}

const FIELDS: readonly (readonly [keyof Profile, string])[] = [
  ['givenName', 'given name'],
  ['infix', 'infix'],
  ['familyName', 'family name'],
  ['jobTitle', 'job title'],
  ['email', 'e-mail address'],
  ['telephoneNumber', 'telephone number'],
  ['preferredLanguage', 'language'],
  ['upn', 'UPN'],
];

function profileWords(before: Profile, after: Profile): string {
  const changed = FIELDS.filter(([field]) => before[field] !== after[field]);
  const words = changed.map(([field, name]) => `${name}: ${quoted(before[field])} to ${quoted(after[field])}`);
  return words.length === 0 ? 'the user name' : words.join('; ');
}

function quoted(text: string | undefined): string {
  return text === undefined ? 'none' : `"${text}"`;
}

function whereWords(group: Parameters<typeof groupWords>[0] | null): string {
  return group === null ? 'role in the network' : `role in ${groupWords(group)}`;
}
