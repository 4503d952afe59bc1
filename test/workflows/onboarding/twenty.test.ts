import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addCustomer } from '../../support/customers.js';
import { PlanDays } from '../../support/plan-days.js';
import { StoryClock } from '../../support/story-clock.js';
import { TimedCourse, withPlainClient } from '../../support/timed-course.js';
import { openRealSchedules, type RealSchedules } from '../../support/real-schedules.js';
import { openVirtualWorld, type VirtualWorld } from '../../support/virtual-world.js';
import * as lateness from './stories/lateness.js';
import type { Story } from './stories/story.js';

const STORIES: readonly Story[] = Object.values(lateness);

let world: VirtualWorld | null = null;
/** The time-skipping server knows no schedules: they are made on the real one. */
let real: RealSchedules;
const courses = new Map<string, TimedCourse>();
const ends = new Map<string, Error | null>();

beforeAll(async () => {
  real = await openRealSchedules();
  const { schedules } = real;
  const opened = await openVirtualWorld({ customer: 'other', env: { USERSYNC_PAYLOAD_CODEC: 'off' }, schedules });
  if (opened === null) return;
  world = withPlainClient(opened);
  await world.startWorker();
  const monday = firstMonday();
  const clock = new StoryClock({ now: world.now, pass: (ms) => opened.pass(ms) });
  for (const story of STORIES) courses.set(story.customer, await courseOf(world, story, monday, clock));
  const told = await clock.tell(STORIES.map((story) => () => tell(story)));
  STORIES.forEach((story, index) => ends.set(story.customer, told[index] ?? null));
});

afterAll(async () => {
  await world?.close();
  await real.close();
});

describe('each ends as its script says', () => {
  for (const { customer } of STORIES) {
    test(customer, ({ skip }) => {
      if (world === null) skip('There is no time-skipping server.');
      const error = ends.get(customer) ?? null;
      if (error !== null) throw error;
    });
  }
});

async function courseOf(of: VirtualWorld, story: Story, monday: string, clock: StoryClock): Promise<TimedCourse> {
  const { customer, timeZone = 'Europe/Amsterdam', startsAfterWeeks = 0 } = story;
  const first = DateTime.fromISO(monday).plus({ weeks: startsAfterWeeks }).toISODate() ?? '';
  const plain = new PlanDays(first, timeZone);
  const days = new PlanDays(first, timeZone, story.holidays?.((day) => plain.date(day)) ?? []);
  return new TimedCourse(of, await addCustomer(of, customer, timeZone), days, clock);
}

async function tell({ customer, ends: wanted, tell: story }: Story): Promise<void> {
  const course = courses.get(customer);
  if (course === undefined) throw new Error('No course.');
  await story(course);
  expect(await course.ended()).toBe(wanted);
}

/** The first Monday of the next March, so that six weeks from it go through the change of the clocks in Europe. */
function firstMonday(): string {
  const march = DateTime.utc(DateTime.utc().year + 1, 3, 1);
  return march.plus({ days: (8 - march.weekday) % 7 }).toISODate() ?? '';
}
