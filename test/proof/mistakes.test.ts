import { describe, expect, it } from 'vitest';
import { checkActivation, checkDaily } from '../../src/proof/checks/checks.js';
import type { CheckName, CheckResult, TestDay } from '../../src/proof/checks/result.js';
import { readExpectations } from '../../src/proof/expectations.js';
import type { FoundNetwork, FoundPerson } from '../../src/proof/found.js';
import { makeNextDay } from '../../src/proof/next-day/make.js';
import { readRules } from '../../src/proof/rules.js';
import type { Expectation } from '../../src/proof/state.js';
import { EMPTY, EngineNetwork } from './engine.js';
import { staff, STORES } from './stores.js';

const rows = staff(300);
const today = '2026-05-01';
const rules = readRules(STORES);

/** The administrator who made the copy, and a member of the board whose account is kept by hand: not ours. */
const ADMIN: FoundPerson = {
  ...{ eid: 'ffff000000000001', xid: null, isActive: true, profile: { givenName: 'Admin' } },
  ...{ networkRole: 'admin', groups: [] },
};
const BOARD: FoundPerson = { ...ADMIN, eid: 'ffff000000000002', xid: '00100', networkRole: 'member' };
const STRANGERS: readonly FoundPerson[] = [ADMIN, BOARD];
const COPY: FoundNetwork = { ...EMPTY, people: STRANGERS };

function synced(document: string, deliveries: readonly (readonly [typeof rows, string])[]): FoundNetwork {
  const network = new EngineNetwork(document);
  for (const [delivery, day] of deliveries) network.sync(delivery, day);
  const found = network.found();
  return { ...found, people: [...STRANGERS, ...found.people] };
}

const expected = readExpectations({ document: STORES, rows, today });
const right = synced(STORES, [[rows, today]]);
const activation = (found: FoundNetwork) => checkActivation(rules, { expected, before: COPY, found });

const made = makeNextDay({ document: STORES, rows, today, seed: 3 });
const secondExpected = readExpectations({ document: STORES, rows: made.rows, today: made.today, previous: expected });
const secondRight = synced(STORES, [
  [rows, today],
  [made.rows, made.today],
]);
const daily = (found: FoundNetwork) =>
  checkDaily(rules, { expected: secondExpected, previous: expected, before: right, found } satisfies TestDay);

/** `right-groups 00104 groups[0]`, each once. */
function told(results: readonly CheckResult[]): readonly string[] {
  return [
    ...new Set(
      results.flatMap(({ check, differences }) => differences.map(({ person, rule }) => `${check} ${person} ${rule}`)),
    ),
  ];
}

function someone(
  who: (each: Expectation) => boolean,
  from = expected,
): Expectation & { person: NonNullable<Expectation['person']> } {
  for (const each of from.values()) if (each.person !== null && who(each)) return { ...each, person: each.person };
  throw new Error('Nobody is like this.');
}

const isActive = ({ account }: Expectation) => account === 'active';
const by = (audience: string) => (each: Expectation) => isActive(each) && each.person?.audience.value === audience;

function changed(
  found: FoundNetwork,
  xid: string,
  change: (person: FoundPerson) => Partial<FoundPerson>,
): FoundNetwork {
  return {
    ...found,
    people: found.people.map((each) =>
      each.xid === xid && !STRANGERS.includes(each) ? { ...each, ...change(each) } : each,
    ),
  };
}

function of(results: readonly CheckResult[], check: CheckName): CheckResult {
  const found = results.find((each) => each.check === check);
  if (found === undefined) throw new Error(`There is no check ${check}.`);
  return found;
}

describe('an activation as it should be', () => {
  const results = activation(right);
  it('has no differences', () => expect(results.flatMap(({ differences }) => differences)).toEqual([]));
  it('was looked at person by person', () => {
    expect(results.map(({ check, lookedAt }) => [check, lookedAt > 0])).toEqual(
      ['all-invited', 'right-groups', 'prefilled', 'right-roles', 'untouched'].map((check) => [check, true]),
    );
    expect(of(results, 'all-invited').lookedAt).toBe(300);
    expect(of(results, 'untouched').lookedAt).toBe(2);
  });
});

