import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANGE_ORDER, type PersonChange } from '../../src/sync/change.js';
import { groupKey } from '../../src/sync/group.js';
import type { PersonState } from '../../src/sync/person.js';
import { afterChanges } from '../../src/sync/plan/after-changes.js';
import { groupsToCreate } from '../../src/sync/plan/groups-to-create.js';
import type { LinkState } from '../../src/sync/plan/link-state.js';
import { planPerson } from '../../src/sync/plan/plan-person.js';
import { aCompiledMapping, ann, anyPerson, desired as desiredBy, type aRecord } from './builders.js';

const mapping = aCompiledMapping();
const desired = (fields: Parameters<typeof aRecord>[0] = {}) => desiredBy(mapping, fields);
const missing = { kind: 'missing', xid: ann } as const;
const inactive = desired({ Status: 'Gone' });

function linkAfter(outcome = desired()): LinkState {
  const link = afterChanges(null, planPerson({ outcome, link: null }));
  if (link === null) throw new Error('There is no link.');
  return link;
}

const brief = (changes: readonly PersonChange[]) =>
  changes.map((change) =>
    'group' in change && change.group !== null ? `${change.kind} ${groupKey(change.group)}` : change.kind,
  );

describe('a plan for one person', () => {
  it('a new one is created, joins, gets roles, and is invited last', () => {
    expect(brief(planPerson({ outcome: desired({ Job: 'Manager' }), link: null }))).toEqual([
      'create',
      'join business_unit:north',
      'join department:bakery',
      'join local_department:north/bakery',
      'change_role business_unit:north',
      'invite',
    ]);
  });

  it('an unchanged one has nothing', () => {
    expect(planPerson({ outcome: desired(), link: linkAfter() })).toEqual([]);
  });

  it('a mover joins before leaving, parents first in and last out', () => {
    expect(brief(planPerson({ outcome: desired({ Store: 'South' }), link: linkAfter() }))).toEqual([
      'join business_unit:south',
      'join local_department:south/bakery',
      'leave local_department:north/bakery',
      'leave business_unit:north',
    ]);
  });

  it('a changed profile is one update with before and after', () => {
    const [update, ...others] = planPerson({ outcome: desired({ Last: 'Cook' }), link: linkAfter() });
    expect(others).toEqual([]);
    expect(update).toMatchObject({ kind: 'update', before: { familyName: 'Baker' }, after: { familyName: 'Cook' } });
    expect(update?.reason.text).toBe('The record has changed in the family name (rule columns in line 6, row 2)');
  });

  it('a role goes up and down', () => {
    const up = planPerson({ outcome: desired({ Job: 'CEO' }), link: linkAfter(desired({ Job: 'Clerk' })) });
    expect(up.filter(({ kind }) => kind === 'change_role')).toMatchObject([
      { group: null, before: 'member', after: 'admin' },
    ]);
    const down = planPerson({ outcome: desired({ Job: 'Clerk' }), link: linkAfter(desired({ Job: 'Manager' })) });
    expect(down.filter(({ kind }) => kind === 'change_role')).toMatchObject([{ before: 'admin', after: 'member' }]);
  });

  it('who is missing or inactive is suspended, once', () => {
    for (const outcome of [missing, inactive]) {
      const changes = planPerson({ outcome, link: linkAfter() });
      expect(brief(changes)).toEqual(['suspend']);
      expect(planPerson({ outcome, link: afterChanges(linkAfter(), changes) })).toEqual([]);
      expect(planPerson({ outcome, link: null })).toEqual([]);
    }
  });

  it('who is unusable is left alone, also when suspended', () => {
    const outcome = desired({ Store: '' });
    expect(outcome.kind).toBe('unusable');
    for (const link of [null, linkAfter(), { ...linkAfter(), state: 'suspended' as const }]) {
      expect(planPerson({ outcome, link })).toEqual([]);
    }
  });

  it('who returns is restored as the same account with what changed, and invited anew: the invitation was cancelled', () => {
    const link: LinkState = { ...linkAfter(), state: 'suspended' };
    expect(brief(planPerson({ outcome: desired(), link }))).toEqual(['restore', 'invite']);
    expect(brief(planPerson({ outcome: desired({ Store: 'South', Last: 'Cook' }), link }))).toEqual([
      'restore',
      'update',
      'join business_unit:south',
      'join local_department:south/bakery',
      'invite',
      'leave local_department:north/bakery',
      'leave business_unit:north',
    ]);
  });

  it('whoever got a letter and returns needs no other', () => {
    const outcome = desired();
    if (outcome.kind !== 'active') throw new Error('The person is active.');
    const byLetter = { ...outcome, person: { ...outcome.person, audience: 'letter' as const } };
    const link: LinkState = { state: 'suspended', written: byLetter.person, invited: true };
    expect(brief(planPerson({ outcome: byLetter, link }))).toEqual(['restore']);
  });

  it('who was never invited is invited when they return', () => {
    const link: LinkState = { ...linkAfter(), state: 'suspended', invited: false };
    expect(brief(planPerson({ outcome: desired(), link }))).toEqual(['restore', 'invite']);
  });

  it('what failed is planned again', () => {
    const changes = planPerson({ outcome: desired(), link: null });
    const link = afterChanges(
      null,
      changes.filter(({ kind }) => kind === 'create' || kind === 'invite'),
    );
    expect(brief(planPerson({ outcome: desired(), link })).every((change) => change.startsWith('join'))).toBe(true);
  });

  it('every change says why, with the rule', () => {
    for (const { reason } of planPerson({ outcome: desired({ Job: 'Manager' }), link: null })) {
      expect(reason.rule).toMatch(/^(active|groups|roles|invitations)/);
      expect(reason.rows).toEqual([2]);
    }
  });

  it('a reason holds group names but nothing else of the record', () => {
    const link = linkAfter(desired({ First: 'Secretive', Last: 'Secretive', Mail: 'Secretive' }));
    const reasons = planPerson({ outcome: desired(), link }).map(({ reason }) => reason);
    expect(JSON.stringify(reasons)).not.toMatch(/Secretive|Ann|ann@/);
  });
});

