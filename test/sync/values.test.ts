import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapRows } from '../../src/sync/desired/map-rows.js';
import { checkMapping } from '../../src/sync/mapping/check.js';
import { columnsRead } from '../../src/sync/mapping/compile.js';
import { readDateFormat } from '../../src/sync/values/dates.js';
import { changeLetters } from '../../src/sync/values/letters.js';
import { toCountry, toE164 } from '../../src/sync/values/phones.js';
import { makeReplacer } from '../../src/sync/values/replace.js';
import { RuleWords } from '../../src/sync/words/rule-words.js';
import { aCompiledMapping, aMapping, ann, aRecord, problemsOf } from './builders.js';

/** A mapping with these lines under `columns`, beside a name and a group. */
function withColumns(lines: string): string {
  return `
format: 1
externalId: Id
columns:
  familyName: Last
${lines}
groups: [businessUnit: { column: Store }]
options: { allowEmptyEmail: true, createMissingGroups: true, mergeDuplicates: true }
`;
}

function mapped(lines: string, ...rows: readonly Partial<Record<string, string>>[]) {
  const records = rows.map((fields, index) => aRecord(fields, index + 2));
  const outcome = mapRows(aCompiledMapping(withColumns(lines)), ann, records);
  if (outcome.kind !== 'active') throw new Error(outcome.warnings.map(({ text }) => text).join(' '));
  return { profile: outcome.person.profile, warnings: outcome.warnings, person: outcome.person };
}

describe('a value on its way from a cell to the network', () => {
  it.each([
    ['is trimmed', 'jobTitle: Job', { Job: '  Baker ' }, 'Baker'],
    ['gets capitals', 'jobTitle: { column: Job, case: title }', { Job: 'HEAD BAKER' }, 'Head Baker'],
    [
      'has texts replaced',
      'jobTitle: { column: Job, replace: { "Sr.": Senior, Jr.: Junior } }',
      { Job: 'Sr. Baker' },
      'Senior Baker',
    ],
    ['has texts taken out', `jobTitle: { column: Job, replace: { "(temp)": "" } }`, { Job: 'Baker (temp)' }, 'Baker'],
    ['is looked up', 'jobTitle: { column: Job, lookup: { 012: Baker, 13: Cashier } }', { Job: '012' }, 'Baker'],
    ['is looked up, whatever its case', 'jobTitle: { column: Job, lookup: { bk: Baker } }', { Job: ' BK ' }, 'Baker'],
    [
      'stays when the table may lack it',
      'jobTitle: { column: Job, lookup: { x: y }, unknown: keep }',
      { Job: 'Boss' },
      'Boss',
    ],
    [
      'is nothing when the table lacks it',
      'jobTitle: { column: Job, lookup: { x: y }, unknown: none }',
      { Job: 'Boss' },
      undefined,
    ],
    ['is a day', 'jobTitle: { column: Job, date: DD/MM/YYYY }', { Job: '31/03/2026' }, '2026-03-31'],
    ['is a telephone number', 'jobTitle: { column: Job, phone: NL }', { Job: '06-12 34 56 78' }, '+31612345678'],
    [
      'has the country of its own row',
      'jobTitle: { column: Job, phone: { column: Land, country: NL } }',
      { Job: '0470 12 34 56', Land: 'be' },
      '+32470123456',
    ],
    [
      'has the usual country otherwise',
      'jobTitle: { column: Job, phone: { column: Land, country: NL } }',
      { Job: '0612345678', Land: '?' },
      '+31612345678',
    ],
    ['has a default', 'jobTitle: { column: Job, default: Employee }', { Job: ' ' }, 'Employee'],
    ['needs no default', 'jobTitle: { column: Job, default: Employee }', { Job: 'Baker' }, 'Baker'],
    ['is the first of several', 'jobTitle: { firstOf: [Alias, Job] }', { Alias: '', Job: 'Baker' }, 'Baker'],
    [
      'is made by a template, or something else',
      'jobTitle: { firstOf: ["{Alias}/{Job}", { value: none }] }',
      { Alias: '' },
      'none',
    ],
    ['is joined of what there is', 'jobTitle: { join: [First, Infix, Last] }', { Infix: '' }, 'Ann Baker'],
    [
      'is joined of all',
      'jobTitle: { join: [First, { column: Infix, case: lower }, Last] }',
      { Infix: 'VAN DER' },
      'Ann van der Baker',
    ],
  ])('%s', (_, line, fields, expected) => {
    const { profile, warnings } = mapped(`  ${line}`, fields);
    expect(profile.jobTitle).toBe(expected);
    expect(warnings).toEqual([]);
  });

  it('goes through its steps in one order, however they are written', () => {
    const steps = ['replace: { " ": "" }', 'lookup: { ab: bread baker }', 'case: upper', 'default: X'];
    const made = (written: readonly string[]) =>
      mapped(`  jobTitle: { column: Job, ${written.join(', ')} }`, { Job: 'A B' }).profile.jobTitle;
    expect(made(steps)).toBe('BREAD BAKER');
    expect(made([...steps].reverse())).toBe('BREAD BAKER');
  });

  it.each([
    ['unreadable_date', 'jobTitle: { column: Job, date: DD/MM/YYYY }', '31/04/2026'],
    ['unreadable_phone', 'jobTitle: { column: Job, phone: NL }', 'ask Ann'],
    ['unreadable_phone', 'jobTitle: { column: Job, phone: NL }', '06123'],
    ['not_in_table', 'jobTitle: { column: Job, lookup: { x: y } }', 'Boss'],
  ])('that cannot be made is absent, with a warning that never tells it: %s', (code, line, cell) => {
    const { profile, warnings } = mapped(`  ${line}`, { Job: cell });
    expect(profile).toEqual({ familyName: 'Baker' });
    expect(warnings).toMatchObject([{ code, xid: ann, rows: [2], column: 'Job' }]);
    expect(warnings[0]?.text).toMatch(/^Row 2: .*column Job.*\(columns.jobTitle, line 6\)/);
    expect(warnings[0]?.text).not.toContain(cell);
  });

  it('can be a default after all, and is warned of all the same', () => {
    const { profile, warnings } = mapped('  jobTitle: { column: Job, lookup: { x: y }, default: Employee }', {
      Job: 'Boss',
    });
    expect(profile.jobTitle).toBe('Employee');
    expect(warnings.map(({ code }) => code)).toEqual(['not_in_table']);
  });

  it('is not warned of when another one is taken, or when its cell is empty', () => {
    const line = '  jobTitle: { firstOf: [Job, { column: Alias, lookup: { x: y } }] }';
    expect(mapped(line, { Job: 'Baker', Alias: 'Boss' }).warnings).toEqual([]);
    expect(mapped(line, { Job: '', Alias: '' }).warnings).toEqual([]);
  });

  it('makes a user name as well, and tells of the row where it cannot', () => {
    const text = `${withColumns('')}invitations: [{ audience: none, userName: { firstOf: [{ column: Code, lookup: { a: ann-1 } }, Id] } }]\n`;
    const outcome = (Code: string) => mapRows(aCompiledMapping(text), ann, [aRecord({ Code })]);
    expect(outcome('A')).toMatchObject({ person: { userName: 'ann-1' }, warnings: [] });
    expect(outcome('b')).toMatchObject({
      person: { userName: '0004711' },
      warnings: [{ code: 'not_in_table', column: 'Code' }],
    });
  });
});

