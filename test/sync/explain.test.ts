import { describe, expect, test } from 'vitest';
import { networkDifferences } from '../../src/sync/explain/network-differences.js';
import { tracePerson, type TracedRule } from '../../src/sync/explain/trace.js';
import { mapRows, type KnownNetwork } from '../../src/sync/desired/map-rows.js';
import { rulesMet } from '../../src/sync/effect/rules-met.js';
import { groupKey } from '../../src/sync/group.js';
import type { PersonState } from '../../src/sync/person.js';
import type { EmployeeRecord } from '../../src/sync/record.js';
import { aCompiledMapping, ann, aRecord, KORENAAR } from './builders.js';

const WITH_MORE = `${KORENAAR}startDate: { column: Start, format: YYYY-MM-DD }
leaveDate: { column: End, format: YYYY-MM-DD }
exceptions:
  - externalIds: ["0004711"]
    notIn:
      - topic: { name: Bakers }
  - when: Store == "South"
    role: { target: network, role: admin }
`;

function trace(records: readonly EmployeeRecord[], known: KnownNetwork = {}, mapping = KORENAAR) {
  return tracePerson(aCompiledMapping(mapping), ann, records, known);
}

function ruleAt(rules: readonly TracedRule[], path: string): Partial<TracedRule> {
  return rules.find((rule) => rule.path === path) ?? {};
}

describe('one person, rule by rule', () => {
  test('feature 12: each rule says whether it holds, on which row, and what it gives', () => {
    const { rules, outcome } = trace([aRecord({}, 7)]);
    expect(outcome.kind).toBe('active');
    expect(ruleAt(rules, 'active')).toMatchObject({ result: 'holds', rows: [7], line: 4 });
    expect(ruleAt(rules, 'columns.givenName')).toMatchObject({ result: 'holds', gives: ['Ann'] });
    expect(ruleAt(rules, 'groups[0]')).toMatchObject({ result: 'holds', rows: [7], gives: ['business unit "North"'] });
    expect(ruleAt(rules, 'groups[3]')).toMatchObject({ result: 'holds', gives: ['topic group "Bakers"'] });
    expect(ruleAt(rules, 'roles[0]')).toMatchObject({ result: 'does not hold', rows: [7] });
    expect(ruleAt(rules, 'invitations[0]')).toMatchObject({ result: 'holds', gives: ['by e-mail'] });
    expect(ruleAt(rules, 'invitations[1]')).toMatchObject({
      result: 'second',
      because: expect.stringMatching(/^invitations\[0\], line \d+ came first$/) as string,
    });
  });

  test('a rule that gives nothing says which cell is empty', () => {
    const { rules } = trace([aRecord({ Store: '', Mail: '', Job: '' })]);
    expect(ruleAt(rules, 'columns.jobTitle')).toMatchObject({
      result: 'gives nothing',
      because: 'the cell in "Job" is empty',
    });
    expect(ruleAt(rules, 'groups[0]')).toMatchObject({
      result: 'gives nothing',
      because: 'the cell in "Store" is empty',
    });
    expect(ruleAt(rules, 'groups[2]')).toMatchObject({
      result: 'gives nothing',
      because: 'the cell in "Store" is empty',
    });
    expect(ruleAt(rules, 'invitations[0]')).toMatchObject({
      result: 'gives nothing',
      because: 'the person has nothing in the e-mail address',
    });
    expect(ruleAt(rules, 'invitations[1]')).toMatchObject({ result: 'holds', gives: ['by letter'] });
  });

  test('of two roles for one place the second says which came first', () => {
    const { rules } = trace([aRecord({ Job: 'Manager' })]);
    expect(ruleAt(rules, 'roles[1]')).toMatchObject({ result: 'holds', gives: ['admin in the business unit "North"'] });
    expect(ruleAt(rules, 'roles[2]')).toMatchObject({
      result: 'second',
      because: expect.stringContaining('roles[1], line') as string,
    });
    expect(ruleAt(trace([aRecord({ Job: 'Manager', Store: '' })]).rules, 'roles[1]').result).toBe('gives nothing');
  });

  test('an exception and a group that the network lacks are told at the rule that gave it', () => {
    const inSouth = trace([aRecord({ Store: 'South', Job: 'CEO' })], {}, WITH_MORE).rules;
    expect(ruleAt(inSouth, 'exceptions[0]').result).toBe('holds');
    expect(ruleAt(inSouth, 'exceptions[1]')).toMatchObject({ result: 'holds', rows: [2] });
    expect(ruleAt(inSouth, 'roles[0]').because).toContain('exceptions[1]');
    const baker = trace([aRecord()], {}, WITH_MORE).rules;
    expect(ruleAt(baker, 'groups[3]').because).toBe('an exception keeps the person out of the topic group "Bakers"');
    const careful = KORENAAR.replace('createMissingGroups: true', 'createMissingGroups: false');
    const { rules } = trace([aRecord()], { groups: new Set() }, careful);
    expect(ruleAt(rules, 'groups[1]').because).toBe('the network has no department "Bakery"');
  });

  test('whoever is out is told by which rule, and what was not looked at', () => {
    const { rules, rows } = trace([aRecord({ Status: 'Gone' })]);
    expect(ruleAt(rules, 'active')).toMatchObject({ result: 'does not hold', rows: [2] });
    expect(ruleAt(rules, 'groups[0]').result).toBe('not looked at');
    expect(rows).toMatchObject([{ row: 2, counts: false }]);
  });

  test('start and leave dates say the day, and whether the row counts by it', () => {
    const known = { today: '2036-11-24' };
    const { rules } = trace([aRecord({ Start: '2036-12-01', End: '' })], known, WITH_MORE);
    expect(ruleAt(rules, 'startDate')).toMatchObject({
      ...{ result: 'does not hold', gives: ['2036-12-01'], because: 'the first day is still to come' },
    });
    expect(ruleAt(rules, 'leaveDate').result).toBe('gives nothing');
    const left = trace([aRecord({ End: '2036-11-23' })], known, WITH_MORE);
    expect(ruleAt(left.rules, 'leaveDate').because).toBe('the last day is over');
    expect(left.outcome.kind).toBe('inactive');
  });

  test('of somebody whom no row names nothing is looked at, but an exception by id counts', () => {
    expect(trace([]).outcome).toEqual({ kind: 'missing', xid: ann });
    const alone = WITH_MORE.replace('notIn:\n      - topic: { name: Bakers }', 'leaveAlone: true');
    const { outcome, rules } = trace([], {}, alone);
    expect(outcome.kind).toBe('left_alone');
    expect(ruleAt(rules, 'exceptions[0]').result).toBe('holds');
    expect(ruleAt(rules, 'groups[0]').result).toBe('not looked at');
  });
});

