import { DateTime } from 'luxon';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toPlanTime, toRealTime } from '../../../src/onboarding/schedule/clock.js';
import { Course } from '../../support/course.js';
import { addCustomer } from '../../support/customers.js';
import { PlanDays } from '../../support/plan-days.js';
import { until } from '../../support/until.js';
import { openWorld, type World } from '../../support/world.js';

const ZONE = 'Europe/Amsterdam';
/** A day passes in six seconds: time cannot be skipped while no worker does what is to be done. */
const SPEED = 14_400;

let world: World;

beforeAll(async () => {
  world = await openWorld({ customer: 'other', env: { USERSYNC_LOG_LEVEL: 'silent' } });
});

afterAll(() => world.close());

test('a worker that is away for three days: dates are right on its return, and what is still due is sent once', async () => {
  const days = new PlanDays(DateTime.now().setZone(ZONE).toISODate() ?? '', ZONE);
  const course = new Course(world, await addCustomer(world, 'away'));
  const worker = await world.startWorker();
  await course.start({ start: days.first, speed: SPEED });
  const { plan } = await course.until('had its dates', ({ schedule }) => schedule !== null);
  const on = (workingDay: number, time: string): Promise<void> => {
    const moment = toRealTime(plan.clock, Date.parse(days.instant(days.date(workingDay), time)));
    return new Promise((resolve) => setTimeout(resolve, Math.max(0, moment - Date.now())));
  };
  await on(1, '18:00');
  await worker.close();
  const left = new Date(toPlanTime(plan.clock, Date.now()));
  const before = await remindersOf(course);
  await on(4, '18:00');
  const back = new Date(toPlanTime(plan.clock, Date.now()));
  await world.startWorker();
  const sinceThen = async () => (await remindersOf(course)).slice(before.length);
  await until(async () => (await sinceThen()).some(({ about }) => about === 'structure-overview'));

  const { schedule } = await course.state();
  const today = days.local(new Date(schedule?.now ?? '')).slice(0, 10);
  const example = schedule?.items.find(({ id }) => id === 'example-record');
  expect(example).toMatchObject({ dueDate: days.date(2), late: true });
  expect(example?.finish).toBe(new PlanDays(today, ZONE).date(1));

  const since = await sinceThen();
  expect(since.filter(({ at }) => at > left && at < back)).toEqual([]);
  const aboutTheOverview = since.filter(({ about }) => about === 'structure-overview');
  // It was due on day 3: what would have been said then, and on day 4, is said in one message.
  expect(aboutTheOverview).toHaveLength(1);
  expect(aboutTheOverview[0]?.what).toMatch(/^reminder \((after|escalation)\)/);
  const mails = await world.database.prisma.mail.count({ where: { key: { contains: '/structure-overview/' } } });
  // Where the first day begins before nine o'clock, a first reminder goes out before the worker leaves.
  expect(mails).toBe(before.filter(({ about }) => about === 'structure-overview').length + 1);
});

function remindersOf(course: Course) {
  return world.database.prisma.onboardingEvent.findMany({
    where: { onboarding: { customerId: course.customer }, what: { startsWith: 'reminder' } },
    orderBy: { seq: 'asc' },
  });
}
