import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leftAloneById } from '../../src/sync/desired/exceptions.js';
import { mapRows } from '../../src/sync/desired/map-rows.js';
import { exceptedXids, unknownExceptions } from '../../src/sync/desired/unknown-exceptions.js';
import { toXid } from '../../src/sync/ids.js';
import { checkMapping } from '../../src/sync/mapping/check.js';
import { columnsRead } from '../../src/sync/mapping/compile.js';
import { renderProblem } from '../../src/sync/mapping/parse.js';
import type { Outcome } from '../../src/sync/person.js';
import { afterChanges } from '../../src/sync/plan/after-changes.js';
import type { LinkState } from '../../src/sync/plan/link-state.js';
import { planPerson } from '../../src/sync/plan/plan-person.js';
import { aCompiledMapping, aMapping, aRecord, ann, KORENAAR, problemsOf } from './builders.js';

/** The sample with these exceptions; the list begins in line 34. */
function withExceptions(exceptions: string, text = KORENAAR): string {
  return exceptions === '' ? text : `${text}exceptions:\n${exceptions}`;
}

function map(exceptions: string, ...records: readonly ReturnType<typeof aRecord>[]): Outcome {
  return mapRows(aCompiledMapping(withExceptions(exceptions)), ann, records.length === 0 ? [aRecord()] : records);
}

function personOf(outcome: Outcome) {
  if (outcome.kind !== 'active') throw new Error(`The person is ${outcome.kind}.`);
  return outcome.person;
}

const rolesOf = (outcome: Outcome) =>
  Object.fromEntries(Object.entries(personOf(outcome).memberships).map(([key, { role }]) => [key, role]));
const groupsOf = (outcome: Outcome) => Object.keys(personOf(outcome).memberships);

function linkAfter(outcome: Outcome): LinkState {
  const link = afterChanges(null, planPerson({ outcome, link: null }));
  if (link === null) throw new Error('There is no link.');
  return link;
}

const ALONE = '  - externalIds: ["0004711"]\n    leaveAlone: true\n';
const OUT = '  - externalIds: ["0004711"]\n    notInNetwork: true\n';

describe('who is left alone', () => {
  it('is neither created nor changed, restored, suspended or invited', () => {
    const link = linkAfter(map(''));
    for (const record of [aRecord(), aRecord({ Store: 'South', Last: 'Cook' }), aRecord({ Status: 'Gone' })]) {
      const outcome = map(ALONE, record);
      expect(outcome.kind).toBe('left_alone');
      for (const each of [null, link, { ...link, state: 'suspended' as const }])
        expect(planPerson({ outcome, link: each })).toEqual([]);
    }
  });

  it('counts as present although no row names them any more', () => {
    const compiled = aCompiledMapping(withExceptions(ALONE));
    const outcome = leftAloneById(compiled, ann);
    expect(outcome).toMatchObject({ kind: 'left_alone', why: [{ rule: 'exceptions[0]', line: 34 }] });
    expect(leftAloneById(compiled, toXid('4711'))).toBeNull();
  });

  it('by a condition, also when every row is inactive', () => {
    const exception = '  - when: Department == "Bakery"\n    leaveAlone: true\n';
    expect(map(exception, aRecord({ Status: 'Gone' })).kind).toBe('left_alone');
    expect(map(exception, aRecord({ Status: 'Gone', Department: 'Till' })).kind).toBe('inactive');
  });

  it('by a condition on a row that counts only', () => {
    const exception = '  - when: Department == "Bakery"\n    leaveAlone: true\n';
    expect(map(exception, aRecord({ Status: 'Gone' }), aRecord({ Department: 'Till' }, 3)).kind).toBe('active');
  });

  it('is not kept out by a later or an earlier exception', () => {
    const out = '  - when: Job == "Baker"\n    notInNetwork: true\n';
    expect(map(out + ALONE).kind).toBe('left_alone');
    expect(map(ALONE + out).kind).toBe('left_alone');
  });
});

