import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnUse } from '../../src/sync/words/column-use.js';
import { conditionWords } from '../../src/sync/words/condition-words.js';
import { nameWordsOf } from '../../src/sync/words/names.js';
import { guardWords, missingWords } from '../../src/sync/words/guard-words.js';
import { optionWords } from '../../src/sync/words/option-words.js';
import { RuleWords } from '../../src/sync/words/rule-words.js';
import { aMapping, KORENAAR } from './builders.js';
import { condition, documentedExamples } from './expressions.js';

const MANUAL = aMapping(`
format: 1
externalId: Employee ID
names: { internal.status: Status }
columns:
  familyName: { value: x }
  jobTitle: Jobtitle
groups: [businessUnit: { column: Division }]
options: { allowEmptyEmail: true }
`);

const words = (source: string): string => conditionWords(source, nameWordsOf(MANUAL));

describe('a condition in words', () => {
  it.each([
    ['Department == "WW"', 'Department is "WW"'],
    ['Department != "WW"', 'Department is not "WW"'],
    ['externalId >= 100', 'the employee id is 100 or more'],
    ['externalId < 100', 'the employee id is less than 100'],
    ['externalId > 4711', 'the employee id is more than 4711'],
    ['externalId <= 4711', 'the employee id is 4711 or less'],
    ['externalId == 4711', 'the employee id is the number 4711'],
    ['externalId == "4711"', 'the employee id is "4711"'],
    ['100 <= externalId and externalId < 5000', 'the employee id is 100 or more and the employee id is less than 5000'],
    ['FTE > 0.5', 'FTE is more than 0.5'],
    ['Department > 5', 'Department is more than 5'],
    ['Department != 5', 'Department is not the number 5'],
    [`includes('Jobtitle', "bedrijfsleider")`, 'the job title contains "bedrijfsleider"'],
    [`includes('Jobtitle', "Bedrijfsleider")`, 'the job title contains "Bedrijfsleider"'],
    ['startsWith(externalId, "0004")', 'the employee id begins with "0004"'],
    [`endsWith('Jobtitle', "leider")`, 'the job title ends with "leider"'],
    [`matches(externalId, "00[0-9]{5}")`, 'the employee id fits the pattern "00[0-9]{5}"'],
    [`matches('Job code', "V")`, '‘Job code’ fits the pattern "V"'],
    [`matches('Jobtitle', "[A-Z].*leider")`, 'the job title fits the pattern "[A-Z].*leider"'],
    [`includes('Jobtitle', "x") and Department == "WW"`, 'the job title contains "x" and Department is "WW"'],
    [`includes('Jobtitle', "x") or Department == "WW"`, 'the job title contains "x" or Department is "WW"'],
    [
      'Division == "WR" and not(startsWith(externalId, "0004"))',
      'Division is "WR" and the employee id does not begin with "0004"',
    ],
    ['not(Department == "WW" or Division == "WR")', 'Department is not "WW" and Division is not "WR"'],
    ['internal.status == "Active"', 'Status is "Active"'],
    ['Department in ("WW", "Bakery")', 'Department is "WW" or "Bakery"'],
    ['Department not in ("WW", "Bakery")', 'Department is neither "WW" nor "Bakery"'],
    ['externalId in (4711, 4712)', 'the employee id is the number 4711 or the number 4712'],
    [`empty('Leave date')`, '‘Leave date’ is empty'],
    [`exists('Leave date')`, '‘Leave date’ is filled in'],
    [`lower('Job code') == "vmk"`, '‘Job code’ (in small letters) is "vmk"'],
    [`upper('Job code') == "VMK"`, '‘Job code’ (in capitals) is "VMK"'],
    ['Department == Division', 'Department is the same as Division'],
  ])('%s', (source, expected) => {
    expect(words(source)).toBe(expected);
  });

  it('is there for every example of the manual', () => {
    const shown = documentedExamples().rows.map(([source]) => words(source));
    expect(shown).toHaveLength(32);
    for (const text of shown) expect(text).not.toMatch(/==|!=|[<>]|not\(|in \(|includes|startsWith|endsWith|matches/);
  });

  it.each([
    ['not(empty(FTE))', 'FTE is not empty'],
    ['not(exists(FTE))', 'FTE is not filled in'],
    ['not(FTE < 1)', 'FTE is not less than 1'],
    ['not(not(FTE < 1))', 'FTE is less than 1'],
    ['not(Department in ("a"))', 'Department is not "a"'],
    ['not(Department not in ("a", "b", "c"))', 'Department is "a", "b" or "c"'],
    ['not(FTE == 1 and Department == "a")', 'it is not so that (FTE is the number 1 and Department is "a")'],
    [
      'Division == "a" and not(FTE == 1 or empty(Department))',
      'Division is "a" and (FTE is not the number 1 and Department is not empty)',
    ],
    [
      'FTE == 1 and (Department == "a" or Department == "b")',
      'FTE is the number 1 and (Department is "a" or Department is "b")',
    ],
    ['"WW" == Department', 'Department is "WW"'],
    ['"M" <= Department', 'Department is after or the same as "M", letter by letter'],
    ['Department < Division', 'Department is before Division, letter by letter'],
    ['5 > FTE', 'FTE is less than 5'],
  ])('%s', (source, expected) => {
    expect(words(source)).toBe(expected);
  });

  it('is there for any condition at all, and for what is none', () => {
    fc.assert(
      fc.property(condition, (source) => {
        const text = words(source);
        expect(text.length).toBeGreaterThan(0);
        expect(text).not.toMatch(/undefined|\[object/);
      }),
      { numRuns: 500 },
    );
    for (const odd of ['Department', 'foo(Department)', 'lower(FTE)', 'not(FTE)', 'lower(foo(FTE)) == "x"', 'a ==']) {
      expect(words(odd)).not.toBe('');
    }
  });

  it('differs where the conditions differ', () => {
    const told = documentedExamples().rows.map(([source]) => words(source));
    expect(new Set(told).size).toBe(told.length);
  });
});

describe('a rule in words', () => {
  const mapping = aMapping(`${KORENAAR.replace(
    '- audience: letter',
    '- audience: letter\n    userName: "{First}.{Last}"\n    temporaryPassword: Id\n    when: exists(First)',
  )}exceptions:
  - externalIds: [1, 2]
    addTo: [localDepartment: { businessUnit: { name: South }, department: { column: Department } }]
    notIn: [topic: { template: "Club {Store}" }]
    role: { target: businessUnit, group: { name: South }, role: Planner }
    noInvitation: true
    comment: they set up the new shop
  - when: Job == "Temp"
    notInNetwork: true
  - externalIds: ["0004711"]
    leaveAlone: true
`);
  const rules = new RuleWords(mapping);

  it('tells groups', () => {
    expect(mapping.groups.map((rule) => rules.group(rule))).toEqual([
      'Into the business unit that stands in Store, for everybody.',
      'Into the department that stands in Department, for everybody.',
      'Into the local department that stands in Department, of the business unit that stands in Store, for everybody.',
      'Into the topic group "Bakers", when the job title is "Baker".',
    ]);
  });

  it('tells roles, columns and invitations', () => {
    expect(mapping.roles.map((rule) => rules.role(rule))).toEqual([
      'Becomes administrator in the network, when the job title is "CEO".',
      'Becomes administrator in every business unit that the person is in, when the job title is "Manager".',
      'Becomes "Planner" in every business unit that the person is in, when the job title contains "Plan" or the job title is "Manager".',
    ]);
    expect(mapping.columns.map((rule) => rules.column(rule))[0]).toBe(
      'The given name is what stands in the column First.',
    );
    expect(mapping.invitations.map((rule) => rules.invitation(rule))).toEqual([
      'Whoever has an e-mail address is invited by e-mail. The user name is the employee id.',
      'Everybody gets a letter with user name and temporary password, when the given name is filled in. The user name is the given name, then ".", then the family name (nothing when one of them is empty); the temporary password is what stands in the column Id.',
    ]);
  });

  it('tells exceptions, and nobody’s id', () => {
    const told = mapping.exceptions.map((rule) => rules.exception(rule));
    expect(told).toEqual([
      'For 2 people, named by id: also in the local department that stands in Department, of the business unit "South"; never in the topic group called "Club ", then Store; becomes "Planner" in the business unit "South"; not invited. Why: "they set up the new shop".',
      'When the job title is "Temp": no account, and who has one is removed.',
      'For one person, named by id: nothing is created, changed or removed.',
    ]);
    expect(told.join()).not.toContain('4711');
  });

  it('tells who takes part, options and guards', () => {
    expect(rules.active()).toMatch(/^Somebody takes part when Status is "Active"\./);
    expect(optionWords(mapping.options)).toHaveLength(9);
    const guards = new Map(guardWords(mapping.guards).map(({ path, text }) => [path, text]));
    expect([...guards.keys()]).toEqual([
      'guards.suspensions',
      'guards.leaves',
      'guards.invitations',
      'guards.demotions',
      'guards.promotions',
      'guards.restorations',
      'guards.creations',
      'guards.whenHeld',
      'guards.delivery',
      'guards.missing',
      'guards.giveUpAfter',
    ]);
    expect(guards.get('guards.delivery')).toMatch(
      /^A file is not taken, and nothing is changed, when it has more than 50 % fewer rows/,
    );
    const missing = { snapshots: 5, days: 7, leaveGroups: { snapshots: 2, days: 1 } };
    expect(missingWords(missing)).toBe(
      'Who is in no row any more is taken out of the groups that the sync gave after 2 files in a row without them and 1 day ' +
        'after the first of these, and is removed after 5 files in a row without them and 7 days after the first of these; ' +
        'for 30 days the same account can be brought back.',
    );
    expect(guards.get('guards.suspensions')).toBe(
      'When one run would remove more than 10 % of the people, or more than 200 of them, a person decides first; ' +
        'up to 5 may always be removed.',
    );
  });

  it('tells by which days people come and go', () => {
    const dated = { startDate: { column: 'Start', format: 'DD/MM/YYYY', at: { path: '', line: 1, column: 1 } } };
    expect(new RuleWords({ ...mapping, ...dated }).dates()).toEqual([
      { path: 'startDate', text: 'Nobody gets an account or is invited before the day in Start.' },
    ]);
  });

  it('knows which columns are only used in rules, and which not at all', () => {
    const header = ['Id', 'Status', 'First', 'Last', 'Job', 'Mail', 'Store', 'Department', 'Shoe size'];
    expect(columnUse(mapping, header)).toEqual({
      inRules: ['Status', 'Store', 'Department'],
      unused: ['Shoe size'],
    });
  });
});
