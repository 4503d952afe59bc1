import type { TimedCourse } from '../../../support/timed-course.js';

/** Week 1 as promised. */
export async function setUpInTime(course: TimedCourse): Promise<void> {
  await course.on(1);
  await course.giveAccess();
  await course.handOverFiles();
  await course.settleOpenChecks();
  await course.on(3);
  await course.agreeInWords();
  await course.uploadRecord();
  await course.settleOpenChecks();
}

/** Week 2 as promised. */
export async function mapInTime(course: TimedCourse, days = { groups: 7, concept: 7, approval: 8 }): Promise<void> {
  await course.on(days.groups);
  await course.agreeOnGroups();
  await course.on(days.concept);
  await course.propose();
  await course.on(days.approval);
  await course.approveMapping();
}

/** Weeks 3 to 6, from an approved mapping on. */
export async function finishInTime(course: TimedCourse, days = { rules: 13, test: 24, release: 29 }): Promise<void> {
  await course.on(days.rules);
  await course.implement();
  await course.on(days.test);
  await course.test();
  await course.on(days.release);
  await course.release();
}

/** Everything as promised: the six weeks of the timeline. */
export async function wholeInTime(course: TimedCourse): Promise<void> {
  await course.begin();
  await setUpInTime(course);
  await mapInTime(course);
  await finishInTime(course);
}
