import type { PersonState, Profile } from '../person.js';
import { PROFILE_FIELDS, type WritePolicies } from '../plan/profile-changes.js';
import { wholeName } from '../whole-name.js';

/** Fields in which the network differs from what the sync wrote. */
export interface ProfileDrift {
  /** Written again by a repair. */
  readonly mended: readonly (keyof Profile)[];
  /** Only told: the mapping leaves them to the person, or the login belongs to the person. */
  readonly left: readonly (keyof Profile)[];
}

/** A field that the mapping does not know is nobody's concern, and the network shows neither a UPN nor where an infix ends. */
export function profileDrift(written: PersonState, shown: Profile, writes: WritePolicies): ProfileDrift {
  const [before, now] = [wholeName(written.profile), wholeName(shown)];
  const differing = PROFILE_FIELDS.filter(
    (field) =>
      field !== 'upn' &&
      (writes.has(field) || before[field] !== undefined) &&
      !isSame(field, before[field], now[field]),
  );
  return {
    mended: differing.filter((field) => isMended(written, field, writes)),
    left: differing.filter((field) => !isMended(written, field, writes)),
  };
}

/**
 * When each field is written by a repair: one that stays must not be written along with another, since the network takes a
 * profile as a whole.
 */
export function writesOfRepair(written: PersonState, writes: WritePolicies): WritePolicies {
  return new Map(
    PROFILE_FIELDS.map((field) => [field, isMended(written, field, writes) ? 'always' : 'onChange'] as const),
  );
}

/** Without single sign-on the e-mail address is how a person logs in (`speakap-user-sync.md`, 10). */
function isMended({ audience }: PersonState, field: keyof Profile, writes: WritePolicies): boolean {
  return writes.get(field) === 'always' && (field !== 'email' || audience === 'sso');
}

/** The network may write the same value in another way. */
function isSame(field: keyof Profile, one: string | undefined, other: string | undefined): boolean {
  return plain(field, one) === plain(field, other);
}

function plain(field: keyof Profile, value: string | undefined): string | undefined {
  if (field === 'email' || field === 'preferredLanguage') return value?.toLowerCase();
  return field === 'telephoneNumber' ? value?.replace(/[^\d+]/g, '') : value;
}
