import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toE164, toCountry } from '../../src/sync/values/phones.js';
import type { Fields } from '../../src/sync/record.js';
import { anyMapping, anyRoster } from './made-up.js';
import { anonymise, KEY, OTHER_KEY, readCsv, readText } from './rosters.js';

const PLAIN = `
format: 1
externalId: Id
columns:
  givenName: First
  infix: Infix
  familyName: Last
  email: Mail
  telephoneNumber: { column: Phone, phone: NL }
startDate: { column: Start }
groups:
  - businessUnit: { column: Store }
options: { mergeDuplicates: true, allowEmptyEmail: true, createMissingGroups: true }
`;

const PERSON = {
  ...{
    Id: '0004711',
    First: 'Jan-Pieter',
    Infix: 'van der',
    Last: 'BERG',
    Mail: 'jp@shop.example',
    Phone: '06-1234 5678',
  },
  ...{ Start: '2020-05-01', Store: 'North', Iban: 'secret' },
};

function disguised(change: Partial<Record<keyof typeof PERSON, string>> = {}, key = KEY): Fields {
  const { rows } = anonymise({ mapping: PLAIN, rows: [{ ...PERSON, ...change }], key });
  return rows[0] ?? {};
}

describe('the disguise of a person', () => {
  it('has every column that the mapping reads, and no other', () => {
    expect(Object.keys(disguised()).sort()).toEqual(
      ['!order', 'First', 'Id', 'Infix', 'Last', 'Mail', 'Phone', 'Start', 'Store'].sort(),
    );
  });

  it('is built as the person is', () => {
    const { Id, First, Infix, Last, Mail, Phone, Start, Store } = disguised();
    expect(Id).toMatch(/^000[1-9]\d{3}$/);
    expect(First).toMatch(/^\p{Lu}\p{Ll}+-\p{Lu}\p{Ll}+$/u);
    expect(Infix).toMatch(/^\p{Ll}/u);
    expect(Last).toMatch(/^\p{Lu}+$/u);
    expect(Mail).toMatch(/^[a-z.0-9]+@anonymised\.invalid$/);
    expect(Phone).toMatch(/^02-00\d\d \d{4}$/);
    expect(Start).toMatch(/^20(19|20)-\d\d-\d\d$/);
    expect(Store).toBe('North');
  });

  it('is the same in every file of one test, and another one in the next test', () => {
    expect(disguised()).toEqual(disguised());
    const [one, other] = [disguised(), disguised({}, OTHER_KEY)];
    for (const column of ['Id', 'First', 'Last', 'Mail', 'Phone']) expect(one[column]).not.toBe(other[column]);
  });

  it('changes when the person changes, in what changed alone', () => {
    const { Last, ...rest } = disguised();
    const { Last: renamed, ...same } = disguised({ Last: 'JANSEN' });
    expect(renamed).not.toBe(Last);
    expect(same).toEqual(rest);
  });

  it('stays empty or unreadable where the person is', () => {
    const { Infix, Mail, Phone } = disguised({ Infix: '', Mail: 'no address', Phone: '12' });
    expect([Infix, Mail, Phone].map((text) => text === '' || !text?.includes('@'))).toEqual([true, true, true]);
    expect(Infix).toBe('');
    expect(toE164(Phone ?? '', 'NL')).toBeNull();
  });

  it('keeps the sides of today, and the days before and after each other', () => {
    const rows = Array.from({ length: 60 }, (_, index) => {
      const day = new Date(Date.UTC(2026, 10, index + 1)).toISOString().slice(0, 10);
      return { ...PERSON, Id: String(1000 + index), Start: day };
    });
    const { rows: made } = anonymise({ mapping: PLAIN, rows });
    made.forEach((row, index) =>
      expect((row['Start'] ?? '') > '2026-11-30').toBe((rows[index]?.Start ?? '') > '2026-11-30'),
    );
    expect(made.filter((row, index) => row['Start'] === rows[index]?.Start)).toEqual([]);
  });

  it('has a telephone number that can be read and that nobody owns, for numbers of many countries', () => {
    const numbers = [
      '06 12345678',
      '+31 20 1234567',
      '0049 151 12345678',
      '+33 6 12 34 56 78',
      '+44 7911 123456',
      // Nottingham, whose own range libphonenumber does not know; Belfast, London, Tyneside.
      ...['+44 115 934 1234', '+44 28 9032 1234', '+44 20 7183 8750', '0044 191 232 1234'],
      ...['+1 212 736 5000', '+1 604 555 2368'],
      // Toll-free numbers are in no area, and no range of theirs is nobody's.
      '+1 800 234 5678',
      '+32 470 12 34 56',
    ];
    for (const number of numbers) {
      const { Phone = '' } = disguised({ Phone: number });
      expect(toE164(Phone, toCountry('NL'))).toMatch(UNOWNED);
    }
  });
});

