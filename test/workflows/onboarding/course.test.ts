import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeSchedule } from '../../../src/temporal/schedule.js';
import { Course } from '../../support/course.js';
import { addCustomer } from '../../support/customers.js';
import { until } from '../../support/until.js';
import { openWorld, type World } from '../../support/world.js';

let world: World;

beforeAll(async () => {
  world = await openWorld({ customer: 'other' });
  await world.startWorker();
});

afterAll(() => world.close());

test('feature 25: a customer is connected from the first call to the daily sync', { timeout: 240_000 }, async () => {
  const course = new Course(world, await addCustomer(world, 'korenaar'));
  await course.start({ start: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) });
  await course.whole();
  const result = await course.handle.result();
  expect(result).toMatchObject({ status: 'done' });
  // The schedule hears of it a moment later.
  await until(async () => (await describeSchedule(world.temporal.client, 'korenaar'))?.state.paused === false);
  const groups = world.sandbox.control.state(course.added.networkEid).groups.map(({ name }) => name);
  expect(groups).toContain('Unit 0');
});
