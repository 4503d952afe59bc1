import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonChange } from '../../src/sync/change.js';
import { mapRows } from '../../src/sync/desired/map-rows.js';
import { groupKey } from '../../src/sync/group.js';
import { toEid, toXid, type GroupKey } from '../../src/sync/ids.js';
import { afterChanges } from '../../src/sync/plan/after-changes.js';
import type { LinkState } from '../../src/sync/plan/link-state.js';
import { planPerson } from '../../src/sync/plan/plan-person.js';
import type { WritePolicies } from '../../src/sync/plan/profile-changes.js';
import { keepsAnAdmin } from '../../src/sync/reconcile/administrators.js';
import { indexReading, type ShownAccount } from '../../src/sync/reconcile/reading.js';
import { reconcilePerson, type ReconcileSubject } from '../../src/sync/reconcile/reconcile-person.js';
import { aCompiledMapping, aRecord, ann } from './builders.js';

const mapping = aCompiledMapping();
const eid = toEid('00000000000000aa');
const other = toEid('00000000000000bb');
const choir: GroupKey = groupKey({ kind: 'topic', name: 'Choir' });
const writes: WritePolicies = new Map([
  ['givenName', 'always'],
  ['familyName', 'onChange'],
  ['jobTitle', 'once'],
  ['email', 'always'],
]);

function linkOf(fields: Parameters<typeof aRecord>[0] = {}): LinkState {
  const link = afterChanges(null, planPerson({ outcome: mapRows(mapping, ann, [aRecord(fields)]), link: null }));
  if (link === null) throw new Error('The person is not active.');
  return link;
}

/** The account as the sync wrote it. */
function asWritten({ written }: LinkState): ShownAccount {
  const roles = Object.values(written.memberships).map(({ group, role }) => [groupKey(group), role] as const);
  return { xid: ann, profile: written.profile, networkRole: written.networkRole, groups: new Map(roles) };
}

/** Every group that the network has. */
function groupsOf({ written }: LinkState): Set<GroupKey> {
  return new Set([...Object.values(written.memberships).map(({ group }) => groupKey(group)), choir]);
}

function subjectOf(link: LinkState, more: Partial<ReconcileSubject> = {}): ReconcileSubject {
  const usual = { outcome: 'active', wanted: link.written, writes, mayLoseAdmin: true } as const;
  return { xid: ann, link, userEid: eid, ...usual, ...more };
}

function reconcile(link: LinkState, account: ShownAccount | null, more: Partial<ReconcileSubject> = {}) {
  const accounts = new Map(account === null ? [] : [[eid, account]]);
  return reconcilePerson(subjectOf(link, more), indexReading(accounts, groupsOf(link)));
}

const codes = ({ drift }: ReturnType<typeof reconcile>) => drift.map(({ code }) => code);
const kinds = ({ changes }: ReturnType<typeof reconcile>) => changes.map(({ kind }) => kind);

/** The account once these changes were applied. */
function applied(account: ShownAccount, changes: readonly PersonChange[]): ShownAccount {
  return changes.reduce((now: ShownAccount, change) => {
    if (change.kind === 'join') return { ...now, groups: new Map([...now.groups, [groupKey(change.group), 'member']]) };
    if (change.kind === 'change_role') {
      if (change.group === null) return { ...now, networkRole: change.after };
      return { ...now, groups: new Map([...now.groups, [groupKey(change.group), change.after]]) };
    }
    if (change.kind !== 'update') throw new Error(`A repair of somebody who is there makes no ${change.kind}.`);
    const kept = (change.kept ?? []).map((field) => [field, now.profile[field]] as const);
    return { ...now, profile: { ...change.after, ...Object.fromEntries(kept) } };
  }, account);
}

