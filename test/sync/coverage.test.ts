import { describe, expect, it } from 'vitest';
import { coverageOf, COVERAGE_ITEMS, type PlanFacts, type RuleCoverage } from '../../src/sync/coverage/coverage.js';
import { EffectGatherer } from '../../src/sync/effect/gather.js';
import { aCompiledMapping, aRecord, KORENAAR } from './builders.js';

const NOTHING_PLANNED: PlanFacts = { run: 4, managed: 0, kinds: [], suspendedBy: [], guard: null };

function coverage(
  text: string,
  people: readonly Parameters<typeof aRecord>[0][],
  plan: Partial<PlanFacts> = {},
): Readonly<Record<string, RuleCoverage>> {
  const compiled = aCompiledMapping(text);
  const gatherer = new EffectGatherer(compiled);
  for (const [index, fields] of people.entries()) {
    const record = aRecord({ Id: String(index + 1), ...fields }, index + 2);
    gatherer.add(record.xid, [record]);
  }
  const all = coverageOf({
    mapping: compiled.mapping,
    effect: gatherer.result(),
    plan: { ...NOTHING_PLANNED, ...plan },
  });
  expect(all.map(({ item }) => item)).toEqual(COVERAGE_ITEMS);
  return Object.fromEntries(all.map((each) => [each.item, each]));
}

const EVERYBODY = [
  { Job: 'CEO' },
  { Job: 'Manager' },
  { Job: 'Planner' },
  { Job: 'Baker', Mail: '' },
  { Status: 'Gone' },
];

describe('the six rules', () => {
  it('are covered when every rule decided about somebody', () => {
    const shown = coverage(KORENAAR, EVERYBODY, { kinds: [{ kind: 'invite', changes: 4, held: 0 }] });
    expect(Object.values(shown).map(({ item, state, people }) => [item, state, people])).toEqual([
      ['rule-invitations', 'covered', 4],
      ['rule-prefill', 'covered', 4],
      ['rule-groups', 'covered', 4],
      ['rule-removal', 'covered', 1],
      ['rule-roles', 'covered', 3],
      ['rule-exceptions', 'not configured', 0],
    ]);
    expect(shown['rule-invitations']?.sentence).toBe(
      '4 people would be invited, and 0 get an account without an invitation; dry run 4 plans 4 changes for it.',
    );
    expect(shown['rule-groups']?.lines).toContainEqual({
      path: 'groups[3]',
      words: 'Into the topic group "Bakers", when the job title is "Baker".',
      people: 1,
    });
  });

  it('are not shown, and named, when nobody in the snapshot meets one', () => {
    const shown = coverage(KORENAAR, [{ Job: 'CEO' }]);
    expect(shown['rule-roles']).toMatchObject({ state: 'not shown', people: 1 });
    expect(shown['rule-roles']?.sentence).toMatch(/Nobody in the snapshot meets roles\[1\], roles\[2\]\.$/);
    expect(shown['rule-invitations']?.sentence).toContain('invitations[1]');
    expect(shown['rule-removal']).toMatchObject({ state: 'not shown' });
  });

  it('count exceptions', () => {
    const text = `${KORENAAR}exceptions:\n  - externalIds: ["1"]\n    leaveAlone: true\n  - externalIds: ["99"]\n    noInvitation: true\n`;
    const { 'rule-exceptions': exceptions } = coverage(text, EVERYBODY);
    expect(exceptions).toMatchObject({ state: 'not shown', people: 1 });
    expect(exceptions?.lines.map(({ people }) => people)).toEqual([1, 0]);
    expect(JSON.stringify(exceptions)).not.toContain('"99"');
  });
});

describe('removal', () => {
  const without = KORENAAR.replace('active: Status == "Active"\n', '');

  it('without an active rule cannot be seen in a first delivery', () => {
    const { 'rule-removal': removal } = coverage(without, EVERYBODY);
    expect(removal).toMatchObject({ state: 'not shown', people: 0 });
    expect(removal?.sentence).toContain('which a first one cannot show');
    expect(removal?.lines.map(({ path }) => path)).toEqual(['active', 'missing', 'guards.suspensions']);
  });

  it('is seen when somebody would be suspended', () => {
    const plan = {
      managed: 10,
      kinds: [{ kind: 'suspend' as const, changes: 2, held: 2 }],
      suspendedBy: [{ rule: 'missing', people: 2 }],
      guard: 'Too many.',
    };
    const { 'rule-removal': removal } = coverage(without, EVERYBODY, plan);
    expect(removal).toMatchObject({ state: 'covered', people: 2 });
    expect(removal?.lines.map(({ people }) => people)).toEqual([0, 2, 2]);
    expect(removal?.sentence).toMatch(/this run would suspend 2 of 10 people who have one\. Too many\.$/);
  });
});