describe('letters', () => {
  it.each([
    ["jan-pieter O'NEIL", "Jan-Pieter O'Neil"],
    ["'s-GRAVENHAGE", "'s-Gravenhage"],
    ['ijmuiden noord', 'IJmuiden Noord'],
    ["cashier's DESK", "Cashier's Desk"],
    ['élise d’ancona', 'Élise D’Ancona'],
  ])('%s is titled %s', (text, titled) => {
    expect(changeLetters('title', text)).toBe(titled);
    expect(changeLetters('title', titled)).toBe(titled);
  });
});

describe('days', () => {
  it.each([
    ['DD/MM/YYYY', '31/03/2026', '2026-03-31'],
    ['D-M-YYYY', '1-2-2026', '2026-02-01'],
    ['M/D/YYYY', '12/31/2026', '2026-12-31'],
    ['YYYY.MM.DD', '2024.02.29', '2024-02-29'],
    ['YYYYMMDD', '20260331', '2026-03-31'],
    ['DD/MM/YYYY', '31/03/2026 00:00:00', '2026-03-31'],
    ['YYYY-MM-DD', '2026-03-31T00:00:00Z', '2026-03-31'],
    ['DD/MM/YYYY', '29/02/2026', null],
    ['DD/MM/YYYY', '1/2/2026', null],
    ['DD/MM/YYYY', '31/03/26', null],
    ['DD/MM/YYYY', '00/00/0000', null],
  ])('%s reads %s as %s', (format, text, day) => {
    expect(readDateFormat(format)?.toIso(text)).toBe(day);
  });

  it.each(['', 'DD/MM', 'DD/MM/YY', 'DD/DD/YYYY', 'DMYYYY', 'DD of MM YYYY'])('%j is no format', (format) => {
    expect(readDateFormat(format)).toBeNull();
  });

  it('come back from every format that they were written in', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.constantFrom('DD/MM/YYYY', 'D.M.YYYY', 'YYYYMMDD', 'M-D-YYYY'), (instant, format) => {
        const iso = instant.toISOString().slice(0, 10);
        const [year = '', month = '', date = ''] = iso.split('-');
        const written = format
          .replace('YYYY', year)
          .replace(/MM|M/, (token) => (token === 'MM' ? month : String(Number(month))))
          .replace(/DD|D/, (token) => (token === 'DD' ? date : String(Number(date))));
        expect(readDateFormat(format)?.toIso(written)).toBe(iso);
      }),
    );
  });
});

