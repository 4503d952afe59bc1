import type { PersonChange } from '../change.js';
import { groupKey } from '../group.js';
import type { PersonState, Profile } from '../person.js';
import { PROFILE_FIELDS } from '../plan/profile-changes.js';
import { groupWords } from '../plan/words.js';
import { NAME_PARTS, wholeName } from '../whole-name.js';

/** A person on the way back: what should be written in the end. */
export interface Past {
  readonly state: 'active' | 'suspended';
  readonly written: PersonState;
}

/** What the network shows of a person now; null where nobody looked, or where nothing can be seen. */
export type Shown = Profile | null;

/** A step back, with the reasons for which some of it stays. */
export interface StepBack {
  readonly past: Past;
  readonly stays: readonly string[];
}

/** Takes one change back as far as nobody has changed the same thing since. */
export function takeBack(past: Past, change: PersonChange, shown: Shown): StepBack {
  switch (change.kind) {
    case 'create':
      return { past: { ...past, state: 'suspended' }, stays: [] };
    case 'restore':
      return { past: { ...past, state: 'suspended' }, stays: change.formerXid === undefined ? [] : [KEEPS_XID] };
    case 'suspend':
      return { past: { ...past, state: 'active' }, stays: [] };
    case 'invite':
      return { past, stays: ['An invitation that was sent cannot be taken back.'] };
    case 'update':
      return takeUpdateBack(past, change, shown);
    case 'join':
      return takeJoinBack(past, change);
    case 'leave':
      return takeLeaveBack(past, change);
    case 'change_role':
      return takeRoleBack(past, change);
  }
}

const KEEPS_XID = 'The account got a new XID when the person returned, and keeps it.';

type Of<Kind extends PersonChange['kind']> = Extract<PersonChange, { kind: Kind }>;

function takeUpdateBack(past: Past, change: Of<'update'>, shown: Shown): StepBack {
  const { written } = past;
  const { before, after } = change;
  // The update that followed has given an address again, and is taken back by itself.
  if (change.vacates === true && written.profile.email === before.email) return { past, stays: [] };
  const changed = PROFILE_FIELDS.filter((field) => before[field] !== after[field]);
  const isOurs = (field: keyof Profile): boolean =>
    written.profile[field] === after[field] && (shown === null || isShown(field, after, shown));
  const back = changed.filter(isOurs);
  const others = PROFILE_FIELDS.filter((field) => !back.includes(field));
  const profile = { ...pick(written.profile, others), ...pick(before, back) };
  const isName = change.userNameBefore !== undefined && written.userName === change.userName;
  const userName = isName ? (change.userNameBefore ?? written.userName) : written.userName;
  const stays = back.length === changed.length ? [] : ['A part of the profile was changed since, and stays as it is.'];
  return { past: { ...past, written: { ...written, profile, userName } }, stays };
}

function isShown(field: keyof Profile, after: Profile, shown: Profile): boolean {
  if (!NAME_PARTS.includes(field)) return shown[field] === after[field];
  return wholeName(shown).familyName === wholeName(after).familyName;
}

function takeJoinBack(past: Past, { group }: Of<'join'>): StepBack {
  const { [groupKey(group)]: held, ...others } = past.written.memberships;
  if (held === undefined) return { past, stays: [] };
  if (held.role !== 'member') {
    return { past, stays: [`The role in the ${groupWords(group)} was changed since, so the person stays in it.`] };
  }
  return { past: { ...past, written: { ...past.written, memberships: others } }, stays: [] };
}

function takeLeaveBack(past: Past, { group, role = 'member' }: Of<'leave'>): StepBack {
  const { memberships } = past.written;
  const key = groupKey(group);
  if (memberships[key] !== undefined) return { past, stays: [] };
  const written = { ...past.written, memberships: { ...memberships, [key]: { group, role } } };
  return { past: { ...past, written }, stays: [] };
}

function takeRoleBack(past: Past, { group, before, after }: Of<'change_role'>): StepBack {
  const { written } = past;
  if (group === null) {
    if (written.networkRole === after)
      return { past: { ...past, written: { ...written, networkRole: before } }, stays: [] };
    return { past, stays: ['The role in the network was changed since, and stays as it is.'] };
  }
  const key = groupKey(group);
  const held = written.memberships[key];
  if (held?.role !== after) {
    return { past, stays: [`The role in the ${groupWords(group)} was changed since, and stays as it is.`] };
  }
  const memberships = { ...written.memberships, [key]: { ...held, role: before } };
  return { past: { ...past, written: { ...written, memberships } }, stays: [] };
}

function pick(profile: Profile, fields: readonly (keyof Profile)[]): Profile {
  return Object.fromEntries(fields.flatMap((field) => (profile[field] === undefined ? [] : [[field, profile[field]]])));
}
