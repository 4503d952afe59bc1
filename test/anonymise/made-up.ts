import fc from 'fast-check';
import type { Fields } from '../../src/sync/record.js';

/** One of each kind of condition that the language knows, on every kind of column. */
const CONDITIONS = [
  'Status == "Active"',
  'Status != "Gone"',
  'externalId >= 500',
  '400 <= externalId and externalId < 5000',
  'externalId == 4711',
  'externalId == "0004711"',
  'externalId != "0004712"',
  'externalId in ("0004711", "0000500", 123)',
  'externalId not in (4711, 4712)',
  'startsWith(externalId, "0004")',
  'endsWith(externalId, "7")',
  'includes(externalId, "47")',
  'externalId > "0004"',
  'not(startsWith(externalId, "00") or externalId < 300)',
  'Manager == externalId',
  'Manager in (externalId, "0004711")',
  'matches(externalId, "0+[4-9].*")',
  'matches(Last, "[A-M].*")',
  'matches(Mail, "[^@]+@.+")',
  'matches(Phone, "[+0].*")',
  'matches(Job, ".*(manager|chef).*")',
  'empty(Manager)',
  'Last == "Jansen"',
  'lower(Last) == "jansen"',
  'Last in ("Jansen", "de Vries")',
  'startsWith(Last, "J")',
  'Last < "K"',
  'exists(Mail)',
  'endsWith(Mail, "@shop.example")',
  'includes(Mail, "@shop.")',
  'includes(Mail, "example")',
  'startsWith(Mail, "info")',
  'Mail == "info@shop.example"',
  'lower(Mail) == "info@shop.example"',
  'endsWith(Mail, ".example")',
  'startsWith(Phone, "06")',
  'startsWith(Phone, "+31")',
  'exists(Phone)',
  'Start >= "2020-06-01"',
  'Start < Leave',
  'empty(Leave)',
  'Birth > "1990-01-01"',
  'includes(Job, "manager")',
  'FTE > 0.5',
  'Login == "jdoe"',
  'upper(Department) == "BAKERY"',
  'Department == Store',
  'First == Nick',
];

const condition = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...CONDITIONS) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...CONDITIONS), fc.constantFrom('and', 'or'), fc.constantFrom(...CONDITIONS))
      .map(([one, word, other]) => `(${one}) ${word} not(${other})`),
  },
);

const when = fc
  .option(condition, { freq: 3, nil: null })
  .map((source) => (source === null ? '' : `\n    when: >\n      ${source}`));

const groups = fc.constantFrom(
  'businessUnit: { column: Store }',
  'businessUnit: { column: Store, case: upper }',
  'department: { column: Department, lookup: { BK: Bakery }, unknown: keep }',
  'localDepartment: { businessUnit: { column: Store }, department: { column: Department } }',
  "topic: { column: Committees, separator: '|' }",
  'topic: { template: "Store {Store}" }',
  'topic: { name: Bakers }',
);
const roles = fc.constantFrom(
  'target: network\n    role: admin',
  'target: businessUnit\n    role: admin',
  'target: topic\n    group: { name: Bakers }\n    role: Planner',
  'target: department\n    role: Planner',
);
const invitations = fc.constantFrom(
  'audience: email',
  'audience: sms',
  'audience: letter\n    userName: Login',
  'audience: letter\n    userName: "{First}.{Last}"\n    temporaryPassword: Birth',
  'audience: letter\n    userName: { column: Birth, date: YYYY-MM-DD }',
  'audience: none',
);
const exceptions = fc.constantFrom(
  'externalIds: [0004711, 0004712]\n    leaveAlone: true\n    comment: somebody',
  'externalIds: [0000500]\n    notInNetwork: true',
  'externalIds: [0004711]\n    addTo:\n      - topic: { name: Crisis }\n    role: { target: topic, group: { name: Crisis }, role: admin }',
  'when: externalId == "0004713"\n    noInvitation: true',
  'externalIds: [0000123]\n    notIn:\n      - businessUnit: { column: Store }',
);

const email = fc.constantFrom(
  'Mail',
  '{ column: Mail, case: lower }',
  "{ firstOf: [Mail, '{Id}@shop.example'] }",
  '{ firstOf: [Mail, "{First}.{Last}@shop.example"], case: lower }',
);
const phone = fc.constantFrom(
  'Phone',
  '{ column: Phone, phone: NL }',
  '{ column: Phone, phone: { column: Land, country: NL } }',
);
const names = fc.constantFrom(
  'givenName: First\n  familyName: Last',
  'givenName: { column: First, case: title }\n  familyName: { join: [{ column: Infix, case: lower }, Last] }',
  'givenName: First\n  infix: Infix\n  familyName: { column: Last, replace: { "(temp)": "" } }',
);
const dates = fc.constantFrom(
  '',
  'startDate: { column: Start }\n',
  'startDate: { column: Start }\nleaveDate: { column: Leave, format: D-M-YYYY }\n',
);
const yesOrNo = fc.constantFrom('true', 'false');