describe('telephone numbers', () => {
  it.each([
    ['06 12345678', 'NL', '+31612345678'],
    ['+31 (0)6 1234 5678', 'BE', '+31612345678'],
    ['0031612345678', 'NL', '+31612345678'],
    ['020-6241111 ext. 12', 'NL', '+31206241111'],
    ['0151 23456789', 'DE', '+4915123456789'],
    ['12', 'NL', null],
    ['', 'NL', null],
  ])('%s in %s is %s', (text, country, number) => {
    expect(toE164(text, toCountry(country))).toBe(number);
  });

  it('without a country code are none when no country is known', () => {
    expect(toE164('0612345678', null)).toBeNull();
    expect(toE164('+31612345678', null)).toBe('+31612345678');
  });
});

describe('replacing', () => {
  it('takes the longer of two, and never looks at what it put in', () => {
    expect(
      makeReplacer([
        { from: 'a', to: 'b' },
        { from: 'b', to: 'a' },
        { from: 'ab', to: 'c' },
      ])('a b ab'),
    ).toBe('b a c');
    expect(
      makeReplacer([
        { from: '.', to: '' },
        { from: '$&', to: '$1' },
      ])('a.b $&'),
    ).toBe('ab $1');
  });
});

const EVERYTHING = `
format: 1
externalId: Id
columns:
  givenName: { column: First, replace: { a: b }, case: title }
  familyName: { join: [Infix, { column: Last, case: upper }], default: Nobody }
  jobTitle: { column: Job, lookup: { x: y } }
  email: { firstOf: ["{First}@shop.example", { column: Mail, case: lower }] }
  telephoneNumber: { column: Phone, phone: { column: Land, country: NL } }
  upn: { column: Hired, date: D/M/YYYY }
groups:
  - topic: { column: Tags, separator: "|", lookup: { a: A }, unknown: keep, case: lower }
  - localDepartment: { businessUnit: { column: Store, separator: "," }, department: { column: Department, separator: "," } }
options: { allowEmptyName: true, allowEmptyEmail: true, allowWithoutBusinessUnit: true, allowWithoutGroups: true, mergeDuplicates: true, createMissingGroups: true }
`;

