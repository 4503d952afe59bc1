import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profileColumns, profileTable } from '../../src/proposal/profile/profile-columns.js';
import { HeaderMissing } from '../../src/proposal/table/header-missing.js';
import { HEADER_SETS } from './header-sets.js';
import { HOSTILE_SETS } from './hostile-sets.js';
import { columnsOf, madeUpFile } from './made-up-file.js';
import { PUBLIC_SETS } from './public-sets.js';

function profileOf(columns: string, rows = 40) {
  const { columns: profiles } = profileTable(madeUpFile(columnsOf(columns), rows));
  return new Map(profiles.map((profile) => [profile.name, profile]));
}

describe('a column profile', () => {
  it('counts what is filled, different and repeated, and what the cells look like', () => {
    const profiles = profileOf(
      'Nr=id; E-mail=mailOfSome; Department=department; Phone=mobile; In dienst=startedNl',
      30,
    );
    expect(profiles.get('Nr')).toMatchObject({ rows: 30, filled: 30, distinct: 30, repeats: 0, traits: { digits: 1 } });
    expect(profiles.get('E-mail')).toMatchObject({ filled: 20, traits: { email: 1 } });
    expect(profiles.get('Department')).toMatchObject({ distinct: 5, repeats: 25, maxLength: 15 });
    expect(profiles.get('Phone')?.traits).toMatchObject({ phone: 1 });
    expect(profiles.get('In dienst')).toMatchObject({ dateFormats: ['DD-MM-YYYY'], traits: { date: 1 } });
  });

  it('is the same whatever pieces the file comes in', async () => {
    const file = Buffer.from(madeUpFile(columnsOf('Nr=id; First name=given; Store=site'), 500));
    async function* pieces() {
      for (let from = 0; from < file.length; from += 997) yield await Promise.resolve(file.subarray(from, from + 997));
    }
    expect(await profileColumns(pieces())).toEqual(profileTable(file));
    expect(await profileColumns(file)).toEqual(profileTable(file));
  });

  it('is the same whatever the order of the rows', () => {
    const [header = '', ...rows] = madeUpFile(
      columnsOf('Nr=id; First name=given; Store=site; Status=active; Mail=mail'),
      30,
    )
      .trim()
      .split('\r\n');
    const expected = profileTable([header, ...rows].join('\r\n'));
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        expect(profileTable([header, ...shuffled].join('\r\n'))).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('leaves out rows whose cells are shifted, since nobody knows to which column they belong', () => {
    const { columns, rows, unreadable } = profileTable(
      'Nr,Store,Mail\n1,North,a@example.com\n2,b@example.com\n3,South,x,c@example.com\n',
    );
    expect({ rows, unreadable }).toEqual({ rows: 1, unreadable: 2 });
    expect(columns[1]?.values).toEqual([{ text: 'North', rows: 1 }]);
  });

  it('reads separators and encodings as the sync does, and headers with line breaks', () => {
    const { columns, separator, encoding } = profileTable(
      Buffer.from('"Personeels\nnummer";"Caf\u00e9"\n1;M\u00fcnchen\n', 'latin1'),
    );
    expect({ separator, encoding }).toEqual({ separator: ';', encoding: 'windows-1252' });
    expect(columns.map(({ name }) => name)).toEqual(['Personeels\nnummer', 'Café']);
  });

  it('is refused where the first row is an employee: its cells are no names of columns', () => {
    expect(() => profileTable('1001,Anna,Bakker,anna@example.com\n1002,Bram,Citroen,bram@example.com\n')).toThrow(
      HeaderMissing,
    );
    expect(() => profileTable('10012,Anna,Bakker,Bakery\n')).toThrow(HeaderMissing);
  });

  it('of a large file keeps neither cells nor more than a bounded number of hashes', async () => {
    function* rows() {
      yield Buffer.from('Nr,Store name,Mail\n');
      for (let from = 0; from < 200_000; from += 1_000) {
        const lines = Array.from({ length: 1_000 }, (_, i) => `${from + i},Store ${from + i},p${from + i}@example.com`);
        yield Buffer.from(`${lines.join('\n')}\n`);
      }
    }
    async function* stream() {
      for (const piece of rows()) yield await Promise.resolve(piece);
    }
    const { columns } = await profileColumns(stream());
    expect(columns[0]).toMatchObject({ filled: 200_000, isCapped: true, repeats: 0 });
    expect(columns[0]?.distinct).toBeLessThan(200_000);
    expect(columns.map(({ values }) => values.length)).toEqual([0, 0, 0]);
  });
});

describe('values that a profile names', () => {
  it('are those of columns about the organisation', () => {
    const profiles = profileOf(
      'Nr=id; Status=active; Store=site; Department=department; City=city; Job=job; Gender=gender',
    );
    expect(profiles.get('Status')?.values.map(({ text }) => text)).toEqual(['Active', 'Inactive']);
    expect(profiles.get('Store')?.values).toHaveLength(4);
    expect(profiles.get('Department')?.values).toHaveLength(5);
    for (const name of ['Nr', 'City', 'Job', 'Gender']) expect(profiles.get(name)?.values, name).toEqual([]);
  });

  it('are not those of a column without a certain name, unless the overview or our own list of words for a status has them', () => {
    const file = 'Nr,Veld 1,Veld 2\n1,Anna,Actief\n2,Anna,Actief\n3,Bram,Uit dienst\n4,Tilburg,Zwanger\n';
    expect(profileTable(file, { names: ['TILBURG'] }).columns.map(({ values }) => values)).toEqual([
      [],
      [{ text: 'Tilburg', rows: 1 }],
      [
        { text: 'Actief', rows: 2 },
        { text: 'Uit dienst', rows: 1 },
      ],
    ]);
  });

  it('are not those that look like a person, even in a column called department', () => {
    const { columns } = profileTable(
      'Nr,Department\n1,Bakery\n2,anna.bakker@example.com\n3,+31 6 12345678\n4,Anna Bakker\n5,199001017\n',
    );
    expect(columns[1]?.values).toEqual([{ text: 'Bakery', rows: 1 }]);
    expect(profileTable('Nr,Team\n1,Anna\n2,Bram\n3,Carla\n').columns[1]?.values).toEqual([]);
  });

  it('that stand in one row of many are left out: a cell may have gone astray', () => {
    const rows = Array.from({ length: 120 }, (_, i) => `${i},${i === 7 ? 'Verbeek' : 'Bakery'}`);
    expect(profileTable(`Nr,Department\n${rows.join('\n')}\n`).columns[1]?.values).toEqual([
      { text: 'Bakery', rows: 119 },
    ]);
  });

  const personal = [
    'id',
    'given',
    'family',
    'full',
    'lastFirst',
    'mail',
    'privateMail',
    'mobile',
    'phone',
    'born',
    'secret',
    'iban',
    'street',
    'managerName',
    'managerMail',
    'userName',
    'guid',
    'idPadded',
    'money',
    'badge',
  ];

  it('are never cells of a column of names, addresses, telephone numbers or ids, in all the files that are measured', () => {
    for (const set of [...HEADER_SETS, ...HOSTILE_SETS, ...PUBLIC_SETS]) {
      for (const rows of [1, 2, 40, 400]) {
        const { columns } = profileTable(madeUpFile(set.columns, rows));
        const kinds = new Map(set.columns.map(([header, kind]) => [header.trim(), kind]));
        const leaks = columns.filter(
          ({ name, values }) => values.length > 0 && personal.includes(kinds.get(name) ?? ''),
        );
        expect(leaks.map(({ name }) => `${set.name}: ${name}`)).toEqual([]);
      }
    }
  });

  it('are never made-up people either, under any of the names that such columns have', () => {
    const header = fc.constantFrom(
      'E-mail',
      'Mail work',
      'Telefoon',
      'Phone',
      'Voornaam',
      'Last name',
      'Name',
      'Nom',
      'Personeelsnummer',
      'Employee ID',
      'ID',
      'User name',
      'Manager',
      'Partner name',
      'Field 7',
      'X',
      'Overig',
    );
    const cell = fc.stringMatching(/^[A-Z][a-z]{2,12}( [A-Z][a-z]{2,12})?$/);
    fc.assert(
      fc.property(
        header,
        fc.array(cell, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 60 }),
        (name, cells, rows) => {
          const lines = Array.from({ length: rows }, (_, i) => `${i},${cells[i % cells.length]}`);
          const { columns } = profileTable(`Row,${name}\n${lines.join('\n')}\n`);
          const known = columns[1]?.values.filter(
            ({ text }) =>
              !/^(?:Yes|No|Active|Left|Sick|Act|Off|Ja|Nee|Leave|Term|Out|Alta|Baja|Oui|Non|Loa)$/.test(text),
          );
          expect(known).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
