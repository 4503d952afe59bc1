import { expect } from 'vitest';
import { conceptLines } from '../../../../src/report/concept-lines.js';
import { MAPPING } from '../../../support/people.js';
import type { TimedCourse } from '../../../support/timed-course.js';
import { finishInTime, mapInTime, setUpInTime } from './smooth.js';
import type { Story } from './story.js';

const otherMapping = (comment: string): string => `# ${comment}\n${MAPPING}`;

/** Three concepts, with comments on each, two of them rejected; and a late approval of an old one. */
export const iterations: Story = {
  customer: 'iterations',
  ends: 'done',
  async tell(course) {
    const { hr, manager } = course.contacts;
    await course.begin();
    await setUpInTime(course);
    await course.on(6);
    await course.agreeOnGroups();
    const first = await course.propose();
    await course.expectShown({ phase: 'mapping', iteration: 1, waitingOn: 'customer: HR manager' });
    const code = await course.code('mapping', first, hr);
    const line = await firstLine(course, 1);
    const comment = { version: first, line, by: hr, recordedBy: manager, text: 'The job title is another column.' };
    expect(await course.sayToConcept('comment', comment)).toContain(line);
    const unknown = await course.refusal(course.sayToConcept('comment', { ...comment, line: 'X99' }));
    expect(unknown).toContain('has no line');
    const reject = { subject: 'mapping', by: hr, recordedBy: manager, reason: 'see the comments' } as const;
    await course.sayToConcept('reject', { ...reject, version: first });

    await course.on(7);
    const second = await course.propose(otherMapping('the second concept'));
    await course.sayToConcept('comment', { ...comment, version: second });
    await course.sayToConcept('reject', { ...reject, version: second });
    await course.on(8);
    const third = await course.propose(otherMapping('the third concept'));
    await course.expectShown({ iteration: 3 });
    const late = { subject: 'mapping', version: first, by: hr, recordedBy: manager, code } as const;
    expect(await course.refusal(course.sayToConcept('approve', late))).toContain('is not open any more');
    await course.signal('approve', late);
    await course.expectRefused('approve', `Version ${first} of "mapping" is not open any more`);
    await course.approveMapping();
    await finishInTime(course);
    const concepts = await course.world.database.prisma.concept.findMany({
      where: { onboarding: { customerId: course.customer } },
      orderBy: { iteration: 'asc' },
      include: { comments: true },
    });
    expect(concepts.map(({ result, mappingVersion, comments }) => [mappingVersion, result, comments.length])).toEqual([
      [first, 'changes requested', 1],
      [second, 'changes requested', 1],
      [third, 'approved', 0],
    ]);
  },
};

/** Somebody who may not approve, one person as two, and a code that is guessed. */
export const wrongApprovals: Story = {
  customer: 'wrong-approvals',
  ends: 'done',
  async tell(course) {
    const { hr, it, boss, manager, engineer } = course.contacts;
    await course.begin();
    await setUpInTime(course);
    await course.on(6);
    await course.agreeOnGroups();
    const version = await course.propose();
    const approve = { subject: 'mapping', version } as const;
    const refusal = (by: string, code: string): Promise<string> =>
      course.refusal(course.sayToConcept('approve', { ...approve, by, code }));
    expect(await refusal(it, 'AAAA-2222')).toContain('may not approve');
    await course.approve('mapping', version, manager);
    expect(await refusal(manager, await course.code('mapping', version, manager))).toContain('four eyes');
    expect(await refusal('c-nobody', 'AAAA-2222')).toContain('There is no contact');
    expect(await refusal(engineer, await course.code('mapping', version, manager))).toContain('not the one');
    await course.approve('mapping', version, hr);
    expect(await refusal(boss, await course.code('mapping', version, boss))).toContain('has approved already');

    // Guessed five times, the right one does not count any more either.
    for (let guess = 0; guess < 5; guess += 1) await refusal(engineer, `AAAA-222${guess + 2}`);
    expect(await refusal(engineer, await course.code('mapping', version, engineer))).toContain('too often');
    expect((await course.settled()).mapping.status).toBe('open');
    await course.on(7);
    await course.propose(otherMapping('with new codes'));
    await course.approveMapping();
    await finishInTime(course);
  },
};

export const groupsRejected: Story = {
  customer: 'groups-rejected',
  ends: 'done',
  async tell(course) {
    const { hr, boss, manager, engineer } = course.contacts;
    await course.begin();
    await setUpInTime(course);
    await course.on(6);
    await course.until('planned the groups', ({ groups }) => groups.status === 'open');
    const code = await course.code('groups', 1, boss);
    await course.approve('groups', 1, engineer);
    await course.say('reject', {
      subject: 'groups',
      version: 1,
      by: hr,
      recordedBy: manager,
      reason: 'one is missing',
    });
    await course.say('retry', { item: 'groups', by: engineer });
    await course.until('planned the groups again', ({ groups }) => groups.status === 'open' && groups.version === 2);
    const late = await course.refusal(course.say('approve', { subject: 'groups', version: 1, by: boss, code }));
    expect(late).toContain('not open any more');
    await mapInTime(course);
    await finishInTime(course);
    // What was approved of the first plan did not count for the second, and nothing of the first was done.
    const runs = await course.world.database.prisma.run.findMany({
      where: { customerId: course.customer, kind: 'live' },
      orderBy: { id: 'asc' },
    });
    expect(runs.map(({ status }) => status)).toEqual(['rejected', 'done']);
  },
};

/** A rule that is not agreed on holds up nothing else, and is named up to the release. */
export const ruleLeftOut: Story = {
  customer: 'rule-left-out',
  ends: 'done',
  async tell(course) {
    const { engineer } = course.contacts;
    await course.begin();
    await setUpInTime(course);
    await mapInTime(course);
    await course.on(13);
    const early = await course.refusal(course.say('check', { item: 'test', by: engineer }));
    expect(early).toContain('cannot be checked off yet');
    await course.say('leaveOut', { item: 'rule-roles', by: engineer, reason: 'agreed for after release' });
    expect(await course.refusal(course.say('leaveOut', { item: 'test', by: engineer, reason: 'no time' }))).toContain(
      'only business rules can',
    );
    await finishInTime(course);
    const { release } = await course.settled();
    expect(release.words).toContain('Left out: rule-roles (agreed for after release).');
    expect(await course.ended()).toBe('done');
    expect((await course.handle.result()).words).toContain('Left out: rule-roles (agreed for after release).');
  },
};

async function firstLine(course: TimedCourse, iteration: number): Promise<string> {
  const concept = await course.world.database.prisma.concept.findFirstOrThrow({
    where: { onboarding: { customerId: course.customer }, iteration },
  });
  const [line] = conceptLines(concept);
  if (line === undefined) throw new Error('The concept has no lines.');
  return line.id;
}
