import { WorkflowFailedError } from '@temporalio/client';
import { afterEach, beforeEach, expect, test, type TestContext } from 'vitest';
import { startDropServer } from '../../src/drop-server.js';
import { createLogger } from '../../src/log.js';
import type { StartedRun } from '../../src/temporal/runs.js';
import { dailySync, startDailySync } from '../../src/workflows/index.js';
import { progressQuery } from '../../src/workflows/messages.js';
import { expectedNetwork, shownNetwork } from '../support/made-up-network.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { until } from '../support/until.js';
import { openVirtualWorld, type VirtualWorld } from '../support/virtual-world.js';

const HOUR = 60 * 60 * 1000;
const everybody = madeUpPeople(1, 30);
let opened: VirtualWorld | null = null;

beforeEach(async () => {
  opened = await openVirtualWorld();
  await opened?.useMapping(MAPPING);
  await opened?.startWorker();
  await opened?.deliver(csvOf(everybody));
});

afterEach(() => opened?.close());

/** Skips the test where time cannot be skipped. */
function worldOf({ skip }: TestContext): VirtualWorld {
  return opened ?? skip('There is no time-skipping server.');
}

type Run = Pick<StartedRun, 'result' | 'progress'>;

/** As the starter starts it. After a starter has ended before its child, the Java server skips no more time. */
async function begin({ customer, temporal }: VirtualWorld): Promise<Run> {
  const handle = await temporal.client.workflow.start(dailySync, {
    workflowId: `daily-sync/${customer}`,
    taskQueue: temporal.taskQueue,
    args: [{ customer, kind: 'live', requestedBy: 'test' }],
  });
  return { result: () => handle.result(), progress: () => handle.query(progressQuery) };
}

async function untilStep(run: Run, step: string): Promise<void> {
  await until(async () => (await run.progress())?.step === step);
}

/** While nobody can write, a run that applies goes on trying. */
async function takeLeasesAway({ database }: VirtualWorld): Promise<void> {
  await database.pool.query('ALTER TABLE lease RENAME TO lease_away');
}

async function bringLeasesBack({ database }: VirtualWorld): Promise<void> {
  await database.pool.query('ALTER TABLE lease_away RENAME TO lease');
}

test("tomorrow's run waits for one that has been applying for hours, and then starts", async (context) => {
  const world = worldOf(context);
  await takeLeasesAway(world);
  const older = await begin(world);
  await untilStep(older, 'applying');
  const began = await world.now();
  // Time is skipped while this is waited for.
  const starting = world.start('live', { delivery: 'last' });
  await until(async () => (await world.now()) - began > 5 * HOUR);
  expect((await older.progress())?.step).toBe('applying');
  expect(await runs(world)).toEqual(['1 running']);

  await bringLeasesBack(world);
  const newer = await starting;
  expect(await newer.result()).toMatchObject({ run: 2, status: 'done', done: 0 });
  expect(await runs(world)).toEqual(['1 done', '2 done']);
  expect(shownNetwork(world.network())).toEqual(expectedNetwork(everybody));
});

test('the starter gives up after about nine hours with a sentence, and the older run is left alone', async (context) => {
  const world = worldOf(context);
  await takeLeasesAway(world);
  const older = await begin(world);
  await untilStep(older, 'applying');
  const order = { customer: world.customer, kind: 'live', requestedBy: 'test' } as const;
  const starter = world.temporal.client.workflow.execute(startDailySync, {
    ...{ workflowId: 'starter', taskQueue: world.temporal.taskQueue, args: [order] },
  });
  const error: unknown = await starter.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(WorkflowFailedError);
  expect(error).toMatchObject({
    cause: {
      message: expect.stringMatching(/did not end in time.*Nothing was changed.*start the sync by hand/) as string,
    },
  });
  const hours = await hoursOf(world, 'starter');
  expect(hours).toBeGreaterThan(9);
  expect(hours).toBeLessThan(11);

  await bringLeasesBack(world);
  expect(await older.result()).toMatchObject({ run: 1, status: 'done', failed: 0 });
  expect(shownNetwork(world.network())).toEqual(expectedNetwork(everybody));
});

test('a run waits for a decision for days, and gives way to the next', async (context) => {
  const world = worldOf(context);
  await (await begin(world)).result();
  await world.deliver(csvOf(everybody.slice(15)));
  const waiting = await begin(world);
  await untilStep(waiting, 'waiting for approval');
  await world.pass('5 days');
  expect((await waiting.progress())?.step).toBe('waiting for approval');

  const mended = [...everybody.slice(0, -1), { ...everybody.at(-1), id: everybody.at(-1)?.id ?? '', title: 'Baker' }];
  await world.deliver(csvOf(mended));
  const newer = await world.start('live');
  expect(await waiting.result()).toMatchObject({ run: 2, status: 'superseded', held: 15 });
  expect(await newer.result()).toMatchObject({ run: 3, status: 'done', held: 0 });
  expect(shownNetwork(world.network())).toEqual(expectedNetwork(mended));
});

test('a source that is away for an hour is asked again until it is back', async (context) => {
  const world = worldOf(context);
  await world.drop.close();
  const run = await begin(world);
  await world.pass('1 hour');
  expect((await run.progress())?.step).toBe('fetching');
  const { config, database } = world;
  const { host, port } = world.drop;
  const drop = await startDropServer({
    dataFolder: config.dataFolder,
    host,
    port,
    database,
    log: createLogger('silent'),
  });
  try {
    expect(await run.result()).toMatchObject({ status: 'done', failed: 0 });
  } finally {
    await drop.close();
  }
  expect(await hoursOf(world, `daily-sync/${world.customer}`)).toBeLessThan(1.5);
  expect(shownNetwork(world.network())).toEqual(expectedNetwork(everybody));
});

test('a source that stays away ends the run after some hours with a sentence', async (context) => {
  const world = worldOf(context);
  await world.drop.close();
  await expect((await begin(world)).result()).rejects.toThrow(WorkflowFailedError);
  expect(await hoursOf(world, `daily-sync/${world.customer}`)).toBeGreaterThan(4);
  expect(await runs(world)).toEqual(['1 failed']);
  const { rows } = await world.database.pool.query<{ problem: string }>('SELECT problem FROM run');
  expect(rows[0]?.problem).toMatch(/cannot be reached.*Nothing was read or changed/);
});

/** How long a workflow took. The clock itself may run on for years while nobody holds it. */
async function hoursOf({ temporal }: VirtualWorld, workflowId: string): Promise<number> {
  const { startTime, closeTime } = await temporal.client.workflow.getHandle(workflowId).describe();
  return (Number(closeTime) - Number(startTime)) / HOUR;
}

async function runs({ database }: VirtualWorld): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ run: string }>(
    `SELECT number || ' ' || status AS run FROM run ORDER BY id`,
  );
  return rows.map(({ run }) => run);
}
