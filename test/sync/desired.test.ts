import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapRows, prescribedPassword } from '../../src/sync/desired/map-rows.js';
import { temporaryPasswordFor } from '../../src/sync/desired/invitation.js';
import { userNameConflicts } from '../../src/sync/desired/user-names.js';
import { groupKey } from '../../src/sync/group.js';
import { toXid } from '../../src/sync/ids.js';
import type { Outcome } from '../../src/sync/person.js';
import { aCompiledMapping, aRecord, ANN, ann, KORENAAR } from './builders.js';

const mapping = aCompiledMapping();

function map(...records: readonly ReturnType<typeof aRecord>[]): Outcome {
  return mapRows(mapping, ann, records);
}

function personOf(outcome: Outcome) {
  if (outcome.kind !== 'active')
    throw new Error(`${outcome.kind}: ${outcome.warnings.map(({ text }) => text).join(' ')}`);
  return outcome.person;
}

function rolesOf(outcome: Outcome): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(personOf(outcome).memberships).map(([key, { role }]) => [key, role]));
}

const codesOf = (outcome: Outcome) => outcome.warnings.map(({ code }) => code);

describe('one person with one row', () => {
  it('becomes what the mapping says', () => {
    expect(personOf(map(aRecord()))).toEqual({
      userName: '0004711',
      profile: { givenName: 'Ann', familyName: 'Baker', jobTitle: 'Baker', email: 'ann@example.com' },
      audience: 'email',
      networkRole: 'member',
      memberships: {
        'business_unit:north': { group: { kind: 'business_unit', name: 'North' }, role: 'member' },
        'department:bakery': { group: { kind: 'department', name: 'Bakery' }, role: 'member' },
        'local_department:north/bakery': {
          group: { kind: 'local_department', businessUnit: 'North', department: 'Bakery' },
          role: 'member',
        },
        'topic:bakers': { group: { kind: 'topic', name: 'Bakers' }, role: 'member' },
      },
    });
  });

  it('knows why, with rule, line and row', () => {
    expect(map(aRecord({}, 17)).why).toContainEqual({
      subject: 'group topic:bakers',
      rule: 'groups[3]',
      line: 14,
      rows: [17],
    });
  });

  it('has no empty values', () => {
    expect(personOf(map(aRecord({ Mail: '  ', Job: '' }))).profile).toEqual({ givenName: 'Ann', familyName: 'Baker' });
  });

  it('is in no group whose cell is empty', () => {
    expect(Object.keys(rolesOf(map(aRecord({ Department: ' ', Job: 'x' }))))).toEqual(['business_unit:north']);
  });

  it('brings the parents of a local department along', () => {
    const text = KORENAAR.replace('  - businessUnit: { column: Store }\n  - department: { column: Department }\n', '');
    const outcome = mapRows(aCompiledMapping(text), ann, [aRecord({ Job: 'x' })]);
    expect(Object.keys(rolesOf(outcome))).toEqual([
      'business_unit:north',
      'department:bakery',
      'local_department:north/bakery',
    ]);
  });

  it('gets the role of the first rule that applies', () => {
    expect(rolesOf(map(aRecord({ Job: 'Manager' })))['business_unit:north']).toBe('admin');
    expect(rolesOf(map(aRecord({ Job: 'Planner' })))['business_unit:north']).toBe('Planner');
    expect(personOf(map(aRecord({ Job: 'CEO' }))).networkRole).toBe('admin');
  });

  it('gets a role only in the group that the rule names', () => {
    const text = KORENAAR.replace('role: Planner', 'role: Planner\n    group: { name: south }');
    const roleIn = (Store: string) =>
      rolesOf(mapRows(aCompiledMapping(text), ann, [aRecord({ Job: 'Planner', Store })]));
    expect(roleIn('South')['business_unit:south']).toBe('Planner');
    expect(roleIn('North')['business_unit:north']).toBe('member');
  });

  it('is invited by the first audience that can reach them', () => {
    expect(personOf(map(aRecord({ Mail: '' }))).audience).toBe('letter');
  });

  it('is warned of when no audience can', () => {
    const outcome = mapRows(aCompiledMapping(KORENAAR.replace('  - audience: letter\n', '')), ann, [
      aRecord({ Mail: '' }),
    ]);
    expect(personOf(outcome).audience).toBe('none');
    expect(codesOf(outcome)).toEqual(['no_audience']);
  });

  it('gets user name and temporary password as the letter says', () => {
    const text = KORENAAR.replace(
      '- audience: letter',
      '- audience: letter\n    userName: "{First}.{Last}"\n    temporaryPassword: "{Last}{Id}"',
    );
    const compiled = aCompiledMapping(text);
    const row = { row: 2, fields: { ...ANN, Mail: '' } };
    expect(personOf(mapRows(compiled, ann, [aRecord({ Mail: '' })])).userName).toBe('Ann.Baker');
    expect(temporaryPasswordFor(compiled, row, {})).toEqual({ kind: 'fixed', text: 'Baker0004711' });
    expect(temporaryPasswordFor(aCompiledMapping(), row, {})).toEqual({ kind: 'random' });
    expect(temporaryPasswordFor(compiled, row, { email: 'a@example.com' })).toBeNull();
  });
});

