import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readTest } from '../../../src/store/tests.js';
import { Change, CONTACTS, openReleasedWorld, refusalOf } from '../../support/change.js';
import { MAPPING } from '../../support/people.js';
import { copiesIn, schemasIn } from '../../support/testing.js';
import { until } from '../../support/until.js';
import type { World } from '../../support/world.js';

vi.setConfig({ testTimeout: 300_000 });

const { hr, boss, manager, engineer } = CONTACTS;

/** Whoever was in a shop of the record is in one of two regions. */
function regions(north: string): string {
  return MAPPING.replace(
    '- businessUnit: { column: Unit }',
    `- businessUnit: { name: ${north} }\n    when: Unit == "Unit 0"\n  - businessUnit: { name: South }\n    when: Unit != "Unit 0"`,
  );
}

/** A small change: one department more. */
const COUNTER = MAPPING.replace('roles:', '  - department: { name: Counter }\n    when: Unit == "Unit 1"\nroles:');

let world: World;

beforeAll(async () => {
  world = await openReleasedWorld();
}, 120_000);

afterAll(() => world.close());

async function structural(): Promise<Change> {
  const change = await Change.file(world, { kind: 'structure', text: 'Regions take the place of shops.' });
  await change.say('people', { become: 'move', by: hr, text: 'They are in a region then.' });
  return change;
}

async function testIsGone(number: number): Promise<void> {
  await until(async () => (await readTest(world.database, world.customer, number)).tornDownAt !== null, 60, 200);
  expect(await schemasIn(world)).toEqual([]);
  expect(copiesIn(world)).toEqual([]);
}

async function statusOf(version: number): Promise<string> {
  const { status } = await world.database.prisma.mapping.findFirstOrThrow({ where: { version } });
  return status;
}

function namesInNetwork(): readonly (string | undefined)[] {
  return world.network().groups.map(({ name }) => name);
}

test('a test that is rejected sends the version back with the reason; the next version has the next test', async () => {
  const change = await structural();
  const first = await change.propose(regions('Nord'));
  await change.approve(first);
  expect((await change.state()).step).toBe('testing');
  const rejected = await change.reportOfTest(first);
  await change.rejectTest(rejected, boss, 'we say North');
  const { events } = await change.until('was sent back', ({ step }) => step === 'mapping');
  expect(events.map(({ text }) => text).join()).toContain(`Rejected by ${boss}: we say North`);
  await until(async () => (await statusOf(first)) === 'retired');
  expect(await readTest(world.database, world.customer, rejected)).toMatchObject({ status: 'rejected' });
  await testIsGone(rejected);
  expect(await refusalOf(change.say('test', { by: engineer }))).toContain('was sent back');

  const second = await change.propose(regions('North'));
  const next = await change.reportOfTest(second);
  expect(next).toBe(rejected + 1);
  // An approval of the older test counts for nothing.
  expect(await refusalOf(change.approveTest(rejected, boss))).toContain('is not under way');
  await change.say('withdraw', { by: hr, reason: 'the shops stay' });
  // It is over when everything of its test is removed.
  expect(await change.handle.result()).toMatchObject({ status: 'withdrawn' });
  const stopped = await readTest(world.database, world.customer, next);
  expect(stopped).toMatchObject({ status: 'canceled', key: null, leftOver: null });
  expect(stopped.problem).toContain(`Stopped by change ${change.number}.`);
  await testIsGone(next);
  expect(await statusOf(second)).toBe('retired');
  expect(await world.database.prisma.approvalCode.count({ where: { usedAt: null } })).toBe(0);
  expect(namesInNetwork()).not.toContain('North');
});

test('withdrawn while the record is being anonymised: the test stops, and nothing of it is left', async () => {
  const change = await structural();
  const version = await change.propose(regions('North'));
  const { testing } = await change.until('began its test', (state) => state.testing !== undefined);
  await change.say('withdraw', { by: hr, reason: 'the shops stay' });
  expect(await change.handle.result()).toMatchObject({ status: 'withdrawn' });
  await testIsGone(testing?.number ?? 0);
  expect(await statusOf(version)).toBe('retired');
});

test('a newer version ends the test of the older one, whose approval does not count for it', async () => {
  const change = await structural();
  const older = await change.propose(regions('Nord'));
  const before = await change.reportOfTest(older);
  await change.approveTest(before, hr);
  const newer = await change.draft(regions('North'));
  const proposing = change.say('propose', { version: newer, by: engineer });
  // Whoever approves at the last moment approves the older version.
  await refusalOf(change.approveTest(before, manager));
  await proposing;
  await change.approve(newer);
  const after = await change.reportOfTest(newer);
  expect(after).toBe(before + 1);
  expect(await change.state()).toMatchObject({ step: 'testing', test: null });
  expect(namesInNetwork()).not.toContain('North');
  expect(await refusalOf(change.approveTest(before, manager))).toContain('is not under way');
  await change.say('withdraw', { by: hr, reason: 'the shops stay' });
  await change.handle.result();
  await testIsGone(after);
});

test('a small change is tested when somebody asks for it, and is then applied after the test alone', async () => {
  const change = await Change.file(world, { kind: 'add-department', text: 'The counter is a department.' });
  const version = await change.propose(COUNTER);
  expect((await change.state()).testing).toBeUndefined();
  expect(await change.say('test', { by: engineer })).toMatch(
    /Test \d+ of version \d+ is under way: test\/korenaar\/\d+/,
  );
  await change.approve(version);
  expect((await change.state()).step).toBe('testing');
  const number = await change.reportOfTest(version);
  expect(namesInNetwork()).not.toContain('Counter');
  await change.approveTest(number, hr);
  await change.approveTest(number, manager);
  expect(await change.handle.result()).toMatchObject({ status: 'done' });
  expect(namesInNetwork()).toContain('Counter');
});

test('something of the test that cannot be removed blocks the application, and says so, until it is gone', async () => {
  const change = await structural();
  const version = await change.propose(regions('North').replace('jobTitle: Title', 'jobTitle: Department'));
  await change.approve(version);
  const number = await change.reportOfTest(version);
  const { schema } = await readTest(world.database, world.customer, number);
  await world.database.pool.query(
    `INSERT INTO record SELECT customer_id, xid, 'planted', 1, NULL FROM "${schema}".link LIMIT 1;
     UPDATE record r SET fields = l.written FROM "${schema}".link l WHERE r.row_hash = 'planted' AND l.xid = r.xid`,
  );
  await change.approveTest(number, hr);
  await change.approveTest(number, manager);
  const blocked = await change.until('was blocked', ({ problems }) => problems.some(({ about }) => about === 'test'));
  expect(blocked).toMatchObject({ step: 'testing', test: null });
  expect(blocked.problems[0]?.text).toContain(`Version ${version} is not applied before that`);
  expect(blocked.problems[0]?.text).toMatch(/1 rows in the table (public\.)?record/);
  expect(namesInNetwork()).not.toContain('North');

  await world.database.pool.query(`DELETE FROM record WHERE row_hash = 'planted'`);
  await world.database.pool.query(`UPDATE test SET census = census || '{"outside": []}'::jsonb, left_over = NULL`);
  expect(await change.handle.result()).toMatchObject({ status: 'done' });
  expect(namesInNetwork()).toContain('North');
  await testIsGone(number);
});
