import { CHANGE_ORDER, type PersonChange, type Reason } from '../change.js';
import type { Xid } from '../ids.js';
import type { Audience, Outcome, PersonState } from '../person.js';
import { leaveAllGroups, membershipChanges, networkRoleChanges } from './membership-changes.js';
import type { LinkState } from './link-state.js';
import { isReaddressed, profileChanges, withPrefilled, type WritePolicies } from './profile-changes.js';
import { Reasons } from './reasons.js';
import { audienceWords } from './words.js';

/** What becomes of somebody whom no row names any more; as long as nothing does, it is an `Outcome`. */
export interface Absent {
  /** `without_groups`: the account stays for now. */
  readonly kind: 'missing' | 'without_groups';
  readonly xid: Xid;
}

/** One person of a run: what the mapping says of them, or that no row names them any more; and the link, when there is one. */
export interface Subject {
  readonly outcome: Outcome | Absent;
  readonly link: LinkState | null;
  /** When each field is written; one that is not named is always. */
  readonly writes?: WritePolicies;
}

/**
 * Everything to be done for one person, in the order that is always safe. Compares what should be with what the link says
 * was last written, so a hand-made edit in the network is not undone as long as HR says the same (`speakap-user-sync.md`, 1).
 * Planning again after all of it was applied gives nothing.
 */
export function planPerson({ outcome, link, writes = new Map() }: Subject): readonly PersonChange[] {
  switch (outcome.kind) {
    case 'active':
      return inSafeOrder(planActive(outcome, link, writes));
    case 'inactive':
      return link?.state === 'active' ? [suspend(outcome, 'Is no longer active in the record')] : [];
    case 'kept_out':
      return link?.state === 'active' ? [suspend(outcome, 'Is kept out of the network by an exception')] : [];
    case 'missing':
      return link?.state === 'active' ? [suspendMissing(outcome.xid)] : [];
    case 'without_groups':
      return link?.state === 'active' ? leaveAllGroups(outcome.xid, link.written, IS_MISSING) : [];
    case 'unusable':
    case 'left_alone':
      return [];
  }
}

/** The order of `CHANGE_ORDER`; changes of one kind keep theirs. */
export function inSafeOrder<Each extends { readonly kind: PersonChange['kind'] | 'create_group' }>(
  changes: readonly Each[],
): readonly Each[] {
  return [...changes].sort((a, b) => CHANGE_ORDER.indexOf(a.kind) - CHANGE_ORDER.indexOf(b.kind));
}

/** Somebody who logs in through an identity provider, or whom nobody is to tell, gets no invitation. */
export function isInvited(audience: Audience): boolean {
  return audience === 'email' || audience === 'sms' || audience === 'letter';
}

/**
 * Once, and again on return: suspending somebody who had not activated the account cancelled an invitation by e-mail or SMS
 * (`speakap-user-sync.md`, 9). Who had activated it gets nothing, since the network does not invite its members. A letter
 * stays good. A new e-mail address gets a new invitation (`speakap-user-sync.md`, 10).
 */
function isToBeInvited({ audience, profile }: PersonState, link: LinkState | null): boolean {
  if (!isInvited(audience)) return false;
  if (link?.invited !== true) return true;
  const isGood = audience === 'letter' && link.written.audience === 'letter';
  return (link.state === 'suspended' && !isGood) || isReaddressed(link.written, profile);
}

type Active = Extract<Outcome, { readonly kind: 'active' }>;

function planActive(outcome: Active, link: LinkState | null, writes: WritePolicies): readonly PersonChange[] {
  const reasons = new Reasons(outcome);
  const { xid } = outcome;
  const written = link?.written ?? nothingWritten(outcome.person);
  const person = withPrefilled(outcome.person, written, writes);
  return [
    ...arrival(outcome, link, reasons),
    ...profileChanges(xid, written, person, writes, reasons),
    ...networkRoleChanges(xid, written, person, reasons),
    ...membershipChanges(xid, written, person, reasons),
    ...(isToBeInvited(person, link) ? [invite(xid, person, link, reasons)] : []),
  ];
}

/** A new account has its profile from the start; groups and roles are given afterwards. */
export function nothingWritten(person: PersonState): PersonState {
  return { ...person, networkRole: 'member', memberships: {} };
}

function arrival({ xid, person }: Active, link: LinkState | null, reasons: Reasons): readonly PersonChange[] {
  if (link === null) {
    return [
      { kind: 'create', xid, person, reason: reasons.of('active', 'Is active in the record and has no account yet') },
    ];
  }
  if (link.state === 'active') return [];
  return [
    { kind: 'restore', xid, reason: reasons.of('active', 'Is active in the record again; the account was suspended') },
  ];
}

function invite(xid: Xid, person: PersonState, link: LinkState | null, reasons: Reasons): PersonChange {
  const { audience } = person;
  const isNewAddress = link?.invited === true && isReaddressed(link.written, person.profile);
  const why = isNewAddress ? ', at a new address, unless the account is activated' : '';
  return {
    ...{ kind: 'invite', xid, audience },
    ...(link === null ? {} : { again: true }),
    reason: reasons.of('audience', `Is to be invited ${audienceWords(audience)}${why}`),
  };
}

function suspend(outcome: Outcome, text: string): PersonChange {
  return { kind: 'suspend', xid: outcome.xid, reason: new Reasons(outcome).of('active', text) };
}

function suspendMissing(xid: Xid): PersonChange {
  return { kind: 'suspend', xid, reason: { rule: 'missing', text: 'Is no longer in the record', rows: [] } };
}

const IS_MISSING: Reason = {
  rule: 'missing',
  text: 'Is no longer in the record, and keeps only the account for now',
  rows: [],
};
