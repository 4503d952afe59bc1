import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDelivery, type DeliveredRow } from '../../src/proof/delivery.js';
import { readExpectations } from '../../src/proof/expectations.js';
import { makeNextDay } from '../../src/proof/next-day/make.js';
import { groupId } from '../../src/proof/groups.js';
import type { Expectations } from '../../src/proof/state.js';
import type { GroupRef } from '../../src/sync/group.js';
import { KORENAAR } from '../sync/builders.js';
import { EngineNetwork } from './engine.js';
import { CAREFUL, EVERYTHING, IN_STEPS } from './mappings.js';

const words = (...choices: string[]) => fc.constantFrom(...choices);
const cells = fc.record({
  Id: words('0001', '0002', '0003', '0004', '5', '05', '19', '70', 'A1'),
  Status: words('Active', 'Active', 'Active', 'Leave', 'Gone', ' Active'),
  Start: words('', '', '', '01/05/2026', '03/05/2026', '02/05/2026 00:00', '31/04/2026'),
  End: words('', '', '', '2026-05-01', '2026-05-02', '2026-05-03', 'soon'),
  First: words('', 'ANN', "o'neil-ijs", 'ijsbrand', 'anne marie'),
  Infix: words('', 'Van der', ' '),
  Birth: words('', 'Smit'),
  Last: words('', 'Berg', "'s Gravesande"),
  Job: words('', 'Manager', 'Shift Manager', 'BK', 'bk ', 'CEO', 'Temp', 'Sr. Baker (temp)', 'SrSr.'),
  Mail: words('', '', 'Ann@example.com', 'bo@example.com'),
  Phone: words('', '0612345678', '+32 470 12 34 56', '12', '0470 12 34 56'),
  Country: words('', 'be', 'NL', 'Mars'),
  Language: words('', 'dutch ', 'French', 'German'),
  Store: words('', '0012', '0012, 0013', 'amsterdam', 'North,0012, north', 'a/b'),
  Home: words('', 'Amsterdam', 'north'),
  Department: words('', 'Bakery', 'bakery', 'None', 'Sales'),
  FTE: words('', '0.8', '0.5', '1', 'x'),
  Team: words('', 'Red', 'Blue', 'Quiet'),
  Committees: words('', 'FA', 'fa|Works council', '|', 'First Aid|FA'),
});
const aRow = fc.oneof({ weight: 12, arbitrary: cells }, { weight: 1, arbitrary: words('0001', '0003', '5', '19') });
const roster = fc
  .array(aRow, { minLength: 1, maxLength: 14 })
  .map((rows) =>
    rows.map((fields, index): DeliveredRow =>
      typeof fields === 'string'
        ? { xid: fields, row: index + 2, fields: null }
        : { xid: fields.Id, row: index + 2, fields },
    ),
  );

/** Each in one row, so that everything can happen to somebody. */
const manyPeople = fc.array(cells, { minLength: 80, maxLength: 80 }).map((people) =>
  people.map((fields, index): DeliveredRow => {
    const xid = String(index + 1).padStart(4, '0');
    return { xid, row: index + 2, fields: { ...fields, Id: xid } };
  }),
);

/** Both sides in the same words. */
function ofEngine(network: EngineNetwork) {
  return Object.fromEntries(
    [...network.links].map(([xid, { state, written, invited }]) => [
      xid,
      {
        state,
        isTold: invited,
        ...{ profile: written.profile, userName: written.userName, audience: written.audience },
        networkRole: written.networkRole,
        groups: Object.fromEntries(Object.values(written.memberships).map(({ group, role }) => [groupId(group), role])),
      },
    ]),
  );
}

function ofEvaluator(expected: Expectations) {
  return Object.fromEntries(
    [...expected.values()].flatMap(({ xid, account, person, isTold }) =>
      person === null
        ? []
        : [
            [
              xid,
              {
                state: account,
                isTold,
                ...{ profile: person.profile, userName: person.userName, audience: person.audience.value },
                networkRole: person.networkRole.value,
                groups: Object.fromEntries([...person.groups].map(([id, { role }]) => [id, role])),
              },
            ],
          ],
    ),
  );
}

const DAYS = ['2026-05-02', '2026-05-03', '2026-05-04'] as const;

