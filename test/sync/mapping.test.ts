import { describe, expect, it } from 'vitest';
import { checkMapping } from '../../src/sync/mapping/check.js';
import { columnsRead, compileMapping, MappingRejected } from '../../src/sync/mapping/compile.js';
import { renderProblem } from '../../src/sync/mapping/parse.js';
import { aMapping, KORENAAR, problemsOf } from './builders.js';

const COLUMNS = ['Id', 'Status', 'First', 'Last', 'Job', 'Mail', 'Store', 'Department'];

function changed(from: string, to: string): string {
  if (!KORENAAR.includes(from)) throw new Error(`The sample has no "${from}".`);
  return KORENAAR.replace(from, to);
}

describe('a mapping', () => {
  it('is read into the terms of the domain', () => {
    const mapping = aMapping(KORENAAR);
    expect(mapping.groups.map(({ group }) => group.kind)).toEqual([
      'business_unit',
      'department',
      'local_department',
      'topic',
    ]);
    expect(mapping.roles.map(({ target, role }) => `${target} ${role}`)).toEqual([
      'network admin',
      'business_unit admin',
      'business_unit Planner',
    ]);
    expect(mapping.options).toMatchObject({ mergeDuplicates: true, allowEmptyName: false, identityProvider: null });
    expect(mapping.guards.limits.suspend).toEqual({ percent: 10, count: 200, floor: 5, isWritten: false });
  });

  it('names every column that it reads', () => {
    expect([...columnsRead(aMapping(KORENAAR))].sort()).toEqual([...COLUMNS].sort());
  });

  it('keeps names that YAML would take for numbers or answers', () => {
    const [, , , topic] = aMapping(changed('{ name: Bakers }', '{ name: 0012 }')).groups;
    expect(topic?.group).toMatchObject({ name: { kind: 'fixed', text: '0012' } });
  });

  it('survives being stored as JSON', () => {
    const mapping = aMapping(KORENAAR);
    expect(JSON.parse(JSON.stringify(mapping))).toEqual(mapping);
  });

  it('lets names stand for columns, in expressions, groups and templates', () => {
    const text = changed(
      'active: Status == "Active"',
      'names: { internal.status: Status, shop: Store }\nactive: internal.status == "Active"',
    )
      .replace('{ column: Store }', '{ template: "Shop {shop}" }')
      .replace('- audience: letter', '- audience: letter\n    userName: externalId');
    expect([...columnsRead(aMapping(text))].sort()).toEqual([...COLUMNS].sort());
  });
});