function list(name: string, items: readonly (readonly [string, string])[]): string {
  return items.length === 0
    ? ''
    : `${name}:\n${items.map(([item, condition]) => `  - ${item}${condition}`).join('\n')}\n`;
}

/** A mapping document that has any of what mappings can have. */
export const anyMapping: fc.Arbitrary<string> = fc
  .record({
    ...{ active: fc.option(condition), dates, names, email, phone, merge: yesOrNo, empty: yesOrNo, units: yesOrNo },
    groups: fc.array(fc.tuple(groups, when), { minLength: 1, maxLength: 6 }),
    roles: fc.array(fc.tuple(roles, when), { maxLength: 4 }),
    invitations: fc.array(fc.tuple(invitations, when), { maxLength: 4 }),
    exceptions: fc.array(exceptions, { maxLength: 3 }),
  })
  .map((made) =>
    [
      'format: 1\nexternalId: Id\n',
      made.active === null ? '' : `active: >\n  ${made.active}\n`,
      made.dates,
      `columns:\n  ${made.names}\n  jobTitle: Job\n  email: ${made.email}\n  telephoneNumber: ${made.phone}\n`,
      list('groups', [...made.groups, ['businessUnit: { column: Store }', '']]),
      list('roles', made.roles),
      list('invitations', made.invitations),
      list(
        'exceptions',
        made.exceptions.map((exception) => [exception, ''] as const),
      ),
      `options: { mergeDuplicates: ${made.merge}, allowEmptyEmail: ${made.empty}, allowEmptyName: ${made.empty}, `,
      `allowWithoutBusinessUnit: ${made.units}, allowWithoutGroups: ${made.units}, createMissingGroups: true }\n`,
    ].join(''),
  );

const id = fc.oneof(
  fc.constantFrom('0004711', '0004712', '0004713', '0000500', '0000123', ' 0004711'),
  fc.integer({ min: 100, max: 9_999 }).map((number) => String(number).padStart(7, '0')),
  fc.integer({ min: 100, max: 9_999 }).map((number) => `P-${number}`),
);

const row: fc.Arbitrary<Fields> = fc.record({
  Id: id,
  Status: fc.constantFrom('Active', 'Active', 'Active', 'Gone', ''),
  First: fc.constantFrom('Jan', 'ANNA', 'Piet-Jan', 'J.P.', 'Özlem', 'el', ''),
  Nick: fc.constantFrom('Jan', 'Anna', ''),
  Infix: fc.constantFrom('', 'van der', 'DE'),
  Last: fc.constantFrom('Jansen', 'JANSEN', 'de Vries', 'Bakker-Smit', 'Öztürk', '(temp)', 'Ng', ''),
  Job: fc.constantFrom('Baker', 'Store manager', 'Cashier', ''),
  Mail: fc.constantFrom(
    ...['', ' ', 'jan@shop.example', 'info@shop.example', 'Info@Shop.Example', 'a.b@hr.shop.example', 'x@gmail.test'],
    ...['no address', 'two@at@shop.example', 'example@other.test'],
  ),
  Phone: fc.constantFrom(
    ...['', '0612345678', '06-1234 5678', '+31 6 12345678', '+31 (0)20 1234567', '010-1234567', '0031612345679'],
    ...['+4915112345678', '030 1234567', '+32470123456', '12', 'none', '+1 212 736 5000', '+44 20 7183 8750'],
  ),
  Land: fc.constantFrom('NL', 'DE', 'BE', '', 'XX'),
  Start: fc.constantFrom(
    '2019-03-01',
    '2020-06-01',
    '2026-11-30',
    '2026-12-01',
    '2027-02-01',
    '',
    '2020-13-01',
    'soon',
  ),
  Leave: fc.constantFrom('', '1-12-2026', '30-11-2026', '29-11-2026', '15-3-2024', '31-2-2024'),
  Birth: fc.constantFrom('1980-02-29', '1990-01-01', '1990-01-02', '2001-12-31', '', '29-02-1980'),
  FTE: fc.constantFrom('0.5', '0.8', '1', ''),
  Login: fc.constantFrom('jdoe', 'JDoe', 'asmith1', ''),
  Store: fc.constantFrom('North', 'South', '0012', 'Bakery', ''),
  Department: fc.constantFrom('BK', 'Bakery', 'Cash', ''),
  Committees: fc.constantFrom('', 'First aid', 'First aid | Works council'),
  Manager: fc.constantFrom('', '0004711', '0004712', '0000500'),
  Iban: fc.constantFrom('NL91ABNA0417164300'),
});

/** Rows of people some of whom have several. */
export const anyRoster: fc.Arbitrary<readonly Fields[]> = fc.array(row, { minLength: 1, maxLength: 40 });
