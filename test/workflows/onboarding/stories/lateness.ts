import { expect } from 'vitest';
import { EXAMPLE, OVERVIEW } from '../../../support/course.js';
import { planFrom } from '../../../support/timed-course.js';
import { finishInTime, mapInTime, setUpInTime, wholeInTime } from './smooth.js';
import type { Story } from './story.js';

export const smooth: Story = {
  customer: 'smooth',
  ends: 'done',
  async tell(course) {
    await wholeInTime(course);
    await course.expectDates({});
    expect(await course.reminders('example-record')).toEqual([]);
  },
};

/** An example that comes on day 5 instead of 2: nobody works faster than the plan has it, until somebody does. */
export const lateExample: Story = {
  customer: 'late-example',
  ends: 'done',
  async tell(course) {
    await course.begin();
    await course.on(1);
    await course.giveAccess();
    await course.upload(OVERVIEW, 'overview.txt');
    await course.deliver('structure-overview', { file: 'overview.txt' });
    await course.deliver('frequency', { time: '06:00' });
    await course.deliver('known-exceptions', { note: 'none' });
    await course.uploadRecord();
    await course.settleOpenChecks();
    await course.on(5);
    // Three days late, of which one is made up for: the contents are agreed two days after it, a day before they are needed.
    await course.expectDates({ 'record-contents': 7, ...planFrom(7, 2) });
    await course.expectShown({
      phase: 'setup',
      health: 'late',
      waitingOn: 'customer: HR manager',
      due: 2,
      goLive: 32,
    });
    expect(await course.reminders('example-record')).toEqual(
      course.remindersFor(2, 'customer', ['due', 'after', 'first']),
    );
    await course.upload(EXAMPLE, 'example.txt');
    await course.deliver('example-record', { file: 'example.txt' });
    await course.deliver('record-contents', { note: 'as in the example' });
    await course.settleOpenChecks();
    await mapInTime(course);
    await finishInTime(course);
    expect((await course.settled()).schedule.goLive).toBe(course.days.date(30));
  },
};

export const lateOverview: Story = {
  customer: 'late-overview',
  ends: 'done',
  async tell(course) {
    await course.begin();
    await course.on(1);
    await course.giveAccess();
    await course.upload(EXAMPLE, 'example.txt');
    await course.deliver('example-record', { file: 'example.txt' });
    await course.agreeInWords();
    await course.uploadRecord();
    await course.settleOpenChecks();
    await course.on(5);
    // A day late; what needs it has two days to spare.
    await course.expectDates({});
    await course.expectShown({ health: 'at risk', due: 3, goLive: 30 });
    await course.upload(OVERVIEW, 'overview.txt');
    await course.deliver('structure-overview', { file: 'overview.txt' });
    await course.settleOpenChecks();
    await course.expectDates({});
    await course.expectShown({ phase: 'mapping', health: 'on track', goLive: 30 });
    await mapInTime(course);
    await finishInTime(course);
    await course.expectDates({});
  },
};

/** A week without an answer, and what it is about waits for it. */
export const unanswered: Story = {
  customer: 'unanswered',
  // The clocks are put forward between the question and its answer.
  timeZone: 'America/New_York',
  ends: 'done',
  async tell(course) {
    const { manager, hr } = course.contacts;
    await course.begin();
    await setUpInTime(course);
    await course.on(6);
    await course.say('ask', { by: manager, to: hr, text: 'Where does head office belong?', about: 'mapping-feedback' });
    await course.expectShown({ openQuestions: 1, health: 'on track' });
    await course.agreeOnGroups();
    await course.propose();
    await course.on(11);
    await course.expectShown({ openQuestions: 1, waitingOn: 'customer: HR manager', due: 8 });
    await course.expectDates(planFrom(9, 3));
    await course.expectShown({ health: 'late', goLive: 33 });
    await course.say('answer', { question: 'q1', by: hr, recordedBy: manager, text: 'It is a location of its own.' });
    await course.expectShown({ openQuestions: 0 });
    expect(await course.reminders('q1')).toEqual(course.remindersFor(8, 'customer', ['due', 'after', 'first']));
    await course.approveMapping();
    await finishInTime(course, { rules: 14, test: 24, release: 29 });
  },
};