describe('the network is compared with what the sync wrote', () => {
  const link = linkOf({ Job: 'Manager' });
  const account = asWritten(link);

  it('who is as written: nothing, also with groups that somebody added by hand', () => {
    expect(reconcile(link, account)).toEqual({ drift: [], changes: [] });
    const inChoir = { ...account, groups: new Map([...account.groups, [choir, 'admin']]) };
    expect(reconcile(link, inChoir)).toEqual({ drift: [], changes: [] });
  });

  it('who is gone or suspended is restored, unless the record says that the person left or is left alone', () => {
    expect(kinds(reconcile(link, null))).toEqual(['restore', 'invite']);
    for (const outcome of ['missing', 'inactive', 'kept_out', 'left_alone', 'unusable'] as const) {
      const found = reconcile(link, null, { outcome });
      expect([codes(found), kinds(found)]).toEqual([['drift-gone'], []]);
    }
  });

  it('who is active though suspended by the sync is suspended, unless the record brings the person back', () => {
    const suspended: LinkState = { ...link, state: 'suspended' };
    expect(kinds(reconcile(suspended, account, { outcome: 'missing' }))).toEqual(['suspend']);
    const back = reconcile(suspended, account);
    expect([codes(back), kinds(back)]).toEqual([['drift-active'], []]);
    expect(reconcile(suspended, null)).toEqual({ drift: [], changes: [] });
  });

  it('a field of the person is told and stays; one that is always written is written again, without touching the other', () => {
    const profile = { ...account.profile, givenName: 'Annie', familyName: 'Bakker', email: 'annie@example.com' };
    const found = reconcile(link, { ...account, profile });
    expect(codes(found)).toEqual(['drift-profile', 'drift-profile']);
    expect(found.changes).toHaveLength(1);
    const after = applied({ ...account, profile }, found.changes);
    expect(after.profile).toEqual({ ...profile, givenName: 'Ann' });
    expect(afterChanges(link, found.changes)).toEqual(link);
  });

  it('an infix that the network shows in front of the family name is no difference, and stays when the name is mended', () => {
    const named = { ...link.written.profile, infix: 'van der', familyName: 'Berg' };
    const infixed: LinkState = { ...link, written: { ...link.written, profile: named } };
    const { infix: _, ...shown } = { ...named, familyName: 'van der Berg' };
    const always: WritePolicies = new Map([...writes, ['infix', 'always'], ['familyName', 'always']]);
    expect(reconcile(infixed, { ...account, profile: shown }, { writes: always })).toEqual({ drift: [], changes: [] });

    const other = { ...account, profile: { ...shown, familyName: 'van den Berg' } };
    const found = reconcile(infixed, other, { writes: always });
    expect(codes(found)).toEqual(['drift-profile']);
    expect(found.changes).toMatchObject([{ before: { familyName: 'van den Berg' }, after: named }]);
    expect(found.changes[0]).not.toHaveProperty('before.infix');
    expect(afterChanges(infixed, found.changes)).toEqual(infixed);
  });

  it('no text of a difference holds a value of either side', () => {
    const profile = { ...account.profile, givenName: 'Annie', familyName: 'Bakker' };
    const text = JSON.stringify(reconcile(link, { ...account, profile }).drift);
    for (const value of ['Annie', 'Bakker', 'Ann"']) expect(text).not.toContain(value);
  });

  it('a membership that somebody took away is made again, with its role; a role is given back', () => {
    const [first, ...rest] = [...account.groups];
    const without = reconcile(link, { ...account, groups: new Map(rest) });
    expect([codes(without), kinds(without)]).toEqual([['drift-membership'], ['join', 'change_role']]);
    const demoted = new Map([[first?.[0] ?? choir, 'member'], ...rest]);
    const found = reconcile(link, { ...account, groups: demoted });
    expect([codes(found), kinds(found)]).toEqual([['drift-role'], ['change_role']]);
  });

  it('what the record of today does not give any more is told and not given back, and a group is joined as a member', () => {
    const [[first = choir, role] = [], ...rest] = [...account.groups];
    const admin: LinkState = { ...link, written: { ...link.written, networkRole: 'admin' } };
    const demoted = { ...account, networkRole: 'member', groups: new Map(rest) };
    const { [first]: given, ...others } = link.written.memberships;
    if (given === undefined || role === 'member') throw new Error('There is no role to lose.');
    const none = { ...link.written, networkRole: 'member', memberships: others };
    const found = reconcile(admin, demoted, { wanted: none });
    expect([codes(found), kinds(found)]).toEqual([['drift-role', 'drift-membership'], []]);
    const plain = { ...none, memberships: { ...others, [first]: { ...given, role: 'member' } } };
    expect(kinds(reconcile(admin, demoted, { wanted: plain }))).toEqual(['join']);
    const still = reconcile(admin, demoted, { wanted: admin.written });
    expect(new Set(kinds(still))).toEqual(new Set(['join', 'change_role']));
  });

  it('a group that the network does not have any more is told, and never made anew: it may have been renamed', () => {
    const found = reconcilePerson(
      subjectOf(link),
      indexReading(new Map([[eid, { ...account, groups: new Map() }]]), new Set()),
    );
    expect(new Set(codes(found))).toEqual(new Set(['drift-group']));
    expect(found.changes).toEqual([]);
  });

  it('feature 11: an XID that belongs to another account, or to two, is for a person to say', () => {
    const swapped = indexReading(
      new Map([
        [eid, { ...account, xid: toXid('9') }],
        [other, account],
      ]),
      groupsOf(link),
    );
    const twice = indexReading(new Map([[eid, account], [other, account]]), groupsOf(link)); // prettier-ignore
    for (const reading of [swapped, twice]) {
      const found = reconcilePerson(subjectOf(link), reading);
      expect([codes(found), kinds(found)]).toEqual([['drift-conflict'], []]);
    }
    expect(codes(reconcile(link, { ...account, xid: null }))).toEqual(['drift-conflict']);
  });

  it('who may be the last administrator keeps the role, and is not suspended', () => {
    const admin = { ...account, networkRole: 'admin' };
    expect(kinds(reconcile(link, admin))).toEqual(['change_role']);
    expect(kinds(reconcile(link, admin, { mayLoseAdmin: false }))).toEqual([]);
    const away = { outcome: 'missing', mayLoseAdmin: false } as const;
    expect(kinds(reconcile({ ...link, state: 'suspended' }, admin, away))).toEqual([]);
    const reading = indexReading(new Map([[eid, admin]]), new Set());
    expect(keepsAnAdmin(reading, [{ userEid: eid, isAdmin: false }])).toBe(false);
    expect(keepsAnAdmin(reading, [{ userEid: eid, isAdmin: true }])).toBe(true);
    expect(keepsAnAdmin(reading, [])).toBe(true);
  });
});