describe('the second evaluator and the engine', () => {
  for (const [name, document] of Object.entries({
    everything: EVERYTHING,
    careful: CAREFUL,
    'in steps': IN_STEPS,
    KORENAAR,
  })) {
    it(`agree on any three deliveries: ${name}`, () => {
      fc.assert(
        fc.property(fc.tuple(roster, roster, roster), (deliveries) => {
          const engine = new EngineNetwork(document);
          let previous: Expectations = new Map();
          for (const [index, rows] of deliveries.entries()) {
            const today = DAYS[index] ?? '';
            engine.sync(rows, today);
            previous = readExpectations({ document, rows, today, previous });
            expect(ofEvaluator(previous)).toEqual(ofEngine(engine));
          }
        }),
        { numRuns: 150 },
      );
    });
  }

  it('agree where groups that the network lacks are left out', () => {
    const document = EVERYTHING.replace('createMissingGroups: true', 'createMissingGroups: false');
    const groups: readonly GroupRef[] = [
      { kind: 'business_unit', name: 'AMSTERDAM ' },
      { kind: 'department', name: 'Bakery' },
      { kind: 'local_department', businessUnit: 'Amsterdam', department: 'Bakery' },
      { kind: 'topic', name: 'Managers' },
    ];
    fc.assert(
      fc.property(roster, (rows) => {
        const [today] = DAYS;
        const engine = new EngineNetwork(document, groups);
        engine.sync(rows, today);
        expect(ofEvaluator(readExpectations({ document, rows, today, groups }))).toEqual(ofEngine(engine));
      }),
      { numRuns: 100 },
    );
  });

  it('agree on days that were made of any delivery', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(manyPeople, fc.integer(), (rows, seed) => {
        const today = '2026-05-02';
        const made = makeNextDay({ document: EVERYTHING, rows, today, seed });
        const engine = new EngineNetwork(EVERYTHING);
        let previous: Expectations = new Map();
        for (const day of [{ today, rows }, made, made.thirdDay]) {
          engine.sync(day.rows, day.today);
          previous = readExpectations({ document: EVERYTHING, ...day, previous });
          expect(ofEvaluator(previous)).toEqual(ofEngine(engine));
        }
        for (const { kind, xid } of made.events) {
          kinds.add(kind);
          expect(made.events.filter((event) => event.xid === xid)).toHaveLength(1);
        }
      }),
      { numRuns: 25 },
    );
    expect(kinds.size).toBeGreaterThan(8);
  });

  it('agree on the sample customer', () => {
    const file = (name: string) => readFileSync(new URL(`../../examples/woodgrove/${name}`, import.meta.url), 'utf8');
    const document = file('mapping.yaml');
    const engine = new EngineNetwork(document);
    let previous: Expectations = new Map();
    for (const [index, name] of ['day-1.csv', 'day-2.csv', 'day-1.csv'].entries()) {
      const [rows, today] = [readDelivery(file(name), 'WorkerID'), DAYS[index] ?? ''];
      engine.sync(rows, today);
      previous = readExpectations({ document, rows, today, previous });
      expect(ofEvaluator(previous)).toEqual(ofEngine(engine));
    }
    expect([...previous.values()].filter(({ account }) => account === 'active')).toHaveLength(383);
  });
});