describe('a mistake in the network is found, with person and rule', () => {
  const baker = someone((each) => by('email')(each) && each.person?.groups.size === 3);
  const xid = baker.xid;
  const manager = someone((each) => isActive(each) && each.person?.profile.jobTitle === 'Manager');
  const director = someone((each) => isActive(each) && each.person?.networkRole.value === 'admin');
  const gone = someone(
    () => true,
    new Map(
      [...expected].flatMap(([id, each]) =>
        each.account === 'absent' && each.rule === 'active' ? [[id, { ...each, person: baker.person }]] : [],
      ),
    ),
  );
  const group = baker.person.groups.values().next().value?.group ?? { kind: 'topic', name: '' };

  it('a wrong group', () => {
    const found = changed(right, xid, ({ groups }) => ({
      groups: groups.map((each) =>
        each.group.kind === 'business_unit' ? { ...each, group: { kind: 'business_unit', name: 'Nowhere' } } : each,
      ),
    }));
    expect(told(activation(found))).toEqual([`right-groups ${xid} groups[0]`]);
    expect(of(activation(found), 'right-groups').differences[0]).toMatchObject({
      expected: expect.stringContaining('in the business unit') as unknown,
      found: 'not in it',
    });
  });
  it('a group too many, with the rule that gives it to others', () => {
    const found = changed(right, xid, ({ groups }) => ({
      groups: [...groups, { group: { kind: 'topic', name: 'Managers' }, role: 'member' }],
    }));
    expect(told(activation(found))).toEqual([`right-groups ${xid} groups[3]`]);
  });
  it('a missing role in a group', () => {
    const found = changed(right, manager.xid, ({ groups }) => ({
      groups: groups.map((each) => ({ ...each, role: 'member' })),
    }));
    expect(told(activation(found))).toContain(`right-roles ${manager.xid} roles[2]`);
  });
  it('a missing role in the network', () => {
    const found = changed(right, director.xid, () => ({ networkRole: 'member' }));
    expect(told(activation(found))).toEqual([`right-roles ${director.xid} roles[0]`]);
  });
  it('a role too many', () => {
    const found = changed(right, xid, () => ({ networkRole: 'admin' }));
    expect(told(activation(found))).toEqual([`right-roles ${xid} roles[0]`]);
  });
  it('an invitation twice', () => {
    const found = { ...right, sent: right.sent.map((each) => (each.xid === xid ? { ...each, times: 2 } : each)) };
    expect(told(activation(found))).toEqual([`all-invited ${xid} invitations[0]`]);
  });
  it('an invitation that was not sent', () => {
    const found = { ...right, sent: right.sent.filter((each) => each.xid !== xid) };
    expect(of(activation(found), 'all-invited').differences).toMatchObject([
      { person: xid, rule: 'invitations[0]', found: 'not sent' },
    ]);
  });
  it('an invitation in another way', () => {
    const found = {
      ...right,
      sent: right.sent.map((each) => (each.xid === xid ? { ...each, by: 'sms' as const } : each)),
    };
    expect(told(activation(found))).toEqual([`all-invited ${xid} invitations[0]`]);
  });
  it("another person's address", () => {
    const other = someone((each) => by('email')(each) && each.xid !== xid);
    const address = other.person.profile.email ?? '';
    const found = { ...right, sent: right.sent.map((each) => (each.xid === xid ? { ...each, address } : each)) };
    expect(of(activation(found), 'all-invited').differences).toMatchObject([
      { person: xid, found: `sent to another address, that of ${other.xid}` },
    ]);
    const shown = changed(right, xid, ({ profile }) => ({ profile: { ...profile, email: address } }));
    expect(of(activation(shown), 'prefilled').differences).toMatchObject([
      { person: xid, rule: 'columns.email', found: `the value of ${other.xid}` },
    ]);
  });
  it('somebody who was invited and should not be', () => {
    const cleaner = someone((each) => isActive(each) && each.person?.audience.value === 'none');
    const found = {
      ...right,
      sent: [...right.sent, { xid: cleaner.xid, by: 'email', address: null, times: 1 } as const],
    };
    expect(told(activation(found))).toEqual([`all-invited ${cleaner.xid} exceptions[3]`]);
    const toGone = {
      ...right,
      sent: [...right.sent, { xid: gone.xid, by: 'email', address: null, times: 1 } as const],
    };
    expect(told(activation(toGone))).toEqual([`all-invited ${gone.xid} active`]);
  });
  it('somebody who is missing', () => {
    const found = { ...right, people: right.people.filter((each) => each.xid !== xid) };
    expect(told(activation(found))).toEqual([`all-invited ${xid} active`]);
  });
  it('somebody who is there twice', () => {
    const twin = right.people.find((each) => each.xid === xid);
    const found = { ...right, people: [...right.people, { ...(twin ?? ADMIN), eid: 'ffff000000000009' }] };
    expect(of(activation(found), 'all-invited').differences).toMatchObject([
      { person: xid, found: '2 accounts with this XID' },
    ]);
  });
  it('somebody who is there and should not be', () => {
    const found = { ...right, people: [...right.people, { ...ADMIN, eid: 'ffff000000000003', xid: gone.xid }] };
    expect(told(activation(found))).toEqual([`all-invited ${gone.xid} active`]);
    const nobody = { ...right, people: [...right.people, { ...ADMIN, eid: 'ffff000000000004' }] };
    expect(told(activation(nobody))).toEqual(['all-invited an account without XID externalId']);
  });
  it('a wrong profile', () => {
    const found = changed(right, xid, ({ profile }) => ({
      profile: { ...profile, givenName: profile.givenName?.toUpperCase() ?? '' },
    }));
    expect(of(activation(found), 'prefilled').differences).toMatchObject([
      { person: xid, rule: 'columns.givenName', found: 'the same letters in another way (case, blanks, signs)' },
    ]);
    const empty = changed(right, xid, ({ profile: { jobTitle: _, ...profile } }) => ({ profile }));
    expect(of(activation(empty), 'prefilled').differences).toMatchObject([
      { person: xid, rule: 'columns.jobTitle', found: 'nothing' },
    ]);
  });
  it('an account that is not ours and was changed', () => {
    const found = {
      ...right,
      people: right.people.map((each) => (each === BOARD ? { ...each, groups: [{ group, role: 'member' }] } : each)),
    };
    expect(told(activation(found))).toEqual(['untouched 00100 exceptions[0]']);
    const renamed = {
      ...right,
      people: right.people.map((each) => (each === ADMIN ? { ...each, profile: {} } : each)),
    };
    expect(told(activation(renamed))).toEqual(['untouched an account without XID managed people only']);
  });
  it('says no value of a record', () => {
    const found = changed(right, xid, () => ({
      profile: { givenName: 'Zebedee', email: 'zebedee@shop.example' },
      isActive: true,
    }));
    const said = JSON.stringify(activation(found));
    for (const value of [
      'Zebedee',
      'zebedee',
      ...Object.values<string>({ ...baker.person.profile }).filter((text) => text !== 'Baker'),
    ])
      expect(said).not.toContain(value);
  });
});