it('a temporary password is that of a row in which the person is here today', () => {
  const text = KORENAAR.replace('- audience: letter', '- audience: letter\n    temporaryPassword: "{Last}{Id}"');
  const compiled = aCompiledMapping(`${text}leaveDate: { column: Leave }\n`);
  const rows = [
    aRecord({ Mail: '', Last: 'Aalders', Leave: '2026-01-31' }),
    aRecord({ Mail: '', Last: 'Baker', Leave: '' }, 3),
  ];
  const today = { today: '2026-11-30' };
  const outcome = mapRows(compiled, ann, rows, today);
  expect(personOf(outcome).profile.familyName).toBe('Baker');
  expect(prescribedPassword(compiled, rows, today)).toBe('Baker0004711');
});

describe('who lacks something is left as they are', () => {
  it.each([
    ['no_business_unit', { Store: '' }, {}],
    ['empty_name', { First: '', Last: ' ' }, {}],
    ['empty_email', { Mail: '' }, { '  allowEmptyEmail: true\n': '' }],
    ['empty_user_name', { Mail: '', First: '' }, { '- audience: letter': '- audience: letter\n    userName: First' }],
    [
      'long_user_name',
      { Mail: '', First: 'x'.repeat(256) },
      { '- audience: letter': '- audience: letter\n    userName: First' },
    ],
    ['no_group', { Store: '', Department: '', Job: '' }, { 'options:': 'options:\n  allowWithoutBusinessUnit: true' }],
  ])('%s', (code, fields, edits) => {
    const text = Object.entries(edits).reduce((all, [from, to]) => all.replace(from, to), KORENAAR);
    const outcome = mapRows(aCompiledMapping(text), ann, [aRecord(fields)]);
    expect([outcome.kind, codesOf(outcome)]).toEqual(['unusable', [code]]);
  });

  it('is allowed by option', () => {
    const text = KORENAAR.replace(
      'options:',
      'options:\n  allowWithoutBusinessUnit: true\n  allowWithoutGroups: true\n  allowEmptyName: true',
    );
    const outcome = mapRows(aCompiledMapping(text), ann, [
      aRecord({ Store: '', Department: '', Job: '', First: '', Last: '' }),
    ]);
    expect(personOf(outcome).memberships).toEqual({});
  });

  it('a row that could not be read', () => {
    const outcome = map(aRecord(), { xid: ann, row: 9, fields: null });
    expect([outcome.kind, codesOf(outcome), outcome.warnings[0]?.rows]).toEqual(['unusable', ['unreadable_row'], [9]]);
  });
});

describe('groups that the network lacks', () => {
  const off = aCompiledMapping(KORENAAR.replace('createMissingGroups: true', 'createMissingGroups: false'));
  const north = groupKey({ kind: 'business_unit', name: 'NORTH' });

  it('are left out with a warning when none are created', () => {
    const outcome = mapRows(off, ann, [aRecord({ Job: 'x' })], { groups: new Set([north]) });
    expect(Object.keys(rolesOf(outcome))).toEqual([north]);
    expect(outcome.warnings.map(({ code, column }) => [code, column])).toEqual([
      ['unknown_group', 'Department'],
      ['unknown_group', 'Store'],
    ]);
  });

  it('leave a person as they are when no business unit remains', () => {
    expect(mapRows(off, ann, [aRecord()], { groups: new Set() }).kind).toBe('unusable');
  });
});

