import { expect } from 'vitest';
import { PLAN } from '../../../support/timed-course.js';
import { finishInTime, mapInTime, setUpInTime } from './smooth.js';
import { EXAMPLE } from '../../../support/course.js';
import type { TimedCourse } from '../../../support/timed-course.js';
import type { Story } from './story.js';

/** Two weeks in which nothing is expected of anybody. */
export const paused: Story = {
  customer: 'paused',
  ends: 'done',
  async tell(course) {
    const { manager, engineer } = course.contacts;
    await course.begin();
    await setUpInTime(course);
    await course.on(7);
    await course.agreeOnGroups();
    await course.propose();
    await course.on(8, '08:00');
    await course.say('pause', { by: manager, reason: 'the customer moves house' });
    await course.expectShown({ health: 'paused', waitingOn: null });
    expect(await course.refusal(course.say('pause', { by: manager, reason: 'again' }))).toContain('paused already');
    await course.on(12);
    await course.expectShown({ health: 'paused', phase: 'mapping' });
    const events = (await course.handle.describe()).historyLength;
    await course.on(18, '08:00');
    // A day of a pause is a few lines, however long it lasts.
    expect((await course.handle.describe()).historyLength - events).toBeLessThan(60);
    await course.say('resume', { by: engineer });
    const open = Object.entries(PLAN).filter(([id, day]) => day >= 8 && id !== 'groups');
    await course.expectDates(Object.fromEntries(open.map(([id, day]) => [id, day + 10])));
    await course.expectShown({ phase: 'mapping', goLive: 40 });
    expect((await course.settled()).schedule.reason).toContain('paused');
    await course.on(18);
    await course.approveMapping();
    await finishInTime(course, { rules: 23, test: 34, release: 39 });
  },
};

/** A date that a person sets takes along what needs it, and nothing else. */
export const moved: Story = {
  customer: 'moved',
  // When the clocks in Europe were put forward already.
  startsAfterWeeks: 4,
  ends: 'done',
  async tell(course) {
    const { manager, hr } = course.contacts;
    await course.begin();
    await course.on(1);
    const move = { item: 'structure-overview', by: manager, reason: 'asked for by the customer' };
    const to = course.days.date(5);
    expect(await course.say('move', { ...move, to })).toContain(to);
    await course.expectDates({ 'structure-overview': 5 });
    expect(await course.refusal(course.say('move', { ...move, to: course.days.date(0) }))).toContain('is past');
    expect(await course.refusal(course.say('move', { ...move, by: hr, to }))).toContain("is Speakap's");
    await setUpInTime(course);
    await mapInTime(course);
    await course.on(13);
    await course.implement();
    await course.say('move', { ...move, item: 'test', to: course.days.date(29) });
    await course.expectDates({ 'structure-overview': 5, test: 29, 'finalised-user-sync': 34 });
    await course.expectShown({ health: 'late', goLive: 34 });
    expect((await course.settled()).schedule.reason).toMatch(
      /Go-live moves from .* \(4 working days\): .* was moved from/,
    );
    await course.on(28);
    await course.test();
    await course.on(33);
    await course.release();
  },
};

/** Free days in the middle, on which plans, questions and moved dates would fall. */
export const holidays: Story = {
  customer: 'holidays',
  holidays: (date) => [date(2), date(9), date(10), date(26)],
  ends: 'done',
  async tell(course) {
    const { manager, hr } = course.contacts;
    const free = course.days.holidays[0] ?? '';
    await course.begin();
    await course.expectDates({});
    await course.on(1);
    const question = { by: manager, to: hr, text: 'Who signs?', about: 'known-exceptions', due: free };
    await course.say('ask', question);
    await course.expectShown({ openQuestions: 1, due: 2 });
    await course.say('move', { item: 'structure-overview', by: manager, to: free, reason: 'sooner' });
    await course.expectDates({ 'structure-overview': 2 });
    await course.say('answer', { question: 'q1', by: hr, recordedBy: manager, text: 'The director.' });
    await setUpInTime(course);
    await mapInTime(course);
    await finishInTime(course);
    await course.expectDates({ 'structure-overview': 2 });
  },
};

/** Half a day ahead, where the clocks go back meanwhile. */
export const australian: Story = {
  customer: 'australian',
  timeZone: 'Australia/Sydney',
  ends: 'done',
  tell: wholeWithReminders,
};

/** A zone of three quarters of an hour. */
export const nepalese: Story = {
  customer: 'nepalese',
  timeZone: 'Asia/Kathmandu',
  ends: 'done',
  tell: wholeWithReminders,
};

/** All phases in a week: whatever is late is late for all. */
export const short: Story = {
  customer: 'short',
  ends: 'done',
  async tell(course) {
    const durations = { setup: 1, mapping: 1, implementation: 1, testing: 1, release: 1 };
    const plan = Object.fromEntries(Object.entries(PLAN).map(([id, day]) => [id, weekOf(day)]));
    await course.begin({ durations });
    await course.expectDates({}, plan);
    await course.on(1);
    await course.giveAccess();
    await course.handOverFiles('');
    await course.agreeInWords();
    await course.uploadRecord();
    await course.settleOpenChecks();
    await course.on(4);
    const late = Object.fromEntries(Object.entries(plan).flatMap(([id, day]) => (day > 1 ? [[id, day + 3]] : [])));
    await course.expectDates({ ...late, 'record-contents': 4 }, plan);
    await course.expectShown({ phase: 'setup', health: 'late', goLive: 8 });
    const { schedule } = await course.settled();
    expect(schedule.reason).toMatch(
      /\(3 working days\): the example of the employee record of the customer is 3 days late/,
    );
    await course.upload(EXAMPLE, 'example.txt');
    await course.deliver('example-record', { file: 'example.txt' });
    await course.settleOpenChecks();
    await mapInTime(course, { groups: 5, concept: 5, approval: 5 });
    await finishInTime(course, { rules: 6, test: 7, release: 8 });
    await course.expectDates({ ...late, 'record-contents': 4 }, plan);
  },
};

/** On the clocks of the customer, whatever they do meanwhile. */
async function wholeWithReminders(course: TimedCourse): Promise<void> {
  await course.begin();
  await setUpInTime(course);
  await mapInTime(course);
  await course.on(13);
  await course.implement();
  await course.on(26, '09:00');
  await course.expectShown({ phase: 'testing', health: 'late', due: 25, goLive: 31 });
  expect(await course.reminders('test')).toEqual(course.remindersFor(25, 'speakap', ['before', 'due']));
  await course.test();
  await course.on(30, '16:00');
  await course.expectShown({ phase: 'release', due: 31, goLive: 31, waitingOn: 'customer: HR manager' });
  expect(await course.reminders('finalised-user-sync')).toEqual(course.remindersFor(31, 'customer', ['before']));
  await course.release();
}

/** The day of a phase that takes one. */
function weekOf(day: number): number {
  if (day <= 5) return 1;
  if (day <= 10) return 2;
  if (day <= 20) return 3;
  return day <= 25 ? 4 : 5;
}
