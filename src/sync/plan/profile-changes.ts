import type { PersonChange } from '../change.js';
import { fieldName } from '../desired/duplicates.js';
import type { Xid } from '../ids.js';
import type { WritePolicy } from '../mapping/mapping.js';
import type { PersonState, Profile } from '../person.js';
import { NAME_PARTS } from '../whole-name.js';
import type { Reasons } from './reasons.js';

export type WritePolicies = ReadonlyMap<keyof Profile, WritePolicy>;

export function writePolicies(
  columns: readonly { readonly field: keyof Profile; readonly write: WritePolicy }[],
): WritePolicies {
  return new Map(columns.map(({ field, write }) => [field, write]));
}

/**
 * One update when any field or the user name differs; it says which, and never what. The network takes a profile as a
 * whole, so an update names the fields of which the network's own value stays. Of a name it is all or nothing.
 */
export function profileChanges(
  xid: Xid,
  written: PersonState,
  person: PersonState,
  writes: WritePolicies,
  reasons: Reasons,
): readonly PersonChange[] {
  const [before, after] = [written.profile, person.profile];
  const changed = fieldsThatDiffer(before, after);
  const differing = [...changed.map(fieldName), ...(written.userName === person.userName ? [] : ['the user name'])];
  if (differing.length === 0) return [];
  const reason = reasons.of('profile', `The record has changed in ${differing.join(', ')}`);
  const isNew = (field: keyof Profile): boolean =>
    changed.includes(field) || (NAME_PARTS.includes(field) && NAME_PARTS.some((part) => changed.includes(part)));
  const kept = [...writes].flatMap(([field, write]) => (write !== 'always' && !isNew(field) ? [field] : []));
  const { userName, audience } = person;
  const was = written.userName === userName ? {} : { userNameBefore: written.userName };
  return [{ kind: 'update', xid, before, after, userName, ...was, audience, ...(kept.length > 0 && { kept }), reason }];
}

/** Whoever is invited by e-mail has another address than the invitation went to. */
export function isReaddressed(written: PersonState, profile: Profile): boolean {
  return written.audience === 'email' && profile.email !== undefined && written.profile.email !== profile.email;
}

/** What is written once stays as it was written, so that it never counts as changed. */
export function withPrefilled(
  person: PersonState,
  { profile: before }: PersonState,
  writes: WritePolicies,
): PersonState {
  const profile: { -readonly [Field in keyof Profile]: Profile[Field] } = { ...person.profile };
  for (const [field, write] of writes) {
    if (write !== 'once') continue;
    const first = before[field];
    if (first === undefined) delete profile[field];
    else profile[field] = first;
  }
  return { ...person, profile };
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