/** Every mixture of a few cells, one row or two. */
function manyPeople(): readonly (readonly EmployeeRecord[])[] {
  const cells = ['Baker', 'Manager', 'Planner', 'CEO', ''].flatMap((Job) =>
    ['North', 'South', ''].flatMap((Store) =>
      ['ann@example.com', ''].flatMap((Mail) => ['Active', 'Gone'].map((Status) => ({ Job, Store, Mail, Status }))),
    ),
  );
  return cells.flatMap((one, index) => [
    [aRecord(one)],
    [aRecord(one, 2), aRecord(cells[(index * 7 + 3) % cells.length], 3)],
  ]);
}

test('what a trace says holds is what decided in the engine', () => {
  const mapping = aCompiledMapping(WITH_MORE);
  const known = { today: '2036-11-24' };
  let active = 0;
  for (const records of manyPeople()) {
    const outcome = mapRows(mapping, ann, records, known);
    const { rules, outcome: told } = tracePerson(mapping, ann, records, known);
    expect(told).toEqual(outcome);
    if (outcome.kind !== 'active') continue;
    active += 1;
    const readable = records.flatMap(({ row, fields }) => (fields === null ? [] : [{ row, fields }]));
    const decided = [...rulesMet(mapping, outcome, readable).paths].filter((path) => path !== 'invitations');
    const holding = rules.filter(({ result }) => result === 'holds').map(({ path }) => path);
    expect(holding.filter((path) => path !== 'active' && !path.endsWith('Date')).sort()).toEqual(decided.sort());
  }
  expect(active).toBeGreaterThan(50);
});

describe('what the network shows is compared with the link', () => {
  const group = (name: string) => ({ kind: 'business_unit', name }) as const;
  const written: PersonState = {
    ...{ userName: '0004711', audience: 'email', networkRole: 'member' },
    profile: {
      givenName: 'Ann',
      infix: 'van der',
      familyName: 'Berg',
      email: 'Ann@example.com',
      upn: 'ann@sso.example',
    },
    memberships: { [groupKey(group('North'))]: { group: group('North'), role: 'member' } },
  };

  test('an infix in front of the family name, the case of an e-mail address and the UPN are no difference', () => {
    const profile = { givenName: 'Ann', familyName: 'van der Berg', email: 'ann@example.com' };
    expect(networkDifferences(written, { profile, groups: [group('north')] })).toEqual([]);
  });

  test('another value, one that is gone, and groups of which the sync knows nothing are told', () => {
    const profile = { givenName: 'Anna', familyName: 'van der Berg' };
    expect(networkDifferences(written, { profile, groups: [group('South')] })).toEqual([
      'the given name is "Anna", written was "Ann"',
      'the e-mail address is empty, written was "Ann@example.com"',
      'is not in the business unit "North" any more',
      'is also in the business unit "South", not by the sync',
    ]);
  });
});
