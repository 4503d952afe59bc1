import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GUARDED_KINDS, heldWithOf, type GuardedKind } from '../../src/sync/guarded-kind.js';
import { allowedChanges } from '../../src/sync/guards/allowed-changes.js';
import { judgeDelivery, type DeliveryFigures } from '../../src/sync/guards/judge-delivery.js';
import { judgePlan, type PlanFigures } from '../../src/sync/guards/judge-plan.js';
import { judgeAbsence } from '../../src/sync/guards/judge-absence.js';
import type { Guards, KindLimit, MissingGuard } from '../../src/sync/mapping/mapping.js';
import { aMapping, ann, KORENAAR } from './builders.js';

const limit = { percent: 10, count: 200, floor: 5 };

function guardsOf(lines: string): Guards {
  return aMapping(`${KORENAAR}guards:\n${lines}`).guards;
}

function figures(changes: Partial<PlanFigures> & { readonly of?: Partial<Record<GuardedKind, number>> }): PlanFigures {
  const { of = {}, ...rest } = changes;
  const people = new Map(GUARDED_KINDS.flatMap((kind) => (of[kind] === undefined ? [] : [[kind, of[kind]]])));
  return { managed: 383, arriving: 0, isFirst: false, changed: 0, people, ...rest };
}

function heldKinds(guards: Guards, facts: Parameters<typeof figures>[0]): readonly GuardedKind[] {
  return [...judgePlan(guards, figures(facts)).kinds.keys()];
}

describe('feature 2: how many may be changed', () => {
  it.each([
    [0, 5],
    [20, 5],
    [59, 5],
    [60, 6],
    [383, 38],
    [2_000, 200],
    [1_000_000, 200],
  ])('of %i managed people: %i', (managed, allowed) => {
    expect(allowedChanges(limit, managed)).toBe(allowed);
  });

  it('by a share alone, or by a count alone', () => {
    expect(allowedChanges({ percent: 10, count: null, floor: 5 }, 100_000)).toBe(10_000);
    expect(allowedChanges({ percent: null, count: 30, floor: 5 }, 100_000)).toBe(30);
  });
});