describe('who is not in the network', () => {
  it('is not created, and suspended when there, once, with the exception as the reason', () => {
    const outcome = map(OUT, aRecord({}, 9));
    expect(planPerson({ outcome, link: null })).toEqual([]);
    const link = linkAfter(map(''));
    const changes = planPerson({ outcome, link });
    expect(changes).toEqual([
      {
        kind: 'suspend',
        xid: ann,
        reason: {
          rule: 'exceptions[0]',
          line: 34,
          text: 'Is kept out of the network by an exception (rule exceptions[0] in line 34, row 9)',
          rows: [9],
        },
      },
    ]);
    expect(planPerson({ outcome, link: afterChanges(link, changes) })).toEqual([]);
  });

  it('whatever their several rows are like, merged or not', () => {
    const off = withExceptions(OUT, KORENAAR.replace('mergeDuplicates: true', 'mergeDuplicates: false'));
    expect(mapRows(aCompiledMapping(off), ann, [aRecord(), aRecord({ Job: 'x' }, 3)]).kind).toBe('kept_out');
  });

  it('comes back when the exception goes', () => {
    const link = linkAfter(map(''));
    const out = afterChanges(link, planPerson({ outcome: map(OUT), link }));
    expect(planPerson({ outcome: map(''), link: out }).map(({ kind }) => kind)).toEqual(['restore', 'invite']);
  });

  it('and a row that cannot be read suspends nobody', () => {
    expect(map(OUT, { xid: ann, row: 4, fields: null }).kind).toBe('unusable');
  });
});

describe('groups', () => {
  it('are added, with the groups they stand in', () => {
    const outcome = map(
      '  - externalIds: ["0004711"]\n    addTo:\n      - localDepartment: { businessUnit: { name: South }, department: { column: Department } }\n      - topic: { name: Crisis team }\n',
    );
    expect(groupsOf(outcome)).toEqual([
      'business_unit:north',
      'business_unit:south',
      'department:bakery',
      'local_department:north/bakery',
      'local_department:south/bakery',
      'topic:bakers',
      'topic:crisis team',
    ]);
    const join = planPerson({ outcome, link: null }).find(
      (change) => change.kind === 'join' && change.group.kind === 'topic' && change.group.name === 'Crisis team',
    );
    expect(join?.reason).toMatchObject({ rule: 'exceptions[0]', line: 34, rows: [2] });
  });

  it('are taken away with the local departments that stand in them, and not with those around them', () => {
    const notIn = (group: string) => map(`  - when: Job == "Baker"\n    notIn:\n      - ${group}\n`);
    expect(groupsOf(notIn('department: { name: BAKERY }'))).toEqual(['business_unit:north', 'topic:bakers']);
    const local = 'localDepartment: { businessUnit: { column: Store }, department: { column: Department } }';
    expect(groupsOf(notIn(local))).toEqual(['business_unit:north', 'department:bakery', 'topic:bakers']);
  });

  it('are left with the exception as the reason, the local department too', () => {
    const link = linkAfter(map(''));
    const outcome = map('  - externalIds: ["0004711"]\n    notIn: [department: { name: Bakery }]\n');
    const changes = planPerson({ outcome, link });
    expect(changes.map(({ kind, reason: { rule, line } }) => [kind, rule, line])).toEqual([
      ['leave', 'exceptions[0]', 34],
      ['leave', 'exceptions[0]', 34],
    ]);
    expect(changes[0]?.reason.text).toMatch(/^An exception keeps the person out of the local department "Bakery"/);
    expect(planPerson({ outcome, link: afterChanges(link, changes) })).toEqual([]);
  });

  it('out beats in, whichever exception comes first', () => {
    const into = '  - externalIds: ["0004711"]\n    addTo: [topic: { name: Crisis team }]\n';
    const out = '  - when: Job == "Baker"\n    notIn: [topic: { name: crisis team }]\n';
    for (const text of [into + out, out + into]) expect(groupsOf(map(text))).not.toContain('topic:crisis team');
  });

  it('by a column are those of the rows that the exception is about', () => {
    const outcome = map(
      '  - when: Job == "Baker"\n    addTo: [topic: { column: Department }]\n',
      aRecord(),
      aRecord({ Job: 'Clerk', Department: 'Till' }, 3),
    );
    expect(groupsOf(outcome).filter((key) => key.startsWith('topic'))).toEqual(['topic:bakers', 'topic:bakery']);
  });

  it('without any left, the person is left as they are, as always', () => {
    const outcome = map('  - externalIds: ["0004711"]\n    notIn: [businessUnit: { column: Store }]\n');
    expect([outcome.kind, outcome.warnings.map(({ code }) => code)]).toEqual(['unusable', ['no_business_unit']]);
  });
});