describe('a made next day', () => {
  it('holds every kind of event', () => {
    const kinds = new Set([...made.events, ...made.thirdDay.events].map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(
      [
        'joiner',
        'start date',
        'leaver',
        'return',
        'location',
        'department',
        'topic group',
        'promotion',
        'demotion',
        'rename',
        'e-mail',
        'profile',
        'double',
        'bad row',
        'exception',
      ].sort(),
    );
    expect(made.notShown).toEqual([]);
    const ruled = (kind: string) => made.events.filter((event) => event.kind === kind).map(({ rule }) => rule);
    expect(ruled('leaver')).toEqual(['active', 'leaveDate', 'guards.missing']);
    expect(ruled('joiner')).toEqual(['invitations[0]', 'invitations[1]', 'invitations[2]']);
    expect(ruled('promotion')).toEqual(['roles[0]', 'roles[1]', 'roles[2]', 'roles[3]']);
    expect(ruled('demotion')).toEqual(['roles[0]', 'roles[1]', 'roles[2]', 'roles[3]']);
    expect(ruled('exception')).toEqual(['exceptions[0]', 'exceptions[1]', 'exceptions[2]', 'exceptions[3]']);
  });
  it('is the same for the same seed, and another for another', () => {
    expect(makeNextDay({ document: STORES, rows, today, seed: 3 })).toEqual(made);
    expect(makeNextDay({ document: STORES, rows, today, seed: 4 }).events).not.toEqual(made.events);
  });
  it('has ids for newcomers in the form of the others, that nobody has', () => {
    for (const { xid } of made.events.filter(({ kind }) => kind === 'joiner')) {
      expect(xid).toMatch(/^\d{5}$/);
      expect(expected.has(xid)).toBe(false);
    }
  });
  it('leaves one administrator of the network alone, whoever else leaves, moves or is demoted', () => {
    const administrators = [...expected.values()].filter(({ person }) => person?.networkRole.value === 'admin');
    const [first] = administrators;
    expect(first).toBeDefined();
    // A record in which nobody else is one: then none is touched at all.
    const others = new Set(administrators.slice(1).map(({ xid }) => xid));
    const few = rows.filter(({ xid }) => !others.has(xid));
    for (let seed = 1; seed <= 8; seed += 1) {
      const { events } = makeNextDay({ document: STORES, rows: few, today, seed });
      expect(events.map(({ xid }) => xid)).not.toContain(first?.xid);
    }
  });
  it('is no more than what was planned to happen', () => {
    const touched = new Set(made.events.map(({ xid }) => xid));
    expect(touched.size).toBe(made.events.length);
    const different = made.rows.filter(
      ({ xid, fields }) => !touched.has(xid) && rows.find((row) => row.xid === xid)?.fields !== fields,
    );
    expect(different).toEqual([]);
  });
  it('is done by the engine as the evaluator expects, and so is the third', () => {
    expect(daily(secondRight).flatMap(({ differences }) => differences)).toEqual([]);
    const { thirdDay } = made;
    const third = readExpectations({
      document: STORES,
      rows: thirdDay.rows,
      today: thirdDay.today,
      previous: secondExpected,
    });
    for (const { xid } of thirdDay.events) expect([xid, third.get(xid)?.event]).toEqual([xid, 'restored']);
    const found = synced(STORES, [
      [rows, today],
      [made.rows, made.today],
      [thirdDay.rows, thirdDay.today],
    ]);
    const results = checkDaily(rules, { expected: third, previous: secondExpected, before: secondRight, found });
    expect(results.flatMap(({ differences }) => differences)).toEqual([]);
  });
});

describe('a mistake of the second day is found, with person and rule', () => {
  const event = (kind: string, rule?: string) =>
    made.events.find((each) => each.kind === kind && (rule === undefined || each.rule === rule))?.xid ?? '';

  it('a leaver who was kept', () => {
    for (const rule of ['active', 'leaveDate', 'guards.missing']) {
      const xid = event('leaver', rule);
      expect(told(daily(changed(secondRight, xid, () => ({ isActive: true }))))).toEqual([
        `former-removed ${xid} ${rule}`,
      ]);
    }
  });
  it('somebody who was removed and should stay', () => {
    const xid = event('bad row');
    expect(told(daily(changed(secondRight, xid, () => ({ isActive: false }))))).toEqual([
      `changes-applied ${xid} unreadable row`,
    ]);
  });
  it('a group that was not left', () => {
    const xid = event('location');
    const was = right.people.find((each) => each.xid === xid)?.groups ?? [];
    const results = daily(changed(secondRight, xid, ({ groups }) => ({ groups: [...groups, ...was] })));
    expect(told(results)).toContain(`changes-applied ${xid} groups[0]`);
    expect(of(results, 'changes-applied').people).toBe(1);
  });
  it('a promotion and a demotion that did not happen', () => {
    for (const kind of ['promotion', 'demotion']) {
      const xid = event(kind, 'roles[0]');
      const was = right.people.find((each) => each.xid === xid);
      const results = daily(changed(secondRight, xid, () => ({ networkRole: was?.networkRole ?? null })));
      expect(told(results)).toEqual([`changes-applied ${xid} roles[0]`]);
    }
  });
  it('a name that was not changed', () => {
    const xid = event('rename');
    const was = right.people.find((each) => each.xid === xid);
    const results = daily(changed(secondRight, xid, () => ({ profile: was?.profile ?? {} })));
    expect(told(results)).toEqual([`changes-applied ${xid} columns.givenName`]);
  });
  it('a newcomer who was not invited, and one who is not there', () => {
    const xid = event('joiner', 'invitations[1]');
    expect(told(daily({ ...secondRight, sent: secondRight.sent.filter((each) => each.xid !== xid) }))).toEqual([
      `new-invited ${xid} invitations[1]`,
    ]);
    expect(told(daily({ ...secondRight, people: secondRight.people.filter((each) => each.xid !== xid) }))).toEqual([
      `new-invited ${xid} active`,
    ]);
  });
  it('a new address that was not written to', () => {
    const xid = event('e-mail');
    const old = right.sent.filter((each) => each.xid === xid);
    const results = daily({ ...secondRight, sent: [...secondRight.sent.filter((each) => each.xid !== xid), ...old] });
    expect(told(results)).toEqual([`new-invited ${xid} invitations[0]`]);
  });
  it('somebody who was invited a second time', () => {
    const { xid } = someone(by('email'));
    const again = secondRight.sent.filter((each) => each.xid === xid);
    expect(told(daily({ ...secondRight, sent: [...secondRight.sent, ...again] }))).toEqual([
      `new-invited ${xid} invitations[0]`,
    ]);
  });
});

describe('a mistake in what the engine was given is found', () => {
  const MISTAKES: Readonly<Record<string, readonly [string, string, readonly string[]]>> = {
    'another active rule': ['Status == "Active"', 'Status != "Nobody"', ['all-invited active']],
    'an active rule that leaves people out': [
      'Status == "Active"',
      'Status == "Active" and Store != "East"',
      ['all-invited active'],
    ],
    'a leave date in the wrong form': [
      '{ column: End, format: DD-MM-YYYY }',
      '{ column: End, format: MM-DD-YYYY }',
      ['all-invited active'],
    ],
    'another column for the business unit': [
      '  - businessUnit: { column: Store }',
      '  - businessUnit: { column: Department }',
      ['right-groups groups[0]'],
    ],
    'a topic rule with too few': ['Job in ("MG", "DR")', 'Job == "DR"', ['right-groups groups[3]']],
    'a topic rule with too many': ['Job in ("MG", "DR")', 'Job in ("MG", "DR", "CS")', ['right-groups groups[3]']],
    'another separator': ['separator: "|"', 'separator: ";"', ['right-groups groups[4]']],
    'a role for too many': ['Job == "DR" and Department == "Office"', 'Job == "DR"', ['right-roles roles[0]']],
    'another role': ['role: Planner', 'role: admin', ['right-roles roles[2]']],
    'a column of another field': ['givenName: First', 'givenName: Last', ['prefilled columns.givenName']],
    'a line of a table': ['CS: Cashier', 'CS: Casher', ['prefilled columns.jobTitle']],
    'a step too many': [
      'familyName: Last',
      'familyName: { column: Last, case: upper }',
      ['prefilled columns.familyName'],
    ],
    'audiences the other way round': [
      '  - audience: email\n  - audience: sms',
      '  - audience: sms\n  - audience: none\n    when: exists(Mail)\n  - audience: email',
      ['all-invited invitations[0]'],
    ],
    'an exception that is not there': [
      '  - when: Job == "TP"\n    notInNetwork: true\n',
      '',
      ['all-invited exceptions[2]'],
    ],
    'an exception that tells somebody': ['\n    noInvitation: true', '', ['all-invited exceptions[3]']],
  };
  for (const [mistake, [from, to, wanted]] of Object.entries(MISTAKES)) {
    it(mistake, () => {
      const wrong = STORES.replace(from, to);
      expect(wrong).not.toBe(STORES);
      const results = activation(synced(wrong, [[rows, today]]));
      const rulesTold = told(results).map((line) => line.replace(/ (\d+|an account without XID) /, ' '));
      expect(rulesTold).toEqual(expect.arrayContaining([...wanted]));
    });
  }
});
