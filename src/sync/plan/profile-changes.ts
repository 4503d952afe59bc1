import type { PersonChange } from '../change.js';
import { fieldName } from '../desired/duplicates.js';
import type { Xid } from '../ids.js';
import type { PersonState, Profile } from '../person.js';
import type { Reasons } from './reasons.js';

/** One update when any field or the user name differs; it says which, and never what. */
export function profileChanges(
  xid: Xid,
  written: PersonState,
  person: PersonState,
  reasons: Reasons,
): readonly PersonChange[] {
  const differing = [
    ...fieldsThatDiffer(written.profile, person.profile).map(fieldName),
    ...(written.userName === person.userName ? [] : ['the user name']),
  ];
  if (differing.length === 0) return [];
  const reason = reasons.of('profile', `The record has changed in ${differing.join(', ')}`);
  const was = written.userName === person.userName ? {} : { userNameBefore: written.userName };
  const [before, after] = [written.profile, person.profile];
  return [{ kind: 'update', xid, before, after, userName: person.userName, ...was, reason }];
}

const FIELDS = {
  givenName: true,
  infix: true,
  familyName: true,
  jobTitle: true,
  email: true,
  telephoneNumber: true,
  preferredLanguage: true,
  upn: true,
} as const satisfies Record<keyof Profile, true>;

function fieldsThatDiffer(before: Profile, after: Profile): readonly (keyof Profile)[] {
  return PROFILE_FIELDS.filter((field) => before[field] !== after[field]);
}

/** The compiler sees to it that no field is forgotten. */
export const PROFILE_FIELDS = Object.keys(FIELDS).filter((key): key is keyof Profile => key in FIELDS);
