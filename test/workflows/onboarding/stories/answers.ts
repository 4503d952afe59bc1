import { expect } from 'vitest';
import { EXAMPLE, OVERVIEW, PICTURE } from '../../../support/course.js';
import { planFrom } from '../../../support/timed-course.js';
import { finishInTime, mapInTime, setUpInTime } from './smooth.js';
import type { Story } from './story.js';

/** What the customer asks is Speakap's delay. */
export const askedByCustomer: Story = {
  customer: 'asked-by-customer',
  ends: 'done',
  async tell(course) {
    const { manager, engineer, hr } = course.contacts;
    await course.begin();
    await setUpInTime(course);
    await course.on(4);
    const question = { to: engineer, text: 'Can a shop have two names?', about: 'groups' };
    expect(await course.say('ask', { by: hr, recordedBy: manager, ...question })).toContain('q1');
    await course.on(7);
    await course.expectShown({
      openQuestions: 1,
      health: 'at risk',
      waitingOn: 'speakap: implementation engineer',
      due: 6,
    });
    const refusal = await course.refusal(course.say('answer', { question: 'q1', by: hr, text: 'Perhaps.' }));
    expect(refusal).toContain("is Speakap's");
    await course.say('answer', { question: 'q1', by: engineer, text: 'It can.' });
    expect(await course.reminders('q1')).toEqual(course.remindersFor(6, 'speakap', ['due', 'after']));
    await mapInTime(course);
    await finishInTime(course);
    // A day late with the answer, and a day's work after it.
    await course.expectDates({ groups: 9 });
  },
};

/** A picture of a spreadsheet, then an overview of nothing, each answered at once with what is wrong. */
export const wrongFiles: Story = {
  customer: 'wrong-files',
  ends: 'done',
  async tell(course) {
    const { manager } = course.contacts;
    await course.begin();
    await course.on(1);
    await course.giveAccess();
    await course.upload(PICTURE, 'example.png');
    expect(await course.deliver('example-record', { file: 'example.png' })).toMatch(/picture/i);
    expect(await course.itemState('example-record')).toBe('open');
    const unchecked = await course.refusal(course.say('check', { item: 'example-record', by: manager }));
    expect(unchecked).toContain('not usable');
    await course.upload('Location\r\n\r\n', 'nothing.txt');
    await course.deliver('structure-overview', { file: 'nothing.txt' });
    expect(await course.itemState('structure-overview')).toBe('open');
    const missing = await course.refusal(course.deliver('structure-overview', { file: 'not-there.txt' }));
    expect(missing).toContain('Nothing was changed');

    await course.on(2);
    await course.expectShown({ phase: 'setup', waitingOn: 'customer: HR manager', due: 2 });
    await course.upload(EXAMPLE, 'example.txt');
    await course.deliver('example-record', { file: 'example.txt' });
    await course.on(3);
    // Handed over on the day before and not looked at: that is for Speakap to do.
    expect(await course.itemState('example-record')).toBe('delivered');
    expect(await course.reminders('example-record')).toEqual([
      ...course.remindersFor(2, 'customer', ['due']),
      ...course.remindersFor(2, 'speakap', ['after']),
    ]);
    await course.upload(OVERVIEW, 'overview.txt');
    await course.deliver('structure-overview', { file: 'overview.txt' });
    await course.agreeInWords();
    await course.uploadRecord();
    await course.settleOpenChecks();
    await mapInTime(course);
    await finishInTime(course);
  },
};

/** What was checked off in week 1 is opened again in week 2, and week 2 waits for it. */
export const reopened: Story = {
  customer: 'reopened',
  ends: 'done',
  async tell(course) {
    const { manager, engineer, hr } = course.contacts;
    await course.begin();
    await setUpInTime(course);
    await course.on(6);
    await course.expectShown({ phase: 'mapping' });
    await course.say('reopen', { item: 'record-contents', by: engineer, reason: 'a column was added' });
    await course.expectShown({ phase: 'setup', health: 'late', waitingOn: 'customer: HR manager', due: 4, goLive: 31 });
    await course.expectDates(planFrom(7, 1));
    const refusal = await course.refusal(course.say('propose', { version: 1, by: engineer }));
    expect(refusal).toContain('record-contents');
    await course.on(7, '15:00');
    await course.say('deliver', { item: 'record-contents', by: hr, recordedBy: manager, note: 'with a new column' });
    await course.say('check', { item: 'record-contents', by: engineer });
    await course.expectShown({ phase: 'mapping' });
    await mapInTime(course, { groups: 8, concept: 8, approval: 9 });
    await finishInTime(course);
    await course.expectDates({ 'concept-mapping': 9, 'mapping-feedback': 10, groups: 10 });
  },
};