describe('roles', () => {
  const role = (text: string) => `  - externalIds: ["0004711"]\n    role: ${text}\n`;

  it('beat the rules for roles, in the network and in groups', () => {
    const manager = aRecord({ Job: 'Manager' });
    expect(rolesOf(map('', manager))['business_unit:north']).toBe('admin');
    const member = map(role('{ target: businessUnit, role: member }'), manager);
    expect(rolesOf(member)['business_unit:north']).toBe('member');
    const ceo = map(role('{ target: network, role: member }'), aRecord({ Job: 'CEO' }));
    expect(personOf(ceo).networkRole).toBe('member');
  });

  it('hold only in the group that is named', () => {
    const named = role('{ target: businessUnit, group: { name: south }, role: admin }');
    expect(rolesOf(map(named))['business_unit:north']).toBe('member');
    expect(rolesOf(map(named, aRecord({ Store: 'South' })))['business_unit:south']).toBe('admin');
  });

  it('hold in a group that the exception itself gives', () => {
    const both =
      '  - externalIds: ["0004711"]\n    addTo: [topic: { name: Crisis team }]\n    role: { target: topic, group: { name: Crisis team }, role: admin }\n';
    expect(rolesOf(map(both))).toMatchObject({ 'topic:crisis team': 'admin', 'topic:bakers': 'member' });
  });

  it('by a condition hold where its row works', () => {
    const outcome = map(
      '  - when: Job == "Clerk"\n    role: { target: businessUnit, role: admin }\n',
      aRecord(),
      aRecord({ Job: 'Clerk', Store: 'South' }, 3),
    );
    expect(rolesOf(outcome)).toMatchObject({ 'business_unit:north': 'member', 'business_unit:south': 'admin' });
  });

  it('the first exception wins', () => {
    const text = role('{ target: network, role: admin }') + role('{ target: network, role: member }');
    const outcome = map(text);
    expect(personOf(outcome).networkRole).toBe('admin');
    const change = planPerson({ outcome, link: null }).find(({ kind }) => kind === 'change_role');
    expect(change?.reason.rule).toBe('exceptions[0]');
  });
});

describe('no invitation', () => {
  const QUIET = '  - externalIds: ["0004711"]\n    noInvitation: true\n';

  it('makes the account under the same user name and tells nobody, without a warning', () => {
    const outcome = map(QUIET, aRecord({ Mail: '' }));
    expect(planPerson({ outcome, link: null }).map(({ kind }) => kind)).not.toContain('invite');
    expect(personOf(outcome)).toMatchObject({ userName: '0004711', audience: 'none' });
    expect(outcome.warnings).toEqual([]);
  });

  it('whoever was invited already stays so, and who was not is when the exception goes', () => {
    expect(planPerson({ outcome: map(QUIET), link: linkAfter(map('')) })).toEqual([]);
    const link = linkAfter(map(QUIET));
    expect(planPerson({ outcome: map(''), link }).map(({ kind }) => kind)).toEqual(['invite']);
  });
});

describe('ids that nobody has', () => {
  it('are warned of with the line of the mapping', () => {
    const mapping = aMapping(withExceptions('  - externalIds:\n      - 0004711\n      - 4712\n    leaveAlone: true\n'));
    expect(exceptedXids(mapping)).toEqual(['0004711', '4712']);
    const [warning, ...others] = unknownExceptions(mapping, new Set([toXid('4712')]));
    expect(others).toEqual([]);
    expect(warning).toMatchObject({ code: 'unknown_exception', xid: '4712', rows: [] });
    expect(warning?.text).toMatch(/\(exceptions\[0\]\.externalIds\[1\], line 36\)/);
  });
});

