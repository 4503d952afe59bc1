import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffMappings, renderDifference } from '../../src/proposal/diff/diff-mappings.js';
import { aMapping, KORENAAR } from '../sync/builders.js';

function differences(change: (text: string) => string): readonly string[] {
  return diffMappings(aMapping(KORENAAR), aMapping(change(KORENAAR))).map(renderDifference);
}

function replace(from: string, to: string) {
  return (text: string) => {
    if (!text.includes(from)) throw new Error(`The sample has no "${from}".`);
    return text.replace(from, to);
  };
}

describe('the difference between two mappings', () => {
  it('is none between a mapping and itself, whatever the comments, the layout and the order of groups', () => {
    expect(differences((text) => text)).toEqual([]);
    expect(differences(replace('columns:', '# what is shown\ncolumns:'))).toEqual([]);
    expect(differences(replace('email: Mail', 'email: { column: Mail }'))).toEqual([]);
    expect(differences(replace('active: Status == "Active"', 'active: >\n  Status   ==\n  "Active"'))).toEqual([]);
    expect(
      differences(
        replace(
          '  - businessUnit: { column: Store }\n  - department: { column: Department }',
          '  - department: { column: Department }\n  - businessUnit: { column: Store }',
        ),
      ),
    ).toEqual([]);
    expect(
      differences(
        replace('createMissingGroups: true', 'createMissingGroups: true\nguards:\n  suspensions: { percent: 10 }'),
      ),
    ).toEqual([]);
  });

  it.each([
    [
      'a column that changed',
      replace('email: Mail', 'email: Mail work'),
      ['~ columns.email: column "Mail" -> column "Mail work"'],
    ],
    [
      'a column that was added',
      replace('  email: Mail', '  email: Mail\n  infix: Infix'),
      ['+ columns.infix: column "Infix"'],
    ],
    ['a column that was removed', replace('  jobTitle: Job\n', ''), ['- columns.jobTitle: column "Job"']],
    [
      'a template',
      replace('email: Mail', 'email: "{First}@x.example"'),
      ['~ columns.email: column "Mail" -> template "{First}@x.example"'],
    ],
    [
      'the active rule',
      replace('Status == "Active"', 'Status  != "Left  early"'),
      ['~ active: Status == "Active" -> Status != "Left  early"'],
    ],
    [
      'the active rule removed',
      replace('active: Status == "Active"\n', ''),
      ['~ active: Status == "Active" -> everybody'],
    ],
    [
      'a group rule',
      replace('when: Job == "Baker"', 'when: Job == "Cook"'),
      ['~ topic: "Bakers" when Job == "Baker" -> "Bakers" when Job == "Cook"'],
    ],
    [
      'a group rule removed',
      replace('  - department: { column: Department }\n', ''),
      ['- department: column "Department"'],
    ],
    ['a group rule added', replace('groups:', 'groups:\n  - topic: { name: All }'), ['+ topic: "All"']],
    [
      'a role',
      replace('role: Planner', 'role: Scheduler'),
      [
        '~ role in business unit: "Planner" when includes(Job, "Plan") or Job == "Manager" -> "Scheduler" when includes(Job, "Plan") or Job == "Manager"',
      ],
    ],
    [
      'an audience',
      replace('  - audience: letter', '  - audience: letter\n    userName: Mail'),
      ['~ audience letter: user name is the id, password random -> user name column "Mail", password random'],
    ],
    ['an option', replace('mergeDuplicates: true', 'mergeDuplicates: false'), ['~ options.mergeDuplicates: on -> off']],
    [
      'a guard',
      replace('createMissingGroups: true', 'createMissingGroups: true\nguards:\n  suspensions: { count: 50 }'),
      ['~ guards.suspensions: 10 percent, 200 people, never under 5 -> 10 percent, 50 people, never under 5'],
    ],
    [
      'a name',
      replace('columns:', 'names:\n  internal.status: Status\ncolumns:'),
      ['+ names.internal.status: column "Status"'],
    ],
  ])('says %s', (_, change, expected) => expect(differences(change)).toEqual(expected));

  it('says that the order of audiences changed, because the first one wins', () => {
    expect(
      differences(replace('  - audience: email\n  - audience: letter', '  - audience: letter\n  - audience: email')),
    ).toEqual([
      '~ invitations: the order changed, audience email: user name is the id; audience letter: user name is the id, password random -> audience letter: user name is the id, password random; audience email: user name is the id',
    ]);
  });

  it('tells of exceptions, of tables and of when a field is written', () => {
    expect(differences((text) => `${text}exceptions: [{ externalIds: [1, 02], leaveAlone: true }]\n`)).toEqual([
      '+ exception for ids 1, 02: left alone',
    ]);
    const table = '{ column: Job, lookup: { a: b, c: d }, unknown: keep, write: once }';
    expect(differences(replace('jobTitle: Job', `jobTitle: ${table}`))).toEqual([
      '~ columns.jobTitle: column "Job" -> column "Job", lookup { "a" -> "b", "c" -> "d" } (unknown: keep), written once',
    ]);
    expect(
      differences(replace('department: { column: Department }', 'department: { column: Department, separator: "|" }')),
    ).toEqual(['~ department: column "Department" -> column "Department", separated by "|"']);
  });

  it('is the same backwards, with added and removed swapped', () => {
    const lines = ['  infix: Infix', '  upn: Upn', '  telephoneNumber: Tel'];
    fc.assert(
      fc.property(fc.subarray(lines), fc.subarray(lines), (one, other) => {
        const [before, after] = [one, other].map((added) =>
          aMapping(replace('  email: Mail', ['  email: Mail', ...added].join('\n'))(KORENAAR)),
        );
        if (!before || !after) return;
        const kinds = (differences: ReturnType<typeof diffMappings>) =>
          differences.map(({ kind, subject }) => `${kind} ${subject}`).sort();
        const swapped = diffMappings(after, before).map((each) => ({
          ...each,
          kind: each.kind === 'added' ? ('removed' as const) : each.kind === 'removed' ? ('added' as const) : each.kind,
        }));
        expect(kinds(diffMappings(before, after))).toEqual(kinds(swapped));
      }),
    );
  });
});