/** Written down once more, from the decision's table. */
const UNOWNED =
  /^\+(31\d\d0\d{6}|49(3023125|6990009|4066969|2214710|8999998)\d{3}|4917139200\d\d|49176040690\d\d|33(19900|26191|35301|46571|53649|63998)\d{4}|44(2079460|11[346-8]4960|1[2-6]14960|1914980|2896496|2920180)\d{3}|1(?!8)\d{3}55501\d\d)$/;

describe('a stranger who looks for real people', () => {
  it('finds no full name, address, number, or id with its name, in records and mapping', () => {
    fc.assert(
      fc.property(anyMapping, anyRoster, (mapping, rows) => {
        const made = anonymise({ mapping, rows });
        expect(strangersFinds(rows, [...made.rows.map((row) => Object.values(row).join(';')), made.mapping])).toEqual(
          [],
        );
      }),
      { numRuns: 20 },
    );
  });

  it('finds none at Woodgrove', () => {
    const rows = readCsv('../../examples/woodgrove/day-1.csv').map((row) => ({
      ...{
        Id: row['WorkerID'] ?? '',
        First: row['FirstName'] ?? '',
        Last: row['LastName'] ?? '',
        Phone: row['OfficePhone'] ?? '',
      },
    }));
    const { rows: made } = anonymise({
      mapping: readText('../../examples/woodgrove/mapping.yaml'),
      rows: readCsv('../../examples/woodgrove/day-1.csv'),
    });
    expect(
      strangersFinds(
        rows,
        made.map((row) => Object.values(row).join(';')),
      ),
    ).toEqual([]);
  });

  it('finds them in what is not disguised', () => {
    expect(strangersFinds([PERSON], [Object.values(PERSON).join(';')]).length).toBeGreaterThan(2);
  });
});

/** Shares nothing with the code: plain searching in lines. */
function strangersFinds(rows: readonly Fields[], lines: readonly string[]): readonly string[] {
  const text = lines.join('\n').toLowerCase();
  const found: string[] = [];
  for (const { Id = '', First = '', Last = '', Mail = '', Phone = '' } of rows) {
    const [first, last, mail] = [First, Last, Mail].map((each) => each.trim().toLowerCase());
    if (first && last && last.length > 2 && first.length > 2 && lines.some((line) => hasBoth(line, first, last)))
      found.push('full name');
    if (mail?.includes('@') && text.includes(mail)) found.push('e-mail');
    if (Phone.replace(/\D/g, '').length > 8 && text.includes(Phone.trim())) found.push('phone');
    const id = Id.trim();
    if (last && last.length > 2 && id && lines.some((line) => line.includes(id) && hasWord(line, last)))
      found.push('id with name');
  }
  return found;
}

function hasBoth(line: string, first: string, last: string): boolean {
  return hasWord(line, first) && hasWord(line, last);
}

function hasWord(line: string, word: string): boolean {
  return line.length < 1_000 && ` ${line.toLowerCase().replace(/[;.]/g, ' ')} `.includes(` ${word} `);
}
