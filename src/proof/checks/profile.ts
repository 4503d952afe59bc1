import type { Profile } from '../../sync/person.js';
import type { Expectations } from '../state.js';
import { differs, type Pair } from './ours.js';
import type { Difference } from './result.js';

/** What the network shows: infix and family name as one, and no UPN. */
const SHOWN = ['givenName', 'familyName', 'jobTitle', 'email', 'telephoneNumber', 'preferredLanguage'] as const;
type Shown = (typeof SHOWN)[number];

const WORDS: Readonly<Record<Shown, string>> = {
  givenName: 'given name',
  familyName: 'family name',
  jobTitle: 'job title',
  email: 'e-mail address',
  telephoneNumber: 'telephone number',
  preferredLanguage: 'preferred language',
};

/** Whose value it is, where only one person has it. Made once: people are many. */
export type Owners = ReadonlyMap<string, string | null>;

export function ownersOf(expected: Expectations): Owners {
  const owners = new Map<string, string | null>();
  for (const { xid, person } of expected.values()) {
    if (person === null) continue;
    for (const field of SHOWN) {
      const text = plain(field, shown(person.profile, field));
      const key = `${field} ${text}`;
      if (text !== '') owners.set(key, owners.has(key) ? null : xid);
    }
  }
  return owners;
}

/** Only fields that the mapping fills: what it does not know is nobody's concern. Tells what is wrong, and no value. */
export function profileDifferences(
  { expectation, person, account }: Pair,
  fields: ReadonlySet<string>,
  owners: Owners,
): readonly Difference[] {
  return SHOWN.filter((field) => fields.has(field) || (field === 'familyName' && fields.has('infix'))).flatMap(
    (field) => {
      const [expected, found] = [shown(person.profile, field), shown(account.profile, field)];
      if (plain(field, expected) === plain(field, found)) return [];
      return [
        differs(expectation, {
          rule: `columns.${field}`,
          what: WORDS[field],
          expected: expected === '' ? 'nothing' : `the value of the record, ${lettersWords(expected)}`,
          found: foundWords(field, expected, found, owners),
        }),
      ];
    },
  );
}

function foundWords(field: Shown, expected: string, found: string, owners: Owners): string {
  if (found === '') return 'nothing';
  const owner = owners.get(`${field} ${plain(field, found)}`) ?? null;
  if (owner !== null) return `the value of ${owner}`;
  if (loose(expected) === loose(found)) return 'the same letters in another way (case, blanks, signs)';
  return `another text, ${lettersWords(found)}`;
}

function lettersWords(text: string): string {
  return text.length === 1 ? '1 letter' : `${text.length} letters`;
}

function shown(profile: Profile, field: Shown): string {
  if (field !== 'familyName') return profile[field] ?? '';
  return [profile.infix, profile.familyName].filter((part) => part !== undefined).join(' ');
}

/** The network may write the same address, number or language in another way. */
function plain(field: Shown, text: string): string {
  if (field === 'email' || field === 'preferredLanguage') return text.toLowerCase();
  return field === 'telephoneNumber' ? text.replace(/[^\d+]/g, '') : text;
}

function loose(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