describe('groups to create', () => {
  it('are those that people join and the network lacks, each once, parents first', () => {
    const changes = [desired(), desired({ Department: 'Till' })].flatMap((outcome) =>
      planPerson({ outcome, link: null }),
    );
    const existing = new Set([groupKey({ kind: 'department', name: 'BAKERY' })]);
    expect(groupsToCreate(changes, existing).map(({ group }) => groupKey(group))).toEqual([
      'business_unit:north',
      'department:till',
      'local_department:north/bakery',
      'local_department:north/till',
      'topic:bakers',
    ]);
  });

  it('are none when nobody joins', () => {
    expect(groupsToCreate(planPerson({ outcome: missing, link: linkAfter() }), new Set())).toEqual([]);
  });
});

/** Groups whose names differ in case only are the same group. */
const roles = (person: PersonState | undefined) =>
  Object.entries(person?.memberships ?? {})
    .map(([key, { role }]) => `${key} ${role}`)
    .sort();

describe('laws', () => {
  const person = anyPerson(mapping);
  const days = fc.array(fc.oneof(person, person, fc.constant(missing)), { minLength: 1, maxLength: 6 });

  const live = (
    outcomes: readonly (ReturnType<typeof desired> | typeof missing)[],
    seen: (changes: readonly PersonChange[]) => void = () => undefined,
  ) =>
    outcomes.reduce<LinkState | null>((link, outcome) => {
      const changes = planPerson({ outcome, link });
      seen(changes);
      return afterChanges(link, changes);
    }, null);

  it('planning again after a plan was applied gives nothing', () => {
    fc.assert(
      fc.property(days, (outcomes) => {
        const link = live(outcomes);
        const last = outcomes.at(-1);
        if (last) expect(planPerson({ outcome: last, link })).toEqual([]);
      }),
    );
  });

  it('after a plan the link holds what is desired, whatever was before', () => {
    fc.assert(
      fc.property(days, person, (outcomes, last) => {
        const link = live([...outcomes, last]);
        if (last.kind !== 'active') return;
        const { userName, profile, networkRole } = last.person;
        expect(link).toMatchObject({ state: 'active', written: { userName, profile, networkRole } });
        expect(roles(link?.written)).toEqual(roles(last.person));
      }),
    );
  });

  it('changes come in the safe order; nobody is created twice, or invited again without having been away or getting a new address', () => {
    fc.assert(
      fc.property(days, (outcomes) => {
        const all: PersonChange[] = [];
        live(outcomes, (changes) => {
          const order = changes.map(({ kind }) => CHANGE_ORDER.indexOf(kind));
          expect(order).toEqual([...order].sort((a, b) => a - b));
          all.push(...changes);
        });
        expect(all.filter(({ kind }) => kind === 'create').length).toBeLessThanOrEqual(1);
        const returns = all.filter(({ kind }) => kind === 'restore').length;
        const moves = all.filter((change) => change.kind === 'update' && change.before.email !== change.after.email);
        expect(all.filter(({ kind }) => kind === 'invite').length).toBeLessThanOrEqual(1 + returns + moves.length);
      }),
    );
  });

  it('nobody is without a group in between', () => {
    fc.assert(
      fc.property(person, person, (before, after) => {
        if (before.kind !== 'active' || after.kind !== 'active') return;
        let link = live([before]);
        for (const change of planPerson({ outcome: after, link })) {
          link = afterChanges(link, [change]);
          expect(Object.keys(link?.written.memberships ?? {}).length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('a plan that stopped anywhere is finished by the next', () => {
    fc.assert(
      fc.property(person, person, fc.nat(12), (before, after, done) => {
        const link = live([before]);
        const stopped = afterChanges(link, planPerson({ outcome: after, link }).slice(0, done));
        const finished = afterChanges(stopped, planPerson({ outcome: after, link: stopped }));
        if (after.kind === 'active') expect(roles(finished?.written)).toEqual(roles(after.person));
        expect(planPerson({ outcome: after, link: finished })).toEqual([]);
      }),
    );
  });
});