describe('several rows of one person', () => {
  it('the active rule runs first', () => {
    expect(map(aRecord({ Status: 'Inactive' }), aRecord({ Status: 'Gone' }, 3))).toMatchObject({ kind: 'inactive' });
    const mixed = map(aRecord({ Status: 'Inactive', First: 'Aaa' }), aRecord({ First: 'Zoe' }, 3));
    expect(personOf(mixed).profile.givenName).toBe('Zoe');
    expect(mixed.warnings).toEqual([]);
  });

  it('groups are united, and the first canonical text gives the profile', () => {
    const outcome = map(
      aRecord({ First: 'Zoe', Store: 'South', Department: 'A' }),
      aRecord({ First: 'Ann', Department: 'B' }, 3),
    );
    expect(personOf(outcome).profile.givenName).toBe('Zoe');
    expect(Object.keys(rolesOf(outcome)).filter((key) => key.startsWith('local'))).toEqual([
      'local_department:north/b',
      'local_department:south/a',
    ]);
    expect(outcome.warnings.map(({ code, column, rows }) => [code, column, rows])).toEqual([
      ['duplicate_differs', 'First', [2, 3]],
    ]);
  });

  it('a role holds only where its row works', () => {
    const outcome = map(aRecord({ Job: 'Manager' }), aRecord({ Job: 'Cashier', Store: 'South' }, 3));
    expect(rolesOf(outcome)).toMatchObject({ 'business_unit:north': 'admin', 'business_unit:south': 'member' });
  });

  it('are refused, and count as present, when merging is off', () => {
    const off = aCompiledMapping(KORENAAR.replace('mergeDuplicates: true', 'mergeDuplicates: false'));
    const outcome = mapRows(off, ann, [aRecord(), aRecord({ Status: 'Inactive' }, 3), aRecord({}, 4)]);
    expect([outcome.kind, codesOf(outcome), outcome.warnings[0]?.rows]).toEqual([
      'unusable',
      ['duplicate_xid'],
      [2, 4],
    ]);
    expect(mapRows(off, ann, [aRecord(), aRecord({ Status: 'Inactive' }, 3)]).kind).toBe('active');
  });
});

const cell = fc.constantFrom('', ' ', 'A', 'B', 'Manager', 'Baker', 'CEO', 'a', 'é');
const rows = fc
  .array(
    fc.record({
      Status: fc.constantFrom('Active', 'Active', 'Inactive'),
      First: cell,
      Last: cell,
      Job: cell,
      Store: cell,
      Department: cell,
      Mail: cell,
    }),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((all) => all.map((fields, index) => aRecord(fields, index + 2)));

describe('laws', () => {
  it('the order of rows never matters', () => {
    fc.assert(
      fc.property(
        rows.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(map(...shuffled)).toEqual(map(...all));
          expect(JSON.stringify(map(...shuffled))).toBe(JSON.stringify(map(...all)));
        },
      ),
    );
  });

  it('nor does it matter which row has which number, but for the numbers named', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const numbered = all.map((record, index) => ({ ...record, row: 100 - index }));
        const [one, other] = [map(...all), map(...numbered)];
        expect(other.kind).toBe(one.kind);
        if (one.kind === 'active') expect(personOf(other)).toEqual(one.person);
      }),
    );
  });

  it('mapping twice gives the same', () => {
    fc.assert(
      fc.property(rows, (all) => {
        expect(map(...all)).toEqual(map(...all));
      }),
    );
  });

  it('no warning carries a value of the record', () => {
    const secret = 'Secretive';
    const outcome = map(
      aRecord({ First: secret, Mail: secret, Store: secret }),
      aRecord({ First: 'Z', Mail: '', Store: '' }, 3),
    );
    expect(JSON.stringify(outcome.warnings)).not.toContain(secret);
  });
});

it('two people who claim one user name are found', () => {
  const claim = (xid: string, userName: string): Outcome => ({
    kind: 'active',
    xid: toXid(xid),
    person: { userName, profile: {}, audience: 'none', networkRole: 'member', memberships: {} },
    why: [],
    warnings: [],
  });
  expect([...userNameConflicts([claim('2', 'Jan'), claim('1', 'jan'), claim('3', 'Piet')])]).toEqual([
    ['jan', ['1', '2']],
  ]);
});
