import type { PersonChange } from '../change.js';
import { fieldName } from '../desired/duplicates.js';
import { groupKey } from '../group.js';
import type { Eid, GroupKey, Xid } from '../ids.js';
import type { Membership, Outcome, PersonState, Warning } from '../person.js';
import type { LinkState } from '../plan/link-state.js';
import { planPerson } from '../plan/plan-person.js';
import type { WritePolicies } from '../plan/profile-changes.js';
import { groupWords, roleWords } from '../plan/words.js';
import { NAME_PARTS } from '../whole-name.js';
import { profileDrift, writesOfRepair } from './profile-drift.js';
import { findAccount, type NetworkReading, type ShownAccount } from './reading.js';
import { stillWanted } from './still-wanted.js';

/** One link, with what decides about mending what differs from it. */
export interface ReconcileSubject {
  readonly xid: Xid;
  readonly link: LinkState;
  readonly userEid: Eid | null;
  /** What becomes of the person by today's record. A repair never does what the next run would take back. */
  readonly outcome: Outcome['kind'] | 'missing';
  /** How the person is to be by today's record; null unless they are active by it. */
  readonly wanted: PersonState | null;
  readonly writes: WritePolicies;
  /** false: the person may be the last administrator of the network, who stays one. */
  readonly mayLoseAdmin: boolean;
}

/** What differs, and what makes it as the sync wrote it. */
export interface Reconciled {
  readonly drift: readonly Warning[];
  readonly changes: readonly PersonChange[];
}

/**
 * Compares what the sync last wrote with what the network shows. What somebody added by hand is no drift; what is missing or
 * different is told, and mended only for somebody who is to be so by today's record. Reconciling again after all of it was
 * applied finds nothing to mend.
 */
export function reconcilePerson(subject: ReconcileSubject, reading: NetworkReading): Reconciled {
  const found = findAccount(reading, subject.xid, subject.userEid);
  if (found.kind === 'conflict') return { drift: [drift(subject, 'conflict', found.text)], changes: [] };
  const isActive = subject.link.state === 'active';
  if (found.kind === 'nobody') return isActive ? absent(subject) : NOTHING;
  return isActive ? different(subject, found.account, reading.groups) : present(subject, found.account);
}

/** Somebody in the network whom no link knows: reported, never touched. */
export function unmanaged(xid: Xid): Warning {
  return drift(
    { xid },
    'unmanaged',
    'The network has an account with this XID that the sync does not manage. It is never touched.',
  );
}

const NOTHING: Reconciled = { drift: [], changes: [] };

/** Suspended by hand it is restored; deleted, the repair fails and the next run makes it again. */
function absent(subject: ReconcileSubject): Reconciled {
  const text = 'The account is suspended or gone in the network, though the sync did not suspend it.';
  const link: LinkState = { ...subject.link, state: 'suspended' };
  return {
    drift: [drift(subject, 'gone', text)],
    changes: subject.outcome === 'active' ? wayTo(subject, link) : [],
  };
}

/** Whoever is active by the record again is restored by the next run anyway. */
function present(subject: ReconcileSubject, { networkRole }: ShownAccount): Reconciled {
  const { xid, outcome, mayLoseAdmin } = subject;
  const isAway = outcome === 'inactive' || outcome === 'missing' || outcome === 'kept_out';
  const mends = isAway && (networkRole !== 'admin' || mayLoseAdmin);
  return {
    drift: [drift(subject, 'active', 'The account is active in the network, though the sync suspended it.')],
    changes: mends ? [{ kind: 'suspend', xid, reason: reasonOf('suspend') }] : [],
  };
}

function different(subject: ReconcileSubject, account: ShownAccount, groups: ReadonlySet<GroupKey>): Reconciled {
  const { link, outcome } = subject;
  const shown = shownState(subject, account, groups);
  return {
    drift: [
      ...profileWords(subject, account),
      ...roleDrift(subject, account),
      ...membershipDrift(subject, account, groups),
    ],
    changes:
      outcome === 'active' ? wayTo(subject, { ...link, written: shown }).filter(({ kind }) => kind !== 'invite') : [],
  };
}

