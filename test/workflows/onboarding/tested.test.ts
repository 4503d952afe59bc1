import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { itemOf } from '../../../src/onboarding/state.js';
import { readTest } from '../../../src/store/tests.js';
import { EXAMPLE, Course, OVERVIEW } from '../../support/course.js';
import { addCustomer } from '../../support/customers.js';
import { csvOf, madeUpPeople, MAPPING } from '../../support/people.js';
import { ReleaseCourse } from '../../support/release-course.js';
import { schemasIn } from '../../support/testing.js';
import { openWorld, type World } from '../../support/world.js';

vi.setConfig({ testTimeout: 400_000 });

/** Several directors, since the last administrator of a network stays one, whatever the record says. */
const RECORD = csvOf([
  ...madeUpPeople(1, 36),
  ...madeUpPeople(37, 40).map((person) => ({ ...person, title: 'Director' })),
  { id: '41', status: 'Left' },
]);

let world: World;

beforeAll(async () => {
  world = await openWorld({ customer: 'other' });
  await world.startWorker();
}, 120_000);

afterAll(() => world.close());

async function implementation(slug: string): Promise<Course> {
  const course = new Course(world, await addCustomer(world, slug));
  await course.start({ start: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) });
  await course.setUp({ example: EXAMPLE, overview: OVERVIEW, record: RECORD });
  await course.agreeOnMapping();
  await course.implement();
  return course;
}

/** Neither its copy nor its tables are there any more. */
async function nothingIsLeftOf(course: Course, number: number): Promise<void> {
  const { copyEid, key, leftOver, tornDownAt } = await readTest(world.database, course.customer, number);
  expect({ key, leftOver, isRemoved: tornDownAt !== null }).toEqual({ key: null, leftOver: null, isRemoved: true });
  expect(world.sandbox.control.networks().map(({ eid }) => eid)).not.toContain(copyEid);
  expect((await schemasIn(world)).join()).not.toContain(course.customer);
}

test('the message "test" proves the mapping on a copy; its item settles by itself, and the release goes on from there', async () => {
  const course = await implementation('korenaar');
  const { boss, manager } = course.contacts;
  const number = await course.testOnCopy();
  expect(await course.refusal(course.say('test', { by: manager }))).toContain(`Test ${number} is under way`);
  expect(itemOf(await course.state(), 'test').state).toBe('open');

  await expect(course.approveTest(number, boss, number + 1)).rejects.toThrow(`and not test ${number + 1}`);
  expect(await course.approveTest(number, boss)).toContain('One approval is missing: of the side "speakap"');
  expect(await course.approveTest(number, manager)).toContain('approved by both sides');
  const settled = await course.until('settled the test', (state) => itemOf(state, 'test').state === 'checked');
  expect(itemOf(settled, 'test').finding).toContain('Approved by both sides. Nothing of it is left.');
  await nothingIsLeftOf(course, number);

  const { onboardingId } = settled;
  const people = { customer: course.added.customer, onboardingId, theirs: boss, ours: manager };
  const releases = new ReleaseCourse(world, people);
  const planned = await releases.plan({ watchRuns: 0 });
  await course.release();
  await course.until('begun the release', ({ problems }) => problems.length > 0);
  const release = releases.follow(planned);
  const { checklist } = await release.reached('checked', (progress) => progress.checklist.length > 0);
  expect(checklist.find(({ item }) => item === 'test')).toMatchObject({
    isOk: true,
    words: `test ${number} is approved, and everything of it removed`,
  });
  expect(checklist.find(({ item }) => item === 'mapping')).toMatchObject({ isOk: true });
  await release.completeChecklist();
  await release.approve();
  await release.accept();
  expect(await course.handle.result()).toMatchObject({ status: 'done' });
  const members = world.sandbox.control.state(course.added.networkEid).people.filter(({ xid }) => xid !== null);
  expect(members).toHaveLength(40);
});

test('a mapping that is replaced while its test runs: the test does not count, and its approval says nothing of the next', async () => {
  const course = await implementation('molen');
  const { boss, manager, engineer } = course.contacts;
  const older = await course.testOnCopy();
  await course.say('reopen', { item: 'final-mapping', by: manager, reason: 'a rule is missing' });
  await course.propose(MAPPING.replace('jobTitle: Title', 'jobTitle: Department'));
  await course.approveMapping();
  const version = (await course.state()).mapping.approvedVersion;
  await course.until('made it the active one', (state) => state.rehearsal?.version === version);

  await course.approveTest(older, boss);
  await course.approveTest(older, manager);
  const heard = await course.until('heard of its end', (state) => state.testing === undefined);
  const { state, finding } = itemOf(heard, 'test');
  expect(state).toBe('open');
  expect(finding).toContain(`It does not count: version ${version} of the mapping is approved instead.`);
  expect((await course.state()).release.status).toBe('none');
  await nothingIsLeftOf(course, older);

  const newer = await course.testOnCopy();
  expect(newer).toBe(older + 1);
  expect(await readTest(world.database, course.customer, newer)).toMatchObject({ mappingVersion: version });
  await expect(course.approveTest(newer, boss, older)).rejects.toThrow(
    `This is test ${newer} of molen, and not test ${older}`,
  );
  await expect(course.approveTest(older, boss)).rejects.toThrow('is not under way');
  await course.approveTest(newer, boss);
  await course.approveTest(newer, manager);
  await course.until('settled the test', (state) => itemOf(state, 'test').state === 'checked');
  await nothingIsLeftOf(course, newer);
  await course.say('cancel', { by: engineer, reason: 'enough was seen' });
});