it('the example of the manual is right', () => {
  const manual = readFileSync(new URL('../../docs/mapping.md', import.meta.url), 'utf8');
  const example = /```yaml\nexceptions:\n([^`]+)```/.exec(manual)?.[1] ?? '';
  const { exceptions } = aMapping(withExceptions(example));
  expect(
    exceptions.map(({ leaveAlone, notInNetwork, noInvitation }) => [leaveAlone, notInNetwork, noInvitation]),
  ).toEqual([
    [true, false, false],
    [false, true, false],
    [false, false, true],
  ]);
});

describe('a mistake in an exception is told with its place', () => {
  it.each([
    ['  - leaveAlone: true\n', '34:5 exceptions[0]: An exception is for somebody: give `externalIds`, or `when`.'],
    [`${ALONE}    when: Job == "x"\n`, '34:5 exceptions[0]: An exception is for somebody'],
    ['  - externalIds: ["1"]\n    comment: why\n', '34:5 exceptions[0]: This exception says nothing'],
    [`${ALONE}    notInNetwork: true\n`, '34:5 exceptions[0]: Who is left alone is not removed'],
    [`${ALONE}    noInvitation: true\n`, '34:5 exceptions[0]: Nothing is changed for whom `leaveAlone`'],
    [`${OUT}    addTo: [topic: { name: x }]\n`, '34:5 exceptions[0]: Who is not in the network has no groups'],
    [ALONE + OUT, '36:19 exceptions[1].externalIds[0]: This id stands under exceptions[0] in line 34 as well'],
    [
      '  - externalIds: [1, 1]\n    leaveAlone: true\n',
      '34:22 exceptions[0].externalIds[1]: This id stands in the list twice',
    ],
    ['  - externalIds: []\n    leaveAlone: true\n', 'exceptions[0].externalIds: Name somebody.'],
    ['  - externalIds: [" "]\n    leaveAlone: true\n', 'exceptions[0].externalIds[0]: This is empty.'],
    [
      '  - externalId: 1\n    leaveAlone: true\n',
      'exceptions[0].externalId: Unknown key `externalId`. Did you mean "externalIds"?',
    ],
    [
      '  - when: include(Job, "x")\n    leaveAlone: true\n',
      '34:11 exceptions[0].when: Unknown function `include`. Did you mean "includes"?',
    ],
    [
      '  - when: Job == "x"\n    addTo: [topic: { name: A }]\n    notIn: [topic: { name: a }]\n',
      'exceptions[0].notIn[0].topic.name: This group stands under `addTo` as well',
    ],
    [
      '  - when: Job == "x"\n    addTo: [{ topic: { name: A }, department: { name: B } }]\n',
      'exceptions[0].addTo[0]: A group rule has one of',
    ],
    ['  - when: Job == "x"\n    addTo: []\n', 'exceptions[0].addTo: Name a group, or leave this out.'],
    [
      '  - when: Job == "x"\n    role: { target: network, group: { name: x }, role: admin }\n',
      'exceptions[0].role.group: A role in the network has no group',
    ],
  ])('%#', (exceptions, expected) => {
    expect(problemsOf(withExceptions(exceptions)).join('\n')).toContain(expected);
  });

  it('holds no id, since it may end up in an error', () => {
    const problems = [ALONE + OUT, '  - externalIds: ["0004711", "0004711"]\n    leaveAlone: true\n'];
    for (const text of problems) expect(problemsOf(withExceptions(text)).join('\n')).not.toContain('4711');
  });

  it('also held against a record and a network', () => {
    const text = withExceptions(
      '  - when: Jobs == "x"\n    addTo: [topic: { name: Baker }]\n    role: { target: topic, role: Planer }\n',
      KORENAAR.replace('createMissingGroups: true', 'createMissingGroups: false'),
    );
    expect(columnsRead(aMapping(text))).toContain('Jobs');
    const found = checkMapping(aMapping(text), {
      columns: ['Id', 'Status', 'First', 'Last', 'Job', 'Mail', 'Store', 'Department'],
      groups: [{ kind: 'topic', name: 'Bakers' }],
      roles: ['Planner'],
    });
    expect(found.map((problem) => renderProblem(problem, 'm.yaml'))).toEqual([
      'm.yaml:34:11 exceptions[0].when: Unknown field `Jobs`. Did you mean "Job"?',
      'm.yaml:35:28 exceptions[0].addTo[0].topic.name: The network has no topic group "Baker", and `createMissingGroups` is off. Did you mean "Bakers"?',
      'm.yaml:36:11 exceptions[0].role: The network has no role "Planer". Did you mean "Planner"?',
    ]);
  });
});

describe('laws', () => {
  const cell = fc.constantFrom('', 'A', 'B', 'Manager', 'Baker');
  const exceptions = fc
    .array(
      fc.constantFrom(
        ALONE,
        OUT,
        '  - when: Job == "Baker"\n    notIn: [businessUnit: { column: Store }]\n    noInvitation: true\n',
        '  - when: Department == "A"\n    addTo: [topic: { column: Department }]\n    role: { target: topic, role: admin }\n',
        '  - externalIds: ["0004711"]\n    addTo: [businessUnit: { name: a }]\n    role: { target: network, role: admin }\n',
      ),
      { maxLength: 3 },
    )
    .filter((all) => !(all.includes(ALONE) && all.includes(OUT)))
    .map((all) => all.join(''));
  const rows = fc
    .array(fc.record({ Status: fc.constantFrom('Active', 'Gone'), Job: cell, Store: cell, Department: cell }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((all) => all.map((fields, index) => aRecord(fields, index + 2)));

  it('the order of rows never matters', () => {
    fc.assert(
      fc.property(
        exceptions,
        rows.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        (text, [all, shuffled]) => {
          expect(JSON.stringify(map(text, ...shuffled))).toBe(JSON.stringify(map(text, ...all)));
        },
      ),
    );
  });

  it('planning again after a plan was applied gives nothing, whatever the exceptions were before', () => {
    fc.assert(
      fc.property(exceptions, exceptions, rows, rows, (before, after, some, others) => {
        const link = afterChanges(null, planPerson({ outcome: map(before, ...some), link: null }));
        const outcome = map(after, ...others);
        const done = afterChanges(link, planPerson({ outcome, link }));
        expect(planPerson({ outcome, link: done })).toEqual([]);
      }),
    );
  });
});