/** The link as it would be if the sync had written what the network shows, as far as a repair mends it. */
function shownState(
  { link: { written }, writes, mayLoseAdmin }: ReconcileSubject,
  account: ShownAccount,
  groups: ReadonlySet<GroupKey>,
): PersonState {
  const profile: Record<string, string | undefined> = { ...written.profile };
  const { mended } = profileDrift(written, account.profile, writes);
  for (const field of mended.includes('familyName') ? [...mended, ...NAME_PARTS] : mended) {
    const value = account.profile[field];
    if (value === undefined) delete profile[field];
    else profile[field] = value;
  }
  const role = account.networkRole ?? written.networkRole;
  const networkRole = role === 'admin' && !mayLoseAdmin ? written.networkRole : role;
  return { ...written, profile, networkRole, memberships: shownMemberships(written, account, groups) };
}

function shownMemberships(written: PersonState, account: ShownAccount, groups: ReadonlySet<GroupKey>) {
  const memberships: Record<GroupKey, Membership> = {};
  for (const [key, membership] of membershipsOf(written)) {
    const role = account.groups.get(key);
    if (role === undefined && groups.has(key)) continue;
    memberships[key] = { ...membership, role: role ?? membership.role };
  }
  return memberships;
}

/** From what the network shows to what the sync wrote, as far as it is still to be so. */
function wayTo(
  { xid, link: { written }, wanted, writes }: ReconcileSubject,
  shown: LinkState,
): readonly PersonChange[] {
  const person = stillWanted(written, wanted ?? written, shown.written);
  const outcome = { kind: 'active', xid, person, why: [], warnings: [] } as const;
  return planPerson({ outcome, link: shown, writes: writesOfRepair(written, writes) }).map((change) => ({
    ...change,
    reason: reasonOf(change.kind),
  }));
}

function profileWords(subject: ReconcileSubject, { profile }: ShownAccount): readonly Warning[] {
  const { mended, left } = profileDrift(subject.link.written, profile, subject.writes);
  const words = (fields: typeof mended) =>
    `The network shows another value of ${fields.map(fieldName).join(', ')} than the sync wrote.`;
  return [
    ...(mended.length === 0 ? [] : [drift(subject, 'profile', words(mended))]),
    ...(left.length === 0 ? [] : [drift(subject, 'profile', `${words(left)} It stays: it is the person's own.`)]),
  ];
}

function roleDrift({ xid, link: { written }, mayLoseAdmin }: ReconcileSubject, { networkRole }: ShownAccount) {
  if (networkRole === null || networkRole === written.networkRole) return [];
  const stays = networkRole === 'admin' && !mayLoseAdmin ? ' It stays: it may be the last administrator.' : '';
  const text = `Is ${roleWords(networkRole)} of the network; the sync wrote ${roleWords(written.networkRole)}.${stays}`;
  return [drift({ xid }, 'role', text)];
}

function membershipDrift(
  { xid, link: { written } }: ReconcileSubject,
  account: ShownAccount,
  groups: ReadonlySet<GroupKey>,
): readonly Warning[] {
  return membershipsOf(written).flatMap(([key, { group, role }]) => {
    const words = groupWords(group);
    if (!groups.has(key)) {
      return [
        drift(
          { xid },
          'group',
          `The network has no ${words} any more: it was removed or renamed there. Nothing is changed.`,
        ),
      ];
    }
    const shown = account.groups.get(key);
    if (shown === undefined)
      return [drift({ xid }, 'membership', `Is not in the ${words} any more; the sync had joined it.`)];
    if (shown === null || shown === role) return [];
    return [drift({ xid }, 'role', `Is ${roleWords(shown)} in the ${words}; the sync wrote ${roleWords(role)}.`)];
  });
}

function membershipsOf({ memberships }: PersonState): readonly (readonly [GroupKey, Membership])[] {
  return Object.values(memberships).map((membership) => [groupKey(membership.group), membership] as const);
}

const REASONS: Readonly<Partial<Record<PersonChange['kind'], string>>> = {
  restore: 'The network shows the account as suspended, and the sync did not suspend it',
  suspend: 'The network shows the account as active, and the sync had suspended it',
  invite: 'Is invited again on return',
};

function reasonOf(kind: PersonChange['kind']) {
  return {
    rule: 'reconcile',
    text: REASONS[kind] ?? 'Is again as the sync wrote it; the network shows it otherwise',
    rows: [],
  };
}

type DriftKind = 'gone' | 'active' | 'profile' | 'role' | 'membership' | 'group' | 'unmanaged' | 'conflict';

function drift({ xid }: { readonly xid: Xid }, kind: DriftKind, text: string): Warning {
  return { code: `drift-${kind}`, xid, rows: [], column: null, text };
}
