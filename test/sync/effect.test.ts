import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapRows } from '../../src/sync/desired/map-rows.js';
import { rulesWithoutPeople, type Effect } from '../../src/sync/effect/effect.js';
import { EffectGatherer } from '../../src/sync/effect/gather.js';
import { FirstRows, SmallestKeys } from '../../src/sync/effect/tally.js';
import { groupKey } from '../../src/sync/group.js';
import type { Xid } from '../../src/sync/ids.js';
import type { PersonChange } from '../../src/sync/change.js';
import { planPerson } from '../../src/sync/plan/plan-person.js';
import type { EmployeeRecord } from '../../src/sync/record.js';
import { aCompiledMapping, aRecord, KORENAAR } from './builders.js';

const mapping = aCompiledMapping(`${KORENAAR}exceptions:
  - externalIds: ["7"]
    leaveAlone: true
  - when: Job == "Temp"
    notInNetwork: true
  - when: Job == "Guest"
    noInvitation: true
`);

type Records = readonly EmployeeRecord[];

function byXid(records: Records): ReadonlyMap<Xid, Records> {
  const people = new Map<Xid, EmployeeRecord[]>();
  for (const record of records) people.set(record.xid, [...(people.get(record.xid) ?? []), record]);
  return people;
}

function effectOf(
  records: Records,
  compiled = mapping,
  known: ConstructorParameters<typeof EffectGatherer>[1] = {},
): Effect {
  const gatherer = new EffectGatherer(compiled, known);
  for (const [xid, rows] of byXid(records)) gatherer.add(xid, rows);
  return gatherer.result();
}

const people = (...all: readonly Parameters<typeof aRecord>[0][]): Records =>
  all.map((fields, index) => aRecord({ Id: String(index + 1), ...fields }, index + 2));

describe('the effect of a mapping', () => {
  const effect = effectOf(
    people(
      { Job: 'Baker' },
      { Job: 'Manager', Mail: '' },
      { Status: 'Gone' },
      { Store: ' ' },
      { Job: 'Temp' },
      { Job: 'Guest', Store: 'NORTH' },
      { Id: '7' },
      { Id: '1', Store: 'South' },
    ),
  );

  it('counts people by what becomes of them', () => {
    expect(effect.rows).toBe(8);
    expect(effect.people).toEqual({
      ...{ read: 7, active: 3, inactive: 1, leftOut: 1, leftAlone: 1, keptOut: 1 },
      ...{ inGroups: 3, withRole: 1, excepted: 3 },
    });
  });

  it('says why people are left out, by row number', () => {
    expect(effect.leftOver.map(({ code, count, rows }) => [code, count, rows])).toEqual([
      ['inactive', 1, [4]],
      ['kept_out', 1, [6]],
      ['left_alone', 1, [8]],
      ['no_business_unit', 1, [5]],
    ]);
  });

  it('counts people and administrators of each group, with the rules that make it', () => {
    expect(effect.groups.filter(({ group }) => group.kind === 'business_unit')).toEqual([
      {
        ...{ key: 'business_unit:north', group: { kind: 'business_unit', name: 'NORTH' } },
        ...{ people: 3, admins: 1, rules: ['groups[0]', 'groups[2]'] },
      },
      {
        ...{ key: 'business_unit:south', group: { kind: 'business_unit', name: 'South' } },
        ...{ people: 1, admins: 0, rules: ['groups[0]', 'groups[2]'] },
      },
    ]);
    expect(effect.hasMoreGroups).toBe(false);
  });

  it('counts audiences, roles, fields and columns', () => {
    expect(effect.audiences).toEqual({ email: 1, sms: 0, letter: 1, sso: 0, none: 1 });
    expect(effect.roles).toEqual([{ target: 'business_unit', role: 'admin', people: 1 }]);
    expect(effect.fields).toContainEqual({ field: 'email', people: 2 });
    expect(effect.columns).toContainEqual({ column: 'Store', rows: 7 });
    expect(effect.columns).toContainEqual({ column: 'Mail', rows: 7 });
  });

  it('counts about whom each rule decided, and names those that decided about nobody', () => {
    const rules = Object.fromEntries(effect.rules.map(({ path, people: count }) => [path, count]));
    expect(rules).toMatchObject({
      ...{ active: 1, 'columns.email': 2, 'groups[0]': 3, 'groups[3]': 1, 'roles[1]': 1 },
      ...{ 'invitations[0]': 1, 'invitations[1]': 1, 'exceptions[0]': 1, 'exceptions[1]': 1, 'exceptions[2]': 1 },
    });
    expect(rulesWithoutPeople(effect).map(({ path }) => path)).toEqual(['roles[0]', 'roles[2]']);
  });

  it('names the groups that the network lacks, whether they are created or not', () => {
    const known = { groups: new Set([groupKey({ kind: 'business_unit', name: 'North' })]) };
    const records = people({ Job: 'x' });
    for (const create of ['true', 'false']) {
      const text = KORENAAR.replace('createMissingGroups: true', `createMissingGroups: ${create}`);
      const lacking = effectOf(records, aCompiledMapping(text), known).missingGroups;
      expect(lacking.map(({ key, people: count }) => [key, count])).toEqual([
        ['department:bakery', 1],
        ['local_department:north/bakery', 1],
      ]);
    }
    expect(effectOf(records).missingGroups).toEqual([]);
  });

  it('leaves out who claims another one’s user name', () => {
    const gatherer = new EffectGatherer(mapping);
    const [one] = people({});
    if (one !== undefined) gatherer.add(one.xid, [one], { isConflict: true });
    expect(gatherer.result()).toMatchObject({
      people: { active: 0, leftOut: 1 },
      leftOver: [{ code: 'conflict', rows: [2] }],
    });
  });

  it('holds no value of the record but names of groups', () => {
    const secret = effectOf(people({ First: 'Secretive', Last: 'Secretive', Mail: 'Secretive', Id: 'Secretive' }));
    expect(JSON.stringify(secret)).not.toContain('Secretive');
  });
});

