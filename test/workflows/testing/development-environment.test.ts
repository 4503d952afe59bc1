import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { csvOf, madeUpPeople, MAPPING } from '../../support/people.js';
import { copiesIn, schemasIn, TestBench, type BegunTest } from '../../support/testing.js';
import { openWorld, type World } from '../../support/world.js';

vi.setConfig({ testTimeout: 300_000 });

const NO_LIMITS = { networks: null, accounts: null, groups: null };

let world: World;
let bench: TestBench;

beforeEach(async () => {
  world = await openWorld();
  await world.startWorker();
  bench = await TestBench.of(world, MAPPING, csvOf(madeUpPeople(1001, 1030)));
});

afterEach(async () => {
  await bench.close();
  await world.close();
});

function limit(quota: Partial<typeof NO_LIMITS | Record<keyof typeof NO_LIMITS, number>>): void {
  const developmentQuota = { ...NO_LIMITS, ...quota };
  world.sandbox.control.changeNetwork(world.networkEid, { developmentQuota });
}

/** Of a test that could not be carried through: everything is removed and proven removed, and the sentence is answered. */
async function failureOf(begun: BegunTest): Promise<string> {
  const result = await begun.started.result();
  expect(result).toMatchObject({ outcome: 'failed', isRemoved: true });
  const row = await begun.row();
  expect(row).toMatchObject({ status: 'failed', key: null, leftOver: null });
  expect(row.census).toMatchObject({
    after: { tables: null, rowsElsewhere: [], files: { files: 0 }, filesElsewhere: [], isKeyThere: false },
  });
  expect(await schemasIn(world)).toEqual([]);
  expect(copiesIn(world)).toEqual([]);
  return result.problem ?? '';
}

async function theNextOneWorks(number: number): Promise<void> {
  const next = await bench.begin();
  expect(next.number).toBe(number);
  const { problem, step } = await next.toItsDecision();
  expect({ problem, step }).toEqual({ problem: null, step: 'waiting for approval' });
  await next.decide('c-hr', true, { accept: 'all' });
  await next.decide('pm-1');
  expect(await next.started.result()).toMatchObject({ outcome: 'approved', isRemoved: true });
}

const WHAT_TO_DO =
  'Remove networks that nobody needs from the development environment, or have Speakap raise its limit';

test('no room for another network: the test says what to do, and the next one works when there is room', async () => {
  limit({ networks: 0 });
  const problem = await failureOf(await bench.begin());
  expect(problem).toContain('Speakap has no room for more (POST /networks/{net}/copies/, 403, -22, Quota Exceeded)');
  expect(problem).toContain(WHAT_TO_DO);
  limit({});
  await theNextOneWorks(2);
});

test('no room for all accounts while the copy is filled: the half-filled copy is removed', async () => {
  limit({ accounts: 12 });
  const problem = await failureOf(await bench.begin());
  expect(problem).toContain('The run "activation" of the test ended failed');
  expect(problem).toContain('-22, Quota Exceeded');
  expect(problem).toContain(WHAT_TO_DO);
  limit({});
  await theNextOneWorks(2);
});

test('half copied: what is missing is counted, and the copy is removed', async () => {
  await (await world.start('live')).result();
  expect(world.network().groups.length).toBeGreaterThan(3);
  limit({ groups: 3 });
  const problem = await failureOf(await bench.begin());
  const missing = world.network().groups.length - 3;
  expect(problem).toContain(
    `The copy of the network is not complete: ${missing} groups or roles are missing, 0 are too many.`,
  );
  expect(problem).toContain('begin another test');
});

test('not reachable: nothing is asked for, nothing is left, and the next test works', async () => {
  const fault = world.sandbox.control.addFault({
    ...{ network: world.networkEid, method: 'GET', path: '/', kind: 'reset_before' },
  });
  const problem = await failureOf(await bench.begin());
  expect(problem).toContain('Speakap gave no answer (GET /networks/{net}/');
  expect(problem).toContain("Check that the network's address can be reached from here");
  world.sandbox.control.removeFault(fault.id);
  // Also when the development environment is away for a moment while the copy is removed.
  world.sandbox.control.addFault({ method: 'DELETE', path: '/', kind: 'status', status: 503, times: 1 });
  await theNextOneWorks(2);
  expect(copiesIn(world)).toEqual([]);
});