describe('a problem in a mapping is told with line, column and suggestion', () => {
  it.each([
    [
      changed('givenName:', 'givnName:'),
      'm.yaml:6:3 columns.givnName: Unknown key `givnName`. Did you mean "givenName"?',
    ],
    [
      changed('audience: email', 'audience: emial'),
      'm.yaml:27:15 invitations[0].audience: One of email, sms, letter, sso, none is needed here. Did you mean "email"?',
    ],
    [
      changed('mergeDuplicates: true', 'mergeDuplicates: yes'),
      'm.yaml:30:20 options.mergeDuplicates: One of true, false is needed here.',
    ],
    [changed('format: 1', 'format: 2'), 'm.yaml:2:9 format: This version reads `format: 1`.'],
    [changed('role: Planner', 'role: [Planner]'), 'm.yaml:24:11 roles[2].role: A text is needed here.'],
    [changed('externalId: Id', ''), 'm.yaml:2:1 externalId: This key is missing.'],
    [
      changed('{ column: Department }', '{ column: Department, name: x }'),
      'm.yaml:12:17 groups[1].department: Give one of `column`, `name`, `template`, `firstOf` and `join`.',
    ],
    [
      changed('Job == "Baker"', 'Job = "Baker"'),
      'm.yaml:15:15 groups[3].when: `=` cannot stand here. Write `==` to compare.',
    ],
    [
      changed('Job == "Baker"', 'include(Job, "B")'),
      'm.yaml:15:11 groups[3].when: Unknown function `include`. Did you mean "includes"?',
    ],
    [
      changed('Job == "Baker"', '>\n      Status == "a"\n      and include(Job, "B")'),
      'm.yaml:17:11 groups[3].when: Unknown function `include`. Did you mean "includes"?',
    ],
    [
      changed('Job == "Baker"', '"Job == \\"Baker\\" or include(Job, \\"B\\")"'),
      'm.yaml:15:32 groups[3].when: Unknown function `include`. Did you mean "includes"?',
    ],
    [
      changed('Job == "Baker"', `'Job' == "Baker"`),
      'm.yaml:15:17 This is no valid YAML: Unexpected scalar at node end. An expression that begins with a quote goes on a line of its own below `when: >`.',
    ],
    [
      changed('- audience: letter', '- audience: letter\n    userName: "{Id"'),
      'm.yaml:29:16 invitations[1].userName: A brace is not closed: write `{Column}`.',
    ],
    [
      changed('- audience: letter', '- audience: sms'),
      'm.yaml:28:5 invitations[1]: The audience `sms` needs `telephoneNumber` under `columns`.',
    ],
    [
      changed('- target: network', '- target: network\n    group: { name: x }'),
      'm.yaml:18:12 roles[0].group: A role in the network has no group: leave it out.',
    ],
    [
      changed('active: Status', 'names: { jobTitle: Job }\nactive: Status'),
      'm.yaml:4:20 names.jobTitle: The name `jobTitle` is defined already, by `columns` or `externalId`.',
    ],
    ['', 'm.yaml:1:1 The document is empty: it begins with `format: 1`.'],
    ['- a', 'm.yaml:1:1 A group of keys is needed here.'],
  ])('%#', (text, expected) => {
    expect(problemsOf(text).join('\n')).toContain(expected);
  });

  it('shows all problems at once, in the order of the document', () => {
    const text = changed('Job == "Baker"', 'foo(Job)').replace('Job == "CEO"', 'bar(Job)');
    expect(problemsOf(text).map((line) => line.split(' ')[0])).toEqual(['m.yaml:15:11', 'm.yaml:19:11']);
  });

  it('says so when nobody could be synced', () => {
    const text = changed('  allowEmptyEmail: true\n', '')
      .replace('  email: Mail\n', '')
      .replace('  - audience: email\n', '');
    expect(problemsOf(text)).toEqual([
      'm.yaml:1:1 No e-mail is mapped, so nobody could be synced. Map it, or set `allowEmptyEmail: true` under `options`.',
    ]);
  });
});

describe('held against a record and a network', () => {
  const check = (text: string, surroundings: Parameters<typeof checkMapping>[1]) =>
    checkMapping(aMapping(text), surroundings).map((problem) => renderProblem(problem, 'm.yaml'));

  it('a mapping that fits has no problems', () => {
    expect(check(KORENAAR, { columns: COLUMNS, groups: [], roles: ['Planner'] })).toEqual([]);
  });

  it('an unknown column is named with the nearest present one, once at every place', () => {
    const columns = COLUMNS.map((column) => (column === 'Job' ? 'Jobs' : column));
    const found = check(KORENAAR, { columns });
    expect(found).toHaveLength(6);
    expect(found[0]).toBe('m.yaml:8:13 columns.jobTitle.column: Unknown field `Job`. Did you mean "Jobs"?');
    expect(found[5]).toBe('m.yaml:25:36 roles[2].when: Unknown field `Job`. Did you mean "Jobs"?');
  });

  it('an unknown group is a problem only when groups are not created', () => {
    const groups = [{ kind: 'topic', name: 'Baker' }] as const;
    expect(check(KORENAAR, { groups })).toEqual([]);
    expect(check(changed('createMissingGroups: true', 'createMissingGroups: false'), { groups })).toEqual([
      'm.yaml:14:20 groups[3].topic.name: The network has no topic group "Bakers", and `createMissingGroups` is off. Did you mean "Baker"?',
    ]);
  });

  it('an unknown role is named', () => {
    expect(check(KORENAAR, { roles: ['Planer'] })).toEqual([
      'm.yaml:23:5 roles[2]: The network has no role "Planner". Did you mean "Planer"?',
    ]);
  });

  it('a column that HR adds never changes what a name means', () => {
    const text = changed('when: Job == "Baker"', 'when: jobTitle == "Baker"');
    expect(check(text, { columns: COLUMNS })).toEqual([]);
    expect(check(text, { columns: [...COLUMNS, 'jobTitle'] })[0]).toContain(
      '`jobTitle` is a column of the record, and also',
    );
  });

  it('a mapping without its columns cannot be compiled', () => {
    expect(() => compileMapping(aMapping(KORENAAR), ['Id'])).toThrow(MappingRejected);
  });
});