describe('the guards of a plan', () => {
  const usual = aMapping(KORENAAR).guards;

  it('hold suspensions as a whole, and say by which numbers', () => {
    const verdict = judgePlan(usual, figures({ of: { suspend: 39, update: 300, join: 300 } }));
    expect([...verdict.kinds]).toEqual([
      [
        'suspend',
        '39 of 383 managed people (10.2 %) would be suspended, and 38 are allowed: 10 % or 200, whichever is fewer, and at least 5. ' +
          'All suspensions of this run are held until a person approves or refuses them; everything else goes on.',
      ],
    ]);
    expect(verdict.everything).toBeNull();
  });

  it('feature 2: let through what is exactly allowed', () => {
    expect(heldKinds(usual, { of: { suspend: 38, restore: 38, role_up: 38, leave: 95, create: 95 } })).toEqual([]);
    expect(heldKinds(usual, { of: { suspend: 39, restore: 39, role_up: 39, leave: 96, create: 96 } })).toEqual([
      'create',
      'restore',
      'role_up',
      'leave',
      'suspend',
    ]);
  });

  it('hold a kind that the mapping limits, and none that it frees', () => {
    const guards = guardsOf('  updates: { count: 10 }\n  creations: none\n');
    expect(heldKinds(guards, { of: { update: 11, create: 380 } })).toEqual(['update']);
    expect(judgePlan(guards, figures({ of: { update: 11 } })).kinds.get('update')).toContain(
      '10 are allowed: 10 and at least 5.',
    );
  });

  it('take shares of those whom the mapping brings in, while nobody is managed', () => {
    const first = { managed: 0, arriving: 1_000, isFirst: true };
    const guards = guardsOf('  promotions: { percent: 10 }\n');
    expect(heldKinds(guards, { ...first, of: { create: 1_000, invite: 1_000, role_up: 100 } })).toEqual([]);
    const verdict = judgePlan(guards, figures({ ...first, of: { create: 1_000, role_up: 101 } }));
    expect(verdict.kinds.get('role_up')).toMatch(
      /^101 of 1000 people whom the mapping brings in \(10\.1 %\) would get/,
    );
    expect(heldKinds(usual, { ...first, of: { role_up: 900 } })).toEqual([]);
  });

  it('hold what takes away from people who are managed already, though no run has come to its end yet', () => {
    const first = { managed: 1_000, arriving: 50, isFirst: true };
    expect(heldKinds(usual, { ...first, of: { create: 1_000, suspend: 100, leave: 250, role_down: 100 } })).toEqual([]);
    const verdict = judgePlan(usual, figures({ ...first, of: { suspend: 101, leave: 251, role_down: 101 } }));
    expect([...verdict.kinds.keys()]).toEqual(['role_down', 'leave', 'suspend']);
    expect(verdict.kinds.get('suspend')).toMatch(/^101 of 1000 managed people \(10\.1 %\) would be suspended/);
  });

  it('hold everything when the mapping says so', () => {
    const guards = guardsOf('  abort: { percent: 10 }\n');
    expect(judgePlan(guards, figures({ changed: 38 })).everything).toBeNull();
    expect(judgePlan(guards, figures({ changed: 39 })).everything).toBe(
      '39 of 383 managed people (10.2 %) would be changed, and 38 are allowed: 10 % and at least 5. ' +
        'All changes of this run are held until a person approves or refuses them; nothing is changed before.',
    );
  });

  it('say that the rest waits where it does', () => {
    const guards = guardsOf('  whenHeld: wait\n');
    expect(judgePlan(guards, figures({ of: { suspend: 100 } })).kinds.get('suspend')).toMatch(
      /; nothing else is changed before\.$/,
    );
  });

  it('feature 3: never let through more than their limit', () => {
    const share = fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: null });
    const anyLimit = fc.record<KindLimit>({
      percent: share,
      count: fc.option(fc.nat(500), { nil: null }),
      floor: fc.nat(20),
      isWritten: fc.constant(true),
    });
    const one = (arbitrary: fc.Arbitrary<KindLimit>) => fc.option(arbitrary, { nil: null });
    const limits = fc.record({
      create: one(anyLimit),
      restore: one(anyLimit),
      update: one(anyLimit),
      join: one(anyLimit),
      role_up: one(anyLimit),
      role_down: one(anyLimit),
      invite: one(anyLimit),
      leave: one(anyLimit),
      suspend: one(anyLimit),
    });
    const of = fc.dictionary(fc.constantFrom(...GUARDED_KINDS), fc.nat(5_000));
    const guards = fc.record<Guards>({
      limits,
      whenHeld: fc.constantFrom('continue' as const, 'wait' as const),
      abort: one(anyLimit),
      delivery: fc.constant(usual.delivery),
      missing: fc.constant(usual.missing),
      giveUpAfter: fc.constant(usual.giveUpAfter),
    });
    fc.assert(
      fc.property(guards, of, fc.nat(5_000), fc.nat(5_000), fc.boolean(), (any, people, managed, arriving, isFirst) => {
        const changed = Math.max(0, ...Object.values(people));
        const facts = figures({ managed, arriving, isFirst, changed, of: people });
        const verdict = judgePlan(any, facts);
        const base = isFirst ? managed + arriving : managed;
        for (const kind of GUARDED_KINDS) {
          const kindLimit = any.limits[kind];
          if (kindLimit === null || verdict.kinds.has(kind)) continue;
          expect(people[kind] ?? 0).toBeLessThanOrEqual(allowedChanges(kindLimit, base));
        }
        for (const kind of verdict.kinds.keys()) expect(people[kind]).toBeGreaterThan(any.limits[kind]?.floor ?? 0);
        if (any.abort !== null && verdict.everything === null)
          expect(changed).toBeLessThanOrEqual(allowedChanges(any.abort, base));
      }),
    );
  });
});

