import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { csvOf, madeUpPeople, MAPPING, type MadeUpPerson } from '../../support/people.js';
import { copiesIn, schemasIn, TestBench, type BegunTest } from '../../support/testing.js';
import { until } from '../../support/until.js';
import { openWorld, type World } from '../../support/world.js';

vi.setConfig({ testTimeout: 300_000 });

const LEAVER = '1003';
const MOVER = '1007';
const people = madeUpPeople(1001, 1030);
/** A joiner, a leaver by the active rule and one by missing row, and somebody who moves to another shop. */
const NEXT_DAY: readonly MadeUpPerson[] = [
  ...people
    .filter(({ id }) => id !== '1011')
    .map((person) => {
      if (person.id === LEAVER) return { ...person, status: 'Left' };
      return person.id === MOVER ? { ...person, unit: 'Unit 0', department: 'Department 4' } : person;
    }),
  { id: '1999' },
];

let world: World;
let bench: TestBench;

beforeEach(async () => {
  world = await openWorld();
  await world.startWorker();
  bench = await TestBench.of(world, MAPPING, csvOf(people));
});

afterEach(async () => {
  await bench.close();
  await world.close();
});

interface Member {
  readonly xid: string | null;
  readonly groups: readonly string[];
}

/** Who is active in the copy, by pseudonym. */
async function membersOf(begun: BegunTest): Promise<ReadonlyMap<string, Member>> {
  const { copyEid } = await begun.row();
  const shown = world.sandbox.control.state(copyEid ?? '').people.filter(({ active }) => active);
  return new Map(
    shown.map(({ xid, groups }) => [xid ?? '', { xid, groups: groups.map((each) => JSON.stringify(each)).sort() }]),
  );
}

async function decideAndEnd(begun: BegunTest): Promise<void> {
  await begun.decide('c-hr', true, { accept: 'all' });
  await begun.decide('pm-1');
  expect(await begun.started.result()).toMatchObject({ outcome: 'approved', isRemoved: true });
  expect(await schemasIn(world)).toEqual([]);
  expect(copiesIn(world)).toEqual([]);
}

test('the delivery that comes while the test waits is its second day: the same people, a joiner, leavers and a mover', async () => {
  const begun = await bench.begin(1, { waitForDelivery: 24, lookEverySeconds: 1 });
  await until(async () => (await begun.progress()).step === 'waiting for the next delivery', 120, 100);
  const before = await membersOf(begun);
  await world.deliver(csvOf(NEXT_DAY));
  // Delivered is not enough: it has to be accepted.
  expect((await (await world.start('dry', { delivery: 'newest' })).result()).status).toBe('done');
  const { checks, problem, steps, step } = await begun.toItsDecision();
  expect({ step, problem }).toEqual({ step: 'waiting for approval', problem: null });
  expect(checks.filter(({ differences }) => differences > 0)).toEqual([]);
  expect(steps.find((each) => each.step === 'daily test')?.note).toContain(
    'the next delivery of the customer, anonymised',
  );
  expect(checks.map(({ check }) => check)).toEqual(
    expect.arrayContaining(['new-invited-2', 'former-removed-2', 'changes-applied-2', 'guards']),
  );
  expect(checks.map(({ check }) => check)).not.toContain('new-invited-3');

  // The same person is the same pseudonym on both days.
  const after = await membersOf(begun);
  expect(before.size).toBe(30);
  expect([...after.keys()].filter((xid) => !before.has(xid))).toHaveLength(1);
  expect([...before.keys()].filter((xid) => !after.has(xid))).toHaveLength(2);
  const moved = [...after].filter(([xid, member]) => {
    const earlier = before.get(xid);
    return earlier !== undefined && JSON.stringify(earlier.groups) !== JSON.stringify(member.groups);
  });
  expect(moved).toHaveLength(1);
  await decideAndEnd(begun);
});

test('when none comes in time, a next day is made in which everything happens that the rules know', async () => {
  const begun = await bench.begin(1, { waitForDelivery: 0.001, lookEverySeconds: 1 });
  const { checks, problem, steps } = await begun.toItsDecision();
  expect(problem).toBeNull();
  expect(checks.filter(({ differences }) => differences > 0)).toEqual([]);
  expect(steps.find((each) => each.step === 'waiting for the next delivery')?.note).toContain('so a next day is made');
  expect(steps.find((each) => each.step === 'daily test')?.note).toContain('made days with');
  expect(checks.map(({ check }) => check)).toContain('new-invited-3');
  await decideAndEnd(begun);
});