describe('odd data', () => {
  const compiled = aCompiledMapping(EVERYTHING);
  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({
      unit: fc.constantFrom('0', '6', '1', '+', '/', '-', ' ', '|', ',', '\u0000', 'İ', 'ß', '\ud800'),
      maxLength: 40,
    }),
  );
  const columns = ['First', 'Infix', 'Last', 'Job', 'Mail', 'Phone', 'Land', 'Hired', 'Tags', 'Store', 'Department'];

  it('never throws, gives trimmed texts, and stands in no warning', () => {
    const rows = fc.array(fc.dictionary(fc.constantFrom(...columns), cell), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(rows, (cells) => {
        const records = cells.map((fields, index) => ({ xid: ann, row: index + 2, fields: { Id: '1', ...fields } }));
        const outcome = mapRows(compiled, ann, records);
        if (outcome.kind === 'active') {
          const texts: readonly string[] = Object.values(outcome.person.profile);
          expect(texts).toEqual(texts.map((text) => text.trim()).filter((text) => text !== ''));
        }
        for (const { text, column } of outcome.warnings) {
          const told = column === null ? [] : cells.map((fields) => fields[column]?.trim() ?? '');
          for (const value of told) if (value.length > 12) expect(text).not.toContain(value);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('feature 12: a group called after what stands in the record', () => {
  const groupsOf = (rule: string, ...rows: readonly Partial<Record<string, string>>[]) => {
    const text = withColumns('').replace('businessUnit: { column: Store }', rule);
    const withOptions = text.replace(
      'options: { ',
      'options: { allowWithoutBusinessUnit: true, allowWithoutGroups: true, ',
    );
    const outcome = mapRows(
      aCompiledMapping(withOptions),
      ann,
      rows.map((fields, index) => aRecord(fields, index + 2)),
    );
    if (outcome.kind !== 'active') throw new Error(outcome.kind);
    return { keys: Object.keys(outcome.person.memberships), warnings: outcome.warnings };
  };

  it('is looked up in a table, and a store that it lacks gives no group and a warning with row and column', () => {
    const rule = 'businessUnit: { column: Store, lookup: { 0012: Amsterdam, 0013: Utrecht } }';
    expect(groupsOf(rule, { Store: '0012' })).toEqual({ keys: ['business_unit:amsterdam'], warnings: [] });
    const { keys, warnings } = groupsOf(rule, { Store: '0013' }, { Store: '0099' });
    expect(keys).toEqual(['business_unit:utrecht']);
    expect(warnings).toMatchObject([{ code: 'not_in_table', rows: [3], column: 'Store' }]);
  });

  it('is one of several in a cell: each counts once, and blanks between them do not', () => {
    const rule = 'topic: { column: Tags, separator: "|" }';
    expect(groupsOf(rule, { Tags: ' First aid | |Union|first aid ' }).keys).toEqual(['topic:first aid', 'topic:union']);
    expect(groupsOf(rule, { Tags: ' | ' }).keys).toEqual([]);
  });

  it('is looked up one by one', () => {
    const rule = 'topic: { column: Tags, separator: ";", lookup: { fa: First aid, un: Union }, unknown: none }';
    expect(groupsOf(rule, { Tags: 'FA;?;UN' })).toEqual({ keys: ['topic:first aid', 'topic:union'], warnings: [] });
  });

  it('is every department in every store that the cells name', () => {
    const rule =
      'localDepartment: { businessUnit: { column: Store, separator: "," }, department: { column: Department, separator: "," } }';
    expect(groupsOf(rule, { Store: 'N,S', Department: 'Bakery,Till' }).keys).toEqual([
      ...['business_unit:n', 'business_unit:s', 'department:bakery', 'department:till'],
      ...[
        'local_department:n/bakery',
        'local_department:n/till',
        'local_department:s/bakery',
        'local_department:s/till',
      ],
    ]);
  });

  it('is none when a cell holds more than anybody could mean', () => {
    const Tags = Array.from({ length: 201 }, (_, index) => `t${index}`).join('|');
    const { keys, warnings } = groupsOf('topic: { column: Tags, separator: "|" }', { Tags });
    expect(keys).toEqual([]);
    expect(warnings).toMatchObject([{ code: 'too_many_values', column: 'Tags' }]);
  });

  it('carries roles and exceptions that name it in the same way', () => {
    const text = `${withColumns('').replace('businessUnit: { column: Store }', 'businessUnit: { column: Store, separator: "," }')}
roles:
  - target: businessUnit
    group: { column: Leads, separator: "," }
    role: admin
exceptions:
  - when: Job == "Baker"
    notIn: [businessUnit: { column: Never, separator: "," }]
`;
    const outcome = mapRows(aCompiledMapping(text), ann, [aRecord({ Store: 'A,B,C,D', Leads: 'B,C', Never: 'C,D' })]);
    expect(outcome).toMatchObject({
      person: { memberships: { 'business_unit:a': { role: 'member' }, 'business_unit:b': { role: 'admin' } } },
    });
    expect(outcome.kind === 'active' && Object.keys(outcome.person.memberships)).toHaveLength(2);
  });
});

describe('a mistake in what is made of a value is told with its place', () => {
  it.each([
    [
      'jobTitle: { column: Job, case: Title }',
      '6:34 columns.jobTitle.case: One of upper, lower, title is needed here. Did you mean "title"?',
    ],
    [
      'jobTitle: { column: Job, lokup: { a: b } }',
      '6:28 columns.jobTitle.lokup: Unknown key `lokup`. Did you mean "lookup"?',
    ],
    ['jobTitle: { column: Job, date: DD/MM/YY }', '6:34 columns.jobTitle.date: A date format has DD'],
    [
      'telephoneNumber: { column: Job, phone: NLD }',
      '6:42 columns.telephoneNumber.phone: A country is two letters as ISO 3166 has them, such as `NL`. Did you mean "NL"?',
    ],
    [
      'telephoneNumber: { column: Job, phone: {} }',
      '6:42 columns.telephoneNumber.phone: Give a `country`, a `column` that has one, or both.',
    ],
    [
      'jobTitle: { column: Job, lookup: { bk: a, BK: b } }',
      '6:45 columns.jobTitle.lookup.BK: The table has this text twice',
    ],
    ['jobTitle: { column: Job, lookup: {} }', '6:36 columns.jobTitle.lookup: Give at least one line'],
    [
      'jobTitle: { column: Job, unknown: keep }',
      '6:37 columns.jobTitle.unknown: This says what a `lookup` does: give one.',
    ],
    [
      'jobTitle: { column: Job, date: DD/MM/YYYY, phone: NL }',
      '6:53 columns.jobTitle.phone: Nothing is a `date` and a `phone`',
    ],
    [
      'jobTitle: { column: Job, value: x }',
      '6:13 columns.jobTitle: Give one of `column`, `value`, `template`, `firstOf` and `join`.',
    ],
    ['jobTitle: { firstOf: [Job] }', '6:24 columns.jobTitle.firstOf: Give two or more.'],
    [
      'jobTitle: { firstOf: [Job, { firstOf: [A, B] }] }',
      '6:32 columns.jobTitle.firstOf[1].firstOf: Unknown key `firstOf`.',
    ],
  ])('%s', (line, expected) => {
    expect(problemsOf(withColumns(`  ${line}`)).join('\n')).toContain(`m.yaml:${expected}`);
  });

  it('such as a column that the record lacks, anywhere in it', () => {
    const mapping = aMapping(
      withColumns(
        '  jobTitle: { firstOf: [Jb, { column: Alias, lookup: { a: b } }] }\n  telephoneNumber: { column: Mail, phone: { column: Lnd } }',
      ),
    );
    const problems = checkMapping(mapping, { columns: ['Id', 'Last', 'Job', 'Alias', 'Mail', 'Land', 'Store'] });
    expect(problems.map(({ line, text }) => `${line} ${text}`)).toEqual([
      '6 Unknown field `Jb`. Did you mean "Job"?',
      '7 Unknown field `Lnd`. Did you mean "Land"?',
    ]);
    expect(columnsRead(mapping)).toEqual(['Id', 'Last', 'Jb', 'Alias', 'Mail', 'Lnd', 'Store']);
  });

  it('such as a group in a table that the network lacks', () => {
    const text = withColumns('')
      .replace('{ column: Store }', '{ column: Store, lookup: { 12: North, 13: Soth }, default: Head office }')
      .replace('createMissingGroups: true', 'createMissingGroups: false');
    const groups = [
      { kind: 'business_unit', name: 'North' },
      { kind: 'business_unit', name: 'South' },
    ] as const;
    expect(checkMapping(aMapping(text), { groups }).map(({ path, text: said }) => `${path} ${said}`)).toEqual([
      'groups[0].businessUnit.lookup.13 The network has no business unit "Soth", and `createMissingGroups` is off. Did you mean "South"?',
      'groups[0].businessUnit.default The network has no business unit "Head office", and `createMissingGroups` is off.',
    ]);
  });
});

it('reads what is made of a value aloud', () => {
  const mapping = aMapping(EVERYTHING);
  const words = new RuleWords(mapping);
  expect(mapping.columns.map((column) => words.column(column))).toEqual([
    'The given name is what stands in the column First, where "a" is replaced by "b", with a capital at the beginning of each word.',
    'The family name is put together, with blanks between, from what there is of: what stands in the column Infix; what stands in the column Last, in capitals, or "Nobody" where there is none.',
    'The job title is what stands in the column Job, where "x" becomes "y", and any other text counts as none, with a warning.',
    'The e-mail address is the first that there is of: First, then "@shop.example" (nothing when one of them is empty); what stands in the column Mail, in small letters.',
    'The telephone number is what stands in the column Phone, as an international telephone number (one without a country code is of the country in Land, else NL).',
    'The UPN is what stands in the column Hired, read as a day (D/M/YYYY).',
  ]);
  expect(mapping.groups.map((rule) => words.group(rule))).toEqual([
    'Into the topic group that stands in Tags (several, with "|" between them; each where "a" becomes "A", and any other text stays as it is, in small letters), for everybody.',
    'Into the local department that stands in Department (several, with "," between them), of the business unit that stands in Store (several, with "," between them), for everybody.',
  ]);
});
