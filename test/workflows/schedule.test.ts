import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeSchedule, pauseSchedule, resumeSchedule, saveSchedule } from '../../src/temporal/schedule.js';
import type { RunOrder, RunResult } from '../../src/workflows/messages.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { until } from '../support/until.js';
import { openWorld, type World } from '../support/world.js';

let world: World;

beforeAll(async () => {
  world = await openWorld();
  await world.useMapping(MAPPING);
  await world.startWorker();
});

afterAll(() => world.close());

function daily(dailyAt: string) {
  const { customer, config } = world;
  return { customer, dailyAt, timeZone: 'Europe/Amsterdam', taskQueue: config.taskQueue, paused: true };
}

test("the schedule starts the daily sync under the id that everybody knows, in the customer's time zone", async () => {
  const { client } = world.temporal;
  await saveSchedule(client, daily('05:30'));
  await world.deliver(csvOf(madeUpPeople(1, 5)));
  await client.schedule.getHandle(`daily-sync/${world.customer}`).trigger();
  const handle = client.workflow.getHandle<() => Promise<RunResult>>(`daily-sync/${world.customer}`);
  await until(() =>
    handle.describe().then(
      () => true,
      () => false,
    ),
  );
  expect(await handle.result()).toMatchObject({ status: 'done', failed: 0 });
  const { typedSearchAttributes, staticSummary } = await handle.describe().then(async (run) => ({
    typedSearchAttributes: run.typedSearchAttributes.getAll(),
    staticSummary: await run.staticSummary(),
  }));
  const found = Object.fromEntries(typedSearchAttributes.map(({ key, value }) => [key.name, value]));
  expect(found).toMatchObject({
    Customer: 'korenaar',
    Manager: 'pm-1',
    Health: 'on track',
    Phase: 'daily sync: reported',
  });
  expect(staticSummary).toBe('Daily sync of korenaar');
  const description = await describeSchedule(client, world.customer);
  expect(description?.spec.timezone).toBe('Europe/Amsterdam');
  expect(description?.info.nextActionTimes[0]?.toLocaleTimeString('nl-NL', { timeZone: 'Europe/Amsterdam' })).toBe(
    '05:30:00',
  );
});

test('saved again it has the new hour, and stays paused or not as it was', async () => {
  const { client } = world.temporal;
  await resumeSchedule(client, world.customer, 'go');
  await saveSchedule(client, daily('06:15'));
  const description = await describeSchedule(client, world.customer);
  expect(description?.state.paused).toBe(false);
  expect(description?.info.nextActionTimes[0]?.toLocaleTimeString('nl-NL', { timeZone: 'Europe/Amsterdam' })).toBe(
    '06:15:00',
  );
  await pauseSchedule(client, world.customer, 'stop');
  expect((await describeSchedule(client, world.customer))?.state.paused).toBe(true);
});

test('saved again it keeps the tighter limits of the first days, until somebody lets the usual ones hold', async () => {
  const { client } = world.temporal;
  const limits = async (): Promise<unknown> =>
    (await describeSchedule(client, world.customer))?.action.args?.map((order) => (order as RunOrder).limits);
  await saveSchedule(client, { ...daily('05:30'), limits: 50 });
  await until(async () => JSON.stringify(await limits()) === '[50]');
  await saveSchedule(client, daily('06:45'));
  await until(async () => (await nextRun()) === '06:45:00');
  expect(await limits()).toEqual([50]);
  await saveSchedule(client, { ...daily('06:50'), limits: null });
  await until(async () => (await nextRun()) === '06:50:00');
  expect(await limits()).toEqual([undefined]);
});

async function nextRun(): Promise<string | undefined> {
  const description = await describeSchedule(world.temporal.client, world.customer);
  return description?.info.nextActionTimes[0]?.toLocaleTimeString('nl-NL', { timeZone: 'Europe/Amsterdam' });
}

test('saved and switched on at once it runs, whatever Temporal does first', async () => {
  const { client } = world.temporal;
  for (const customer of ['one', 'two', 'three', 'four']) {
    const schedule = { ...daily('06:15'), customer };
    await saveSchedule(client, schedule);
    await saveSchedule(client, { ...schedule, dailyAt: '06:30' }, 'released');
    await until(async () => (await describeSchedule(client, customer))?.state.note === 'released');
    expect((await describeSchedule(client, customer))?.state.paused).toBe(false);
  }
});

test('hours in which clocks are changed, and texts that are no time, are refused', async () => {
  for (const time of ['02:30', '25:00', 'half past five']) {
    await expect(saveSchedule(world.temporal.client, daily(time))).rejects.toThrow(/Nothing was changed/);
  }
});
