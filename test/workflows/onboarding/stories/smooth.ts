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
  await course.on(7);
  await course.agreeOnGroups();
  await course.propose();
  await course.on(9);
  await course.approveMapping();
  await finishInTime(course);
}
