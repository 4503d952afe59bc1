import { describe, expect, test } from 'vitest';
import { classifyAsked, classifyVersion, MOST_DIFFERENCES } from '../../src/change-requests/classify.js';
import { ASKED } from '../../src/change-requests/messages.js';
import { diffMappings } from '../../src/proposal/diff/diff-mappings.js';
import type { Mapping } from '../../src/sync/mapping/mapping.js';
import { parseMapping } from '../../src/sync/mapping/parse.js';
import { MAPPING } from '../support/people.js';

const FEW = { changed: 3, managed: 1_000 };

function mapping(document: string): Mapping {
  const parsed = parseMapping(document);
  if ('problems' in parsed) throw new Error(parsed.problems.map(({ text }) => text).join(' '));
  return parsed.mapping;
}

/** What the rules make of a change of the sample mapping. */
function sizeOf(from: string, to: string, reach = FEW): string {
  expect(MAPPING).toContain(from);
  const differences = diffMappings(mapping(MAPPING), mapping(MAPPING.replace(from, to)));
  const { size, reason } = classifyVersion(classifyAsked('mapping'), differences, reach);
  return `${size}: ${reason}`;
}

describe('by what the requester says', () => {
  test('everything is small but a change of the structure', () => {
    expect(ASKED.map((asked) => `${asked} ${classifyAsked(asked).size}`)).toEqual([
      ...['add-location small', 'remove-location small', 'add-department small', 'remove-department small'],
      ...['mapping small', 'structure structural'],
    ]);
  });

  test('who says that the structure changes is believed, whatever the version shows', () => {
    expect(classifyVersion(classifyAsked('structure'), [], FEW).size).toBe('structural');
  });
});

describe('by what the version says otherwise', () => {
  test.each([
    ['a department that is named', 'roles:', '  - department: { name: Counter }\n    when: Unit == "Unit 1"\nroles:'],
    ['a line in a table', '{ column: Unit }', '{ column: Unit, lookup: { "012": Station } }'],
    [
      'another condition',
      '- businessUnit: { column: Unit }',
      '- businessUnit: { column: Unit }\n    when: Status == "Active"',
    ],
    ['another column of the profile', 'jobTitle: Title', 'jobTitle: Department'],
    ['another limit', 'percent: 10', 'percent: 20'],
  ])('%s is small', (what, from, to) => {
    if (what === 'a line in a table') {
      const [before, after] = ['{ "012": Station }', '{ "012": Station, "013": Harbour }'].map((lookup) =>
        mapping(MAPPING.replace(from, `{ column: Unit, lookup: ${lookup} }`)),
      ) as [Mapping, Mapping];
      const differences = diffMappings(before, after);
      expect(differences).toHaveLength(1);
      expect(classifyVersion(classifyAsked('add-location'), differences, FEW).size).toBe('small');
      return;
    }
    expect(sizeOf(from, to)).toMatch(/^small/);
  });

  test.each([
    ['externalId: Id', 'externalId: Mail', 'Another column becomes the id'],
    ['active: Status == "Active"', 'active: Status != "Left"', 'Who is in the network'],
    ['- audience: email', '- audience: letter', 'People log in or are invited'],
    ['createMissingGroups: true', 'createMissingGroups: true\n  mergeDuplicates: true', 'The option'],
    ['businessUnit: { column: Unit }', 'businessUnit: { column: Department }', 'The names of a whole kind of group'],
    ['  - department: { column: Department }\n', '', 'The names of a whole kind of group'],
  ])('%j to %j is structural', (from, to, reason) => {
    expect(sizeOf(from, to)).toContain(`structural: ${reason}`);
  });

  test('many small things, or a small one that reaches many people, are planned properly', () => {
    const department = (index: number): string =>
      `  - department: { name: Counter ${index} }\n    when: Unit == "Unit ${index}"\n`;
    const departments = (count: number): string =>
      Array.from({ length: count }, (_, index) => department(index)).join('');
    expect(sizeOf('roles:', `${departments(MOST_DIFFERENCES)}roles:`)).toMatch(/^small/);
    expect(sizeOf('roles:', `${departments(MOST_DIFFERENCES + 1)}roles:`)).toContain(
      'structural: 13 rules and options change',
    );
    expect(sizeOf('jobTitle: Title', 'jobTitle: Unit', { changed: 201, managed: 1_000 })).toContain(
      'structural: 201 people',
    );
    expect(sizeOf('jobTitle: Title', 'jobTitle: Unit', { changed: 200, managed: 1_000 })).toMatch(/^small/);
    // Everybody of a small network is no crowd.
    expect(sizeOf('jobTitle: Title', 'jobTitle: Unit', { changed: 20, managed: 20 })).toMatch(/^small/);
  });
});