describe('the second evaluator', () => {
  const row = (fields: Readonly<Record<string, string>>, at = 2): DeliveredRow => ({
    ...{ xid: fields['Id'] ?? '', row: at },
    fields: { Status: 'Active', Store: 'North', Department: 'Bakery', First: 'Ann', Mail: '', Job: '', ...fields },
  });

  it('names the rule and the rows for everything that it expects', () => {
    const rows = [row({ Id: '1', Job: 'Manager', Mail: 'a@example.com' })];
    const [expected] = readExpectations({ document: KORENAAR, rows, today: '2026-05-01' }).values();
    expect(expected).toMatchObject({ account: 'active', event: 'created', rule: 'active', rows: [2], invitedNow: 1 });
    expect(expected?.invitations).toEqual([{ by: 'email', address: 'a@example.com', rule: 'invitations[0]' }]);
    const unit = expected?.person?.groups.get(groupId({ kind: 'business_unit', name: 'north' }));
    expect(unit).toMatchObject({ rule: 'groups[0]', role: 'admin', roleRule: 'roles[1]' });
  });

  it('leaves both as they are who would get one user name, and only the newcomer where somebody has it', () => {
    const document = KORENAAR.replace('- audience: email', '- audience: email\n    userName: First');
    const ann = row({ Id: '1', Mail: 'a@example.com' });
    const other = row({ Id: '2', Mail: 'b@example.com', First: 'ANN' }, 3);
    const today = '2026-05-01';
    const both = readExpectations({ document, rows: [ann, other], today });
    expect([...both.values()].map(({ account, event, rule }) => [account, event, rule])).toEqual([
      ['absent', 'unchanged', 'invitations'],
      ['absent', 'unchanged', 'invitations'],
    ]);
    const previous = readExpectations({ document, rows: [ann], today });
    const next = readExpectations({ document, rows: [ann, other], today: '2026-05-02', previous });
    expect([...next.values()].map(({ account }) => account)).toEqual(['active', 'absent']);
  });

  it('leaves the login of somebody who activated the account alone, and invites nobody for it', () => {
    const today = '2026-05-01';
    const previous = readExpectations({ document: KORENAAR, rows: [row({ Id: '1', Mail: 'a@example.com' })], today });
    const next = (activated: ReadonlySet<string>) =>
      readExpectations({
        ...{ document: KORENAAR, rows: [row({ Id: '1', Mail: 'b@example.com' })], today: '2026-05-02', previous },
        activated,
      }).get('1');
    expect(next(new Set(['1']))).toMatchObject({ invitedNow: 0, person: { profile: { email: 'a@example.com' } } });
    expect(next(new Set())).toMatchObject({ invitedNow: 1, person: { profile: { email: 'b@example.com' } } });
  });

  it('waits for somebody who is missing, and for nobody whom a rule leaves out', () => {
    const document = `${KORENAAR}guards:\n  missing: { snapshots: 2, days: 3 }\n`;
    let previous = readExpectations({ document, rows: [row({ Id: '1' })], today: '2026-05-01' });
    for (const [today, event] of [
      ['2026-05-02', 'unchanged'],
      ['2026-05-03', 'unchanged'],
      ['2026-05-05', 'suspended'],
    ] as const) {
      previous = readExpectations({ document, rows: [], today, previous });
      expect([today, previous.get('1')?.event]).toEqual([today, event]);
    }
    const back = readExpectations({ document, rows: [row({ Id: '1' })], today: '2026-05-06', previous });
    expect(back.get('1')).toMatchObject({ event: 'restored', absence: null });
    const gone = readExpectations({
      document,
      rows: [row({ Id: '1', Status: 'Gone' })],
      today: '2026-05-07',
      previous: back,
    });
    expect(gone.get('1')).toMatchObject({ event: 'suspended', rule: 'active' });
  });

  it('expects nobody in a group who leaves the groups before the suspension, and gives them back on return', () => {
    const document = `${KORENAAR}guards:\n  missing: { snapshots: 3, leaveGroups: { snapshots: 2 } }\n`;
    const rows = [row({ Id: '1' })];
    const first = readExpectations({ document, rows, today: '2026-05-01' });
    const groups = first.get('1')?.person?.groups;
    expect(groups?.size).toBeGreaterThan(0);
    const second = readExpectations({ document, rows: [], today: '2026-05-02', previous: first });
    expect(second.get('1')).toMatchObject({ account: 'active', event: 'unchanged', person: { groups } });
    const third = readExpectations({ document, rows: [], today: '2026-05-03', previous: second });
    const rule = 'guards.missing.leaveGroups';
    expect(third.get('1')).toMatchObject({ account: 'active', event: 'kept', rule, person: { groups: new Map() } });
    const gone = readExpectations({ document, rows: [], today: '2026-05-04', previous: third });
    expect(gone.get('1')).toMatchObject({ account: 'suspended', event: 'suspended' });
    const back = readExpectations({ document, rows, today: '2026-05-04', previous: third });
    expect(back.get('1')).toMatchObject({ account: 'active', event: 'kept', person: { groups } });
  });
});
