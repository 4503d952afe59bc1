import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profileTable } from '../../src/proposal/profile/profile-columns.js';
import { readName } from '../../src/proposal/names/read-name.js';
import { proposeMapping } from '../../src/proposal/propose/propose-mapping.js';
import { columnsOf } from '../../src/proposal/propose/unmapped.js';
import { madeUpFile, columnsOf as columnList } from './made-up-file.js';

describe('the name of a column', () => {
  it.each([
    'First name',
    'FIRSTNAME',
    'first_name',
    'Emp_FirstName',
    'internal.firstName',
    'FirstName ',
    'First\nname',
    'Voornaam',
    'Vorname',
    'Prénom',
    'PRENOM',
  ])('%j says a given name', (name) =>
    expect(readName(name)).toMatchObject({ concept: 'givenName', certainty: 'whole' }),
  );

  it.each([
    ['Abteilungsbezeichnung', 'department'],
    ['Mitarbeiternummer', 'employeeId'],
    ['Org. eenheid (code)', 'orgUnit'],
    ['Téléphone portable', 'phone'],
    ['Date de sortie', 'endDate'],
    ['Position ID', 'jobCode'],
    ['Geburtsdatum', 'sensitive'],
    ['Hire date', 'other'],
  ])('%j is about %s', (name, concept) => expect(readName(name)?.concept).toBe(concept));

  it.each(['Deparment', 'Dprtmnt', 'Departm'])('%j is understood, and only guessed', (name) => {
    expect(readName(name)).toMatchObject({ concept: 'department', certainty: 'guessed' });
  });

  it('is not whole when a word of it is unknown or means something else', () => {
    expect(readName('Korenaar e-mail')?.certainty).toBe('partly');
    expect(readName('Store e-mail')?.certainty).toBe('mixed');
    expect(readName('Frobnicate')).toBeNull();
  });
});

describe('a column about somebody else', () => {
  const others = [
    'Manager',
    'Supervisor',
    'Emergency',
    'Partner',
    'Leidinggevende',
    'Vorgesetzter',
    'Spouse',
    'Responsable',
    'Noodgeval',
    'Notfall',
    'Buddy',
    'Mentor',
    'Reports to',
  ];
  const fields = [
    ['Email', 'mail'],
    ['Phone', 'mobile'],
    ['ID', 'id'],
    ['First name', 'given'],
    ['Last name', 'family'],
    ['Name', 'full'],
    ['Job title', 'job'],
    ['Department', 'department'],
    ['Location', 'site'],
    ['Voorvoegsel', 'infix'],
    ['Status', 'active'],
  ] as const;

  it('is never proposed, however it is written and even when there is no other', () => {
    const name = fc
      .tuple(
        fc.constantFrom(...others),
        fc.constantFrom(...fields),
        fc.constantFrom(' ', '_', '.', ': ', ' - '),
        fc.boolean(),
      )
      .map(([other, [field, kind], separator, isFirst]) => ({
        name: (isFirst ? [other, field] : [field, other]).join(separator),
        kind,
      }));
    fc.assert(
      fc.property(name, fc.constantFrom(2, 40), (column, rows) => {
        const file = madeUpFile(columnList(`Employee number=id; ${column.name}=${column.kind}`), rows);
        const { decisions } = proposeMapping({ profile: profileTable(file) });
        const used = decisions.filter((each) => columnsOf(each.choice).includes(column.name));
        expect(used).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