describe('laws', () => {
  const cell = fc.constantFrom('', 'A', 'a', 'B', 'Manager', 'Temp', 'Guest', 'CEO');
  const records = fc
    .array(
      fc.record({
        Id: fc.constantFrom('1', '2', '3', '7'),
        ...{
          Status: fc.constantFrom('Active', 'Active', 'Gone'),
          Job: cell,
          Store: cell,
          Department: cell,
          Mail: cell,
        },
      }),
      { maxLength: 12 },
    )
    .map((all) => all.map((fields, index) => aRecord(fields, index + 2)));

  it('the order of rows and people does not matter', () => {
    fc.assert(
      fc.property(
        records.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(effectOf(shuffled)).toEqual(effectOf(all));
        },
      ),
    );
  });

  it('the counts are those of a plan made from scratch', () => {
    fc.assert(
      fc.property(records, (all) => {
        const changes = [...byXid(all)].flatMap(([xid, rows]) =>
          planPerson({ outcome: mapRows(mapping, xid, rows), link: null }),
        );
        const effect = effectOf(all);
        const count = (kind: PersonChange['kind']) => changes.filter((change) => change.kind === kind).length;
        expect(effect.people.active).toBe(count('create'));
        expect(effect.audiences.email + effect.audiences.sms + effect.audiences.letter).toBe(count('invite'));
        expect(effect.groups.reduce((sum, { people: members }) => sum + members, 0)).toBe(count('join'));
        expect(effect.groups.map(({ key }) => key)).toEqual(
          [...new Set(changes.flatMap((change) => (change.kind === 'join' ? [groupKey(change.group)] : [])))].sort(),
        );
      }),
    );
  });

  it('of very many groups the first ones are counted exactly, in whatever order they come', () => {
    const keys = fc.array(fc.constantFrom(...'abcdefghijklmnop'), { maxLength: 60 });
    const count = (all: readonly string[]) => {
      const entries = new SmallestKeys<string, { count: number }>(3, () => ({ count: 0 }));
      for (const key of all) entries.of(key).count += 1;
      return { entries: entries.entries, isCut: entries.isCut };
    };
    fc.assert(
      fc.property(keys, (all) => {
        const distinct = [...new Set(all)].sort();
        expect(count(all)).toEqual({
          entries: distinct.slice(0, 3).map((key) => [key, { count: all.filter((each) => each === key).length }]),
          isCut: distinct.length > 3,
        });
      }),
    );
  });

  it('the first rows are the smallest numbers, however they come', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(50))), (all) => {
        const first = new FirstRows();
        for (const rows of all) first.add(rows);
        expect(first.rows).toEqual([...new Set(all.flat())].sort((a, b) => a - b).slice(0, 10));
      }),
    );
  });
});