describe('laws of reconciling', () => {
  const jobs = fc.constantFrom('Baker', 'Manager', 'Planner', 'CEO', 'Clerk');
  const value = fc.option(fc.constantFrom('A', 'b', 'C'), { nil: undefined });
  const role = fc.constantFrom('member', 'admin', 'Planner', null);

  /** An account after people did this and that to it by hand. */
  const touched = fc
    .record({
      link: fc
        .record({ Job: jobs, Store: fc.constantFrom('South', 'North'), Department: fc.constantFrom('', 'Till') })
        .map(linkOf),
      profile: fc.record({ givenName: value, familyName: value, jobTitle: value, email: value }, { requiredKeys: [] }),
      networkRole: role,
      taken: fc.array(fc.nat(4)),
      roles: fc.array(role, { minLength: 5, maxLength: 5 }),
      added: fc.boolean(),
    })
    .map(({ link, profile, networkRole, taken, roles, added }) => {
      const before = asWritten(link);
      const groups = [...before.groups].flatMap(([key], index) =>
        taken.includes(index) ? [] : [[key, roles[index] ?? null] as const],
      );
      const mixed = Object.entries({ ...before.profile, ...profile }).filter(([, text]) => text !== undefined);
      return {
        link,
        account: {
          ...{ xid: ann, networkRole, profile: Object.fromEntries(mixed) },
          groups: new Map([...groups, ...(added ? [[choir, 'admin'] as const] : [])]),
        } satisfies ShownAccount,
      };
    });

  it('after a repair there is nothing to repair, and the link is as it was', () => {
    fc.assert(
      fc.property(touched, ({ link, account }) => {
        const { changes } = reconcile(link, account);
        const after = applied(account, changes);
        expect(reconcile(link, after).changes).toEqual([]);
        expect(afterChanges(link, changes)?.written.profile).toEqual(link.written.profile);
        expect(Object.keys(afterChanges(link, changes)?.written.memberships ?? {}).sort()).toEqual(
          Object.keys(link.written.memberships).sort(),
        );
      }),
    );
  });

  it('a repair touches no group that the sync did not write, and takes nobody out of any', () => {
    fc.assert(
      fc.property(touched, ({ link, account }) => {
        const { changes } = reconcile(link, account);
        expect(changes.some(({ kind }) => kind === 'leave' || kind === 'suspend' || kind === 'create')).toBe(false);
        expect(applied(account, changes).groups.get(choir)).toBe(account.groups.get(choir));
      }),
    );
  });

  it('every change has a difference that is told', () => {
    fc.assert(
      fc.property(touched, ({ link, account }) => {
        const { changes, drift } = reconcile(link, account);
        if (changes.length > 0) expect(drift.length).toBeGreaterThan(0);
      }),
    );
  });
});
