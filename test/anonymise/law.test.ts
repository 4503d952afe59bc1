import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CannotDisguise } from '../../src/anonymise/errors.js';
import { aMapping } from '../sync/builders.js';
import { planDisguise } from '../../src/anonymise/plan/plan.js';
import { anyMapping, anyRoster } from './made-up.js';
import { anonymise, readCsv, readText, type Case } from './rosters.js';

describe('the law', () => {
  for (const day of ['day-1', 'day-2']) {
    it(`holds for Woodgrove, ${day}`, () => {
      const rows = readCsv(`../../examples/woodgrove/${day}.csv`);
      const { breaches, rows: disguised } = anonymise({
        mapping: readText('../../examples/woodgrove/mapping.yaml'),
        rows,
      });
      expect(breaches).toEqual([]);
      expect(disguised).toHaveLength(rows.length);
    });
  }

  it('holds for made-up rosters and mappings with every feature of the language', () => {
    fc.assert(
      fc.property(anyMapping, anyRoster, (mapping, rows) => {
        const { breaches } = anonymise({ mapping, rows });
        expect(breaches).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the profile of several rows to the row that gave it', () => {
    const row = { Id: '1001', First: 'Ann', Last: 'Berg', Store: 'North' };
    const rows = [
      { ...row, A: '2', Mail: '' },
      { ...row, A: '1', Mail: 'ann@shop.example' },
    ];
    const mapping = MAIL_OR_LETTER;
    const { breaches, rows: disguised } = anonymise({ mapping, rows });
    expect(breaches).toEqual([]);
    expect(disguised.map((each) => each['!order'])).toEqual(['0001', '0000']);
  });

  it('is broken, and said to be so by rule and column, when a literal is not translated', () => {
    const rows = Array.from({ length: 20 }, (_, index) => ({
      Id: `10${index + 10}`,
      First: 'A',
      Last: 'B',
      Mail: '',
      Store: 'North',
    }));
    const mapping = MAIL_OR_LETTER.replace(
      'invitations:',
      '  - topic: { name: Council }\n    when: externalId in ("1011", "1012")\ninvitations:',
    );
    expect(anonymise({ mapping, rows }).breaches).toEqual([]);
    const untranslated: Case = { mapping, rows };
    const { breaches } = anonymise({ ...untranslated, withoutTranslation: true });
    expect(breaches.length).toBeGreaterThan(0);
    expect(breaches[0]).toEqual({ what: 'groups', rule: 'groups[1]', column: 'Id' });
  });
});

const MAIL_OR_LETTER = `
format: 1
externalId: Id
columns: { givenName: First, familyName: Last, email: Mail }
groups:
  - businessUnit: { column: Store }
invitations:
  - audience: email
  - audience: letter
options: { mergeDuplicates: true, allowEmptyEmail: true, createMissingGroups: true }
`;

describe('what cannot be disguised is named', () => {
  const columns = ['Id', 'First', 'Last', 'Mail', 'Store'];
  const plan = (change: (mapping: string) => string) => () => planDisguise(aMapping(change(MAIL_OR_LETTER)), columns);

  it('groups that are called after people', () => {
    const refused = plan((mapping) => mapping.replace('{ column: Store }', '{ column: Last }'));
    expect(refused).toThrow(CannotDisguise);
    expect(refused).toThrow(/"Last".*groups\[0\]/);
  });

  it('a pattern that one name alone fits', () => {
    const rows = ['Ann', 'Bob', 'Cas'].map((First, index) => ({
      ...{ Id: `10${index + 10}`, First, Last: 'Berg', Mail: '', Store: 'North' },
    }));
    const mapping = (pattern: string) =>
      MAIL_OR_LETTER.replace('audience: email', `audience: email\n    when: matches(First, "${pattern}")`);
    expect(anonymise({ rows, mapping: mapping('[A-B].*') }).breaches).toEqual([]);
    expect(() => anonymise({ rows, mapping: mapping('Bob|Bo') })).toThrow(/"First".*invitations\[0\]\.when/);
  });

  it('a name that is looked for in an address', () => {
    const refused = plan((mapping) =>
      mapping.replace('audience: email', 'audience: email\n    when: includes(Mail, Last)'),
    );
    expect(refused).toThrow(/invitations\[0\]\.when/);
  });
});
