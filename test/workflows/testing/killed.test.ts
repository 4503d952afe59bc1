import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TestStep } from '../../../src/workflows/testing/messages.js';
import { csvOf, madeUpPeople, MAPPING } from '../../support/people.js';
import { copiesIn, schemasIn, TestBench } from '../../support/testing.js';
import { until } from '../../support/until.js';
import { startWorkerProcess, type WorkerProcess } from '../../support/worker-process.js';
import { openWorld, type World } from '../../support/world.js';

const ENV = { USERSYNC_HEARTBEAT_SECONDS: '2' };

let world: World;
let bench: TestBench;
let worker: WorkerProcess;

beforeEach(async () => {
  world = await openWorld({ env: ENV });
  worker = startWorkerProcess(world, ENV);
  bench = await TestBench.of(world, MAPPING, csvOf(madeUpPeople(1001, 1060)));
});

afterEach(async () => {
  await worker.kill();
  await bench.close();
  await world.close();
});

async function killAndStartAgain(): Promise<void> {
  await worker.kill();
  worker = startWorkerProcess(world, ENV);
}

const COURSE: readonly TestStep[] = [
  'anonymising',
  'copying the network',
  'activation test',
  'daily test',
  'testing the guards',
  'writing the report',
  'waiting for approval',
];
const STAGES: readonly TestStep[] = COURSE.filter((step) => step !== 'daily test' && step !== 'waiting for approval');

/** On a busy machine a stage may be over before anybody looks: then the worker is killed in the next one. */
function hasReached(step: TestStep | undefined, stage: TestStep): boolean {
  return step !== undefined && COURSE.indexOf(step) >= COURSE.indexOf(stage);
}

test('workers that are killed at every stage, the removal included: one copy, all checks, nothing left', async () => {
  const begun = await bench.begin();
  for (const stage of STAGES) {
    const stepNow = async () => (await begun.started.progress().catch(() => null))?.step;
    await until(async () => hasReached(await stepNow(), stage), 150, 60);
    // A copy whose answer is lost ends the test, and is the matter of another one: this kill comes after the answer.
    await until(
      async () => (await stepNow()) !== 'copying the network' || (await begun.row()).copyEid !== null,
      60,
      60,
    );
    await killAndStartAgain();
  }
  const { checks, problem } = await begun.toItsDecision(150);
  expect(checks.filter(({ differences }) => differences > 0)).toEqual([]);
  expect(problem).toBeNull();
  expect(copiesIn(world)).toHaveLength(1);
  await begun.decide('c-hr', true, { accept: 'all' });
  await begun.decide('pm-1');
  await until(async () => (await begun.row()).endedAt !== null, 60, 50);
  await killAndStartAgain();
  expect(await begun.started.result()).toMatchObject({ outcome: 'approved', isRemoved: true });
  expect(await begun.row()).toMatchObject({ status: 'approved', key: null, leftOver: null });
  expect(await schemasIn(world)).toEqual([]);
  expect(copiesIn(world)).toEqual([]);
}, 480_000);