describe('the guards of a delivery', () => {
  const usual: DeliveryFigures = {
    ...{ rows: 1_000, rowsBefore: 1_000, badRows: 0, damagedRows: 0, ageInDays: 0, repeats: null },
  };
  const judge = (lines: string, changes: Partial<DeliveryFigures>) =>
    judgeDelivery(guardsOf(`  delivery:\n${lines}`).delivery, { ...usual, ...changes })?.message ?? null;
  const nothingSaid = (changes: Partial<DeliveryFigures>) =>
    judgeDelivery(aMapping(KORENAAR).guards.delivery, { ...usual, ...changes })?.guard ?? null;

  it('let an ordinary day through, and a first one', () => {
    expect(nothingSaid({})).toBeNull();
    expect(nothingSaid({ rowsBefore: null, rows: 3 })).toBeNull();
    expect(nothingSaid({ rows: 500, badRows: 50, damagedRows: 25 })).toBeNull();
  });

  it('refuse what is half, broken, damaged or was there before, also when the mapping is silent', () => {
    expect(nothingSaid({ rows: 499 })).toBe('shrink');
    expect(nothingSaid({ badRows: 101 })).toBe('bad rows');
    expect(nothingSaid({ damagedRows: 51 })).toBe('damage');
    expect(nothingSaid({ repeats: '2026-11-02' })).toBe('repeated');
  });

  it('say what happened, that nothing was changed, and what to do', () => {
    expect(judge('    shrink: { percent: 10, count: 50 }\n', { rows: 899 })).toBe(
      'The file has 899 rows, 101 fewer (10.1 %) than the 1000 of the last accepted delivery, and 100 fewer are allowed: ' +
        '10 % or 50, whichever is fewer, and at least 100. Deliver the whole employee record again; when this one is right, ' +
        'accept it with "usersync sync accept". Nothing was changed.',
    );
    expect(judge('    minimumRows: 900\n', { rows: 899 })).toMatch(
      /^The file has 899 rows, and at least 900 are expected/,
    );
    expect(judge('    maximumAgeInDays: 3\n', { ageInDays: 3.5 })).toMatch(
      /^The file is 3\.5 days old, and 3 are allowed/,
    );
  });

  it('are silent where the mapping says so', () => {
    const off = '    shrink: none\n    badRows: none\n    damagedRows: none\n    repeated: accept\n';
    expect(judge(off, { rows: 1, badRows: 1, damagedRows: 1, ageInDays: 400, repeats: '2026-11-02' })).toBeNull();
  });
});

describe('somebody who is missing', () => {
  const day = (days: number) => new Date(Date.UTC(2026, 10, 1) + days * 86_400_000);
  const judge = (guard: MissingGuard, snapshots: number, days: number) => {
    const { step, until } = judgeAbsence(guard, { since: day(0), snapshots }, day(days));
    return [step, until];
  };

  it.each([
    [{ snapshots: 1, days: 0 }, 1, 0, ['is suspended', null]],
    [{ snapshots: 3, days: 0 }, 2, 9, ['stays', 'delivery']],
    [{ snapshots: 3, days: 0 }, 3, 0, ['is suspended', null]],
    [{ snapshots: 1, days: 7 }, 5, 6, ['stays', day(7)]],
    [{ snapshots: 1, days: 7 }, 1, 7, ['is suspended', null]],
    [{ snapshots: 2, days: 7 }, 1, 30, ['stays', 'delivery']],
  ] as const)('with %o, in %i deliveries after %i days', (guard, snapshots, days, expected) => {
    expect(judge({ ...guard, leaveGroups: null }, snapshots, days)).toEqual(expected);
  });

  it.each([
    [1, 0, ['stays', 'delivery']],
    [2, 2, ['stays', day(3)]],
    [2, 3, ['leaves groups', 'delivery']],
    [4, 3, ['leaves groups', day(7)]],
    [4, 7, ['is suspended', null]],
  ] as const)('leaves the groups before, in %i deliveries after %i days', (snapshots, days, expected) => {
    const guard = { snapshots: 4, days: 7, leaveGroups: { snapshots: 2, days: 3 } };
    expect(judge(guard, snapshots, days)).toEqual(expected);
  });

  it.each([
    ['snapshots: 3, days: 5, leaveGroups: { snapshots: 2, days: 5 }', { snapshots: 2, days: 5 }],
    ['days: 5, leaveGroups: {}', { snapshots: 1, days: 0 }],
    ['days: 5', null],
  ])('in a mapping: %s', (missing, leaveGroups) => {
    expect(guardsOf(`  missing: { ${missing} }\n`).missing.leaveGroups).toEqual(leaveGroups);
  });

  it.each([
    'snapshots: 3, leaveGroups: { snapshots: 3 }',
    'snapshots: 3, days: 1, leaveGroups: { snapshots: 1, days: 2 }',
    'leaveGroups: { days: 1 }',
  ])('leaves no groups when the suspension is not later: %s', (missing) => {
    expect(() => guardsOf(`  missing: { ${missing} }\n`)).toThrow(/never come before the suspension/);
  });
});

describe('a change of role', () => {
  const reason = { rule: 'roles[0]', text: '', rows: [] };
  it.each([
    ['member', 'admin', 'role_up'],
    ['member', 'Planner', 'role_up'],
    ['Planner', 'admin', 'role_up'],
    ['Planner', 'Editor', 'role_up'],
    ['admin', 'Planner', 'role_down'],
    ['admin', 'member', 'role_down'],
    ['Planner', 'member', 'role_down'],
  ])('from %s to %s is %s', (before, after, kind) => {
    expect(heldWithOf({ kind: 'change_role', xid: ann, group: null, before, after, reason })).toBe(kind);
  });
});
