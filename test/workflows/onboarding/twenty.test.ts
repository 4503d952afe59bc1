import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addCustomer } from '../../support/customers.js';
import { auditReminders } from '../../support/audit-reminders.js';
import { RECORD } from '../../support/course.js';
import { collectTexts, type HistoryTexts } from '../../support/history-texts.js';
import { PlanDays } from '../../support/plan-days.js';
import { openRealSchedules, type RealSchedules } from '../../support/real-schedules.js';
import { runsOf, type RunHistory } from '../../support/runs-of.js';
import { StoryClock, TimeStandsStill } from '../../support/story-clock.js';
import { TimedCourse, withPlainClient } from '../../support/timed-course.js';
import { until } from '../../support/until.js';
import { openVirtualWorld, type VirtualWorld } from '../../support/virtual-world.js';
import * as answers from './stories/answers.js';
import * as calendars from './stories/calendars.js';
import * as endings from './stories/endings.js';
import * as lateness from './stories/lateness.js';
import * as mappings from './stories/mappings.js';
import type { Story } from './stories/story.js';

const STORIES: readonly Story[] = [lateness, answers, mappings, calendars, endings]
  .flatMap((stories): readonly Story[] => Object.values(stories))
  .filter(({ customer }) => process.env['STORY'] === undefined || process.env['STORY'].split(',').includes(customer));

let world: VirtualWorld | null = null;
/** The time-skipping server knows no schedules: they are made on the real one. */
let real: RealSchedules;
const courses = new Map<string, TimedCourse>();
const histories: RunHistory[] = [];
const errors = new Map<string, Error | null>();

/** The server is another program with defects of its own (`story-clock.ts`); what it is used for is not to blame. */
const ATTEMPTS = 3;

beforeAll(async () => {
  real = await openRealSchedules();
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      return await tellAll();
    } catch (error) {
      if (!(error instanceof TimeStandsStill)) throw error;
      console.warn(
        `\n*** THE TIME-SKIPPING SERVER IS STUCK (attempt ${attempt} of ${ATTEMPTS}): ${error.message} ***\n`,
      );
      // Closed now, calls that it never answers would fail in the middle of nowhere; it ends with this process.
      world = null;
      courses.clear();
      errors.clear();
    }
  }
});

async function tellAll(): Promise<void> {
  const { schedules } = real;
  // What is written is not hidden by a codec, so that nothing of a person can hide in it either.
  const opened = await openVirtualWorld({ customer: 'other', env: { USERSYNC_PAYLOAD_CODEC: 'off' }, schedules });
  if (opened === null) return;
  world = withPlainClient(opened);
  await world.startWorker();
  const monday = firstMonday();
  const clock = new StoryClock({ now: () => opened.now(), pass: (ms) => opened.pass(ms) });
  for (const story of STORIES) courses.set(story.customer, await courseOf(world, story, monday, clock));
  const told = await clock.tell(STORIES.map((story) => () => tell(story)));
  STORIES.forEach(({ customer }, index) => errors.set(customer, told[index] ?? null));
}

afterAll(async () => {
  await world?.close();
  await real.close();
});

describe('each ends as its script says', () => {
  for (const { customer } of STORIES) {
    test(customer, ({ skip }) => {
      if (world === null) skip('There is no time-skipping server.');
      const error = errors.get(customer) ?? null;
      if (error !== null) throw error;
    });
  }
});

describe('of all of them', () => {
  test('no run of any workflow has more than 2,000 events', async ({ skip }) => {
    const of = world ?? skip('There is no time-skipping server.');
    const lengths: number[] = [];
    for (const course of courses.values()) {
      const runs = await runsOf(of.temporal.client, `onboarding/${course.customer}`, course.firstRunId);
      histories.push(...runs);
      const own = runs.filter(({ type }) => type === 'onboarding');
      lengths.push(own.reduce((sum, { events }) => sum + events, 0));
    }
    expect(histories.filter(({ events }) => events > 2_000).map(({ workflowId }) => workflowId)).toEqual([]);
    expect(histories.length).toBeGreaterThan(3 * STORIES.length);
    lengths.sort((one, other) => one - other);
    console.log(
      `Events of an onboarding: ${lengths[0]} to ${lengths.at(-1)}, ${lengths[Math.floor(lengths.length / 2)]} in the middle.`,
    );
  });

  test('reminders went out by day, on working days, once, and about what was open', async ({ skip }) => {
    if (world === null) skip('There is no time-skipping server.');
    const audits = await Promise.all([...courses.values()].map(auditReminders));
    expect(audits.flatMap(({ problems }) => problems)).toEqual([]);
    expect(audits.reduce((all, { sent }) => all + sent, 0)).toBeGreaterThan(2 * STORIES.length);
  });

  test('nothing of a person is in any history: no name, no address, no cell of a record', ({ skip }) => {
    if (world === null) skip('There is no time-skipping server.');
    const texts: HistoryTexts = { all: new Set(), inPayloads: new Set() };
    for (const { history } of histories) collectTexts(history, texts);
    const told = [...texts.all].join('\n');
    expect(told).toContain('customer: HR manager');
    expect(told).not.toMatch(/Made Up|@mail\.example|@people\.example/);
    const cells = new Set(
      RECORD.split(/[;\r\n]+/).filter((cell) => /[A-Za-z]\d|\d[A-Za-z]/.test(cell) || cell.includes(' ')),
    );
    expect(cells.size).toBeGreaterThan(90);
    expect([...cells].filter((cell) => told.includes(cell))).toEqual([]);
  });
});

async function courseOf(of: VirtualWorld, story: Story, monday: string, clock: StoryClock): Promise<TimedCourse> {
  const { customer, timeZone = 'Europe/Amsterdam', startsAfterWeeks = 0 } = story;
  const first = DateTime.fromISO(monday).plus({ weeks: startsAfterWeeks }).toISODate() ?? '';
  const plain = new PlanDays(first, timeZone);
  const days = new PlanDays(first, timeZone, story.holidays?.((day) => plain.date(day)) ?? []);
  return new TimedCourse(of, await addCustomer(of, customer, timeZone), { days, clock, schedules: real.client });
}

async function tell({ customer, ends, tell: story }: Story): Promise<void> {
  const course = courses.get(customer);
  if (course === undefined) throw new Error('No course.');
  await story(course);
  expect(await course.ended()).toBe(ends);
  if (ends === 'done') await until(async () => (await course.schedule())?.state.paused === false);
}

/** The first Monday of the next March, so that six weeks from it go through the change of the clocks in Europe. */
function firstMonday(): string {
  const march = DateTime.utc(DateTime.utc().year + 1, 3, 1);
  return march.plus({ days: (8 - march.weekday) % 7 }).toISODate() ?? '';
}
