import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeSchedule } from '../../../src/temporal/schedule.js';
import { Course } from '../../support/course.js';
import { addCustomer } from '../../support/customers.js';
import { ReleaseCourse } from '../../support/release-course.js';
import { until } from '../../support/until.js';
import { openWorld, type World } from '../../support/world.js';

let world: World;

beforeAll(async () => {
  world = await openWorld({ customer: 'other' });
  await world.startWorker();
});

afterAll(() => world.close());

test('an onboarding for which waves were planned begins them, and ends when the customer has accepted', async () => {
  const course = new Course(world, await addCustomer(world, 'korenaar'));
  await course.start({ start: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) });
  await course.setUp();
  await course.agreeOnMapping();
  await course.implement();
  await course.test();
  const { onboardingId } = await course.state();
  const { customer, contacts } = course.added;
  const people = { customer, onboardingId, theirs: contacts.boss, ours: contacts.manager };
  const releases = new ReleaseCourse(world, people);
  const number = await releases.plan({ watchRuns: 0 });
  await course.release();

  const begun = await course.until('begun the release', ({ problems }) => problems.length > 0);
  expect(begun.problems[0]?.text).toContain(`Release ${number} is under way`);
  const release = releases.follow(number);
  const { checklist } = await release.reached('checked', (progress) => progress.checklist.length > 0);
  expect(checklist.filter(({ isOk }) => isOk).map(({ item }) => item)).toEqual(
    expect.arrayContaining(['mapping', 'access', 'delivery', 'schedule', 'contacts']),
  );
  await release.completeChecklist();
  const plan = (await release.reached('asked', ({ step }) => step === 'waiting for approval')).shown?.plan ?? 0;
  await expect(release.say('approve', { by: contacts.boss, plan })).rejects.toThrow(/carries the code/);
  await expect(release.say('approve', { by: contacts.boss, plan, code: '0000-0000' })).rejects.toThrow(
    /not the one|No code was mailed/,
  );
  await release.approve();
  await release.accept();
  expect(await release.release.result()).toMatchObject({ outcome: 'accepted', finishedWaves: 3 });
  expect(await course.handle.result()).toMatchObject({ status: 'done' });
  await until(async () => (await describeSchedule(world.temporal.client, customer))?.state.paused === false);
  const active = world.sandbox.control.state(course.added.networkEid).people.filter(({ xid }) => xid !== null);
  expect(active).toHaveLength(41);
}, 300_000);
