import type { UserAnswer } from './answers.js';
import type { Profile } from '../../sync/person.js';

type TelephoneNumber = NonNullable<UserAnswer['telephoneNumbers']>[number];

/** What REST shows of a person, as a profile; empty values are absent. The UPN is not shown. */
export function profileOf(user: UserAnswer): Profile {
  return withoutEmpty({
    givenName: user.name?.firstName,
    infix: user.name?.infix,
    familyName: user.name?.familyName,
    jobTitle: user.jobTitle,
    email: user.primaryEmail,
    telephoneNumber: numberOf(user.telephoneNumbers?.[0]),
    preferredLanguage: user.preferredLanguage,
  });
}

function numberOf(entry: TelephoneNumber | undefined): string | null | undefined {
  if (typeof entry === 'string' || entry === undefined) return entry;
  return entry.value ?? entry.number;
}

function withoutEmpty(values: Readonly<Record<keyof Omit<Profile, 'upn'>, string | null | undefined>>): Profile {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'string' && value !== ''));
}
