import type { Profile } from '../sync/person.js';
import type { Change } from '../sync/change.js';
import type { StoredLink } from '../store/changes.js';
import type { Eid } from '../sync/ids.js';
import { changesOf, type ApplyParts, type Unit } from './batch.js';
import type { ReadTogether } from './read-together.js';

type Update = Extract<Change, { kind: 'update' }>;

export const EMAIL_KEPT =
  'The e-mail address was not changed: the account is activated, and its login belongs to the person, who changes it in the ' +
  'web settings. Everything else was written.';

export interface ToWrite {
  readonly profile: Profile;
  /** What a person should know of it. */
  readonly note: string | null;
}

/** The person whose own values are looked at before this is written; null where everything is HR's to say. */
export function readFirst(unit: Unit): Eid | null {
  const link = unit[0].link;
  const change = changesOf(unit, 'update').at(-1)?.change;
  return link?.state === 'active' && change !== undefined && mayHaveOwn(link, change) ? link.userEid : null;
}

/**
 * What is written to an account that is there. The network takes a profile as a whole, so what is the person's own is read
 * first: fields that the mapping leaves to them, and the login e-mail of an activated account without single sign-on
 * (`speakap-user-sync.md`, 10).
 */
export async function profileToWrite(
  parts: ApplyParts,
  link: StoredLink,
  change: Update,
  now: ReadTogether,
): Promise<ToWrite> {
  const { kept = [], after, before } = change;
  if (link.userEid === null || !mayHaveOwn(link, change)) return { profile: after, note: null };
  const own = await now.profile(link.userEid);
  if (own === null) return { profile: after, note: null };
  const profile = withOwn(after, own, kept);
  if (!mayOwnEmail(link, change) || own.email === undefined || isSame(own.email, profile.email))
    return { profile, note: null };
  if ((await parts.network.status(link.userEid)) !== 'active') return { profile, note: null };
  return { profile: withOwn(profile, own, ['email']), note: isSame(before.email, after.email) ? null : EMAIL_KEPT };
}

function mayHaveOwn(link: StoredLink, change: Update): boolean {
  return (change.kept ?? []).length > 0 || mayOwnEmail(link, change);
}

function mayOwnEmail(link: StoredLink, change: Update): boolean {
  return (change.audience ?? link.written.audience) !== 'sso';
}

function withOwn(profile: Profile, own: Profile, fields: readonly (keyof Profile)[]): Profile {
  const mixed: { -readonly [Field in keyof Profile]: Profile[Field] } = { ...profile };
  for (const field of fields) {
    const value = own[field];
    if (value === undefined) delete mixed[field];
    else mixed[field] = value;
  }
  return mixed;
}

function isSame(one: string | undefined, other: string | undefined): boolean {
  return one?.toLowerCase() === other?.toLowerCase();
}
