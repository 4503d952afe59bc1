import { setTimeout as sleep } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeSchedule } from '../../../src/temporal/schedule.js';
import { Course } from '../../support/course.js';
import { addCustomer } from '../../support/customers.js';
import { until } from '../../support/until.js';
import { killWorkersWhile } from '../../support/kill-workers.js';
import { startWorkerProcess, type WorkerProcess } from '../../support/worker-process.js';
import { openWorld, type World } from '../../support/world.js';

const KILLS = 10;
const CUSTOMERS = ['first', 'second'];
const START = DateTime.utc().plus({ weeks: 2 }).startOf('week').toISODate() ?? '';

let world: World;

beforeAll(async () => {
  world = await openWorld({ customer: 'other' });
});

afterAll(() => world.close());

test(
  'a worker that is killed ten times at random moments: two customers come to the same end, and nothing is there twice',
  async () => {
    const start = (): WorkerProcess =>
      startWorkerProcess(world, {
        USERSYNC_DROP_PUBLIC_ADDRESS: `${world.drop.host}:${world.drop.port}`,
        // A code whose mail is in doubt is not mailed again.
        USERSYNC_TRUST_TEMPORAL_UI: 'yes',
      });
    const courses = await Promise.all(
      CUSTOMERS.map(async (slug) => new Course(world, await addCustomer(world, slug), false)),
    );
    await killWorkersWhile({ kills: KILLS, start, moment: somethingHappened }, (beforeTheLast) =>
      Promise.all(courses.map((course) => tell(course, beforeTheLast))),
    );
    for (const course of courses) await expectNothingTwice(course);
  },
  8 * 60_000,
);

async function tell(course: Course, beforeTheLast: () => Promise<void>): Promise<void> {
  await course.start({ start: START });
  await course.setUp();
  await course.agreeOnMapping();
  await course.implement();
  await course.test();
  await beforeTheLast();
  await course.release();
  expect(await course.handle.result()).toMatchObject({ status: 'done' });
}

/** A random moment after the next event, or after ten seconds without one: who waits is killed as well. */
async function somethingHappened(): Promise<void> {
  const seen = await eventsSoFar();
  await until(async () => (await eventsSoFar()) > seen, 10, 200).catch(() => undefined);
  await sleep(Math.random() * 1_500);
}

async function eventsSoFar(): Promise<number> {
  return world.database.prisma.onboardingEvent.count();
}

async function expectNothingTwice(course: Course): Promise<void> {
  const { customer } = course;
  const { prisma } = world.database;
  expect(await prisma.onboarding.findMany({ where: { customerId: customer } })).toMatchObject([{ status: 'done' }]);
  expect(await prisma.dropAccount.count({ where: { customerId: customer } })).toBe(2);
  const { groups, people } = world.sandbox.control.state(course.added.networkEid);
  const names = groups.map(({ name, groupType, department, parent }) => `${groupType} ${name} ${department} ${parent}`);
  expect(names.length).toBe(new Set(names).size);
  expect(names.filter((name) => name.includes('Unit 0')).length).toBeGreaterThan(0);
  expect(people).toHaveLength(1);

  const events = await prisma.onboardingEvent.findMany({ where: { onboarding: { customerId: customer } } });
  const approvals = events.filter(({ what }) => what === 'approved').map(({ by, about }) => `${by} ${about}`);
  expect(approvals.length).toBe(new Set(approvals).size);
  expect(approvals).toHaveLength(2 + 3 + 2);

  const mails = await prisma.mail.findMany({ where: { customerId: customer } });
  const files = (await readdir(world.config.mail.outbox)).filter((name) => name.includes(`-${customer}_`));
  expect(mails.filter(({ tries }) => tries > 1)).toEqual([]);
  // What was in doubt may have been written.
  const sent = mails.filter(({ status }) => status === 'sent').length;
  expect(files.length).toBeGreaterThanOrEqual(sent);
  expect(files.length).toBeLessThanOrEqual(mails.length);
  await until(async () => (await describeSchedule(world.temporal.client, customer))?.state.paused === false);
}
