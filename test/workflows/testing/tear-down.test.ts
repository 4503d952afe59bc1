import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SweepResult } from '../../../src/workflows/testing/sweep-tests.js';
import type { testOnCopy } from '../../../src/workflows/testing/test-on-copy.js';
import { csvOf, madeUpPeople, MAPPING } from '../../support/people.js';
import { copiesIn, schemasIn, TestBench } from '../../support/testing.js';
import { until } from '../../support/until.js';
import { openWorld, type World } from '../../support/world.js';

let world: World;
let bench: TestBench;

beforeEach(async () => {
  world = await openWorld();
  await world.startWorker();
  bench = await TestBench.of(world, MAPPING, csvOf(madeUpPeople(1001, 1040)));
});

afterEach(async () => {
  await bench.close();
  await world.close();
});

/** Lets the sweeper think that the test began long ago. */
async function sweep(): Promise<SweepResult> {
  await world.database.pool.query(`UPDATE test SET started_at = started_at - interval '1 hour'`);
  const { client } = world.temporal;
  return client.workflow.execute<() => Promise<SweepResult>>('sweepTests', {
    taskQueue: world.config.taskQueue,
    workflowId: `sweep-${Math.random()}`,
    args: [],
  });
}

async function nothingIsThere(): Promise<void> {
  expect(await schemasIn(world)).toEqual([]);
  expect(copiesIn(world)).toEqual([]);
}

test('what a person changed in the copy is found with person and rule; such a test can only be rejected', async () => {
  const begun = await bench.begin();
  await until(async () => (await begun.progress()).steps.some(({ step }) => step === 'activation test'), 120, 100);
  // The whole department: any one of it may be gone on the following day, and back with all memberships on the third.
  const network = await (await begun.space()).network();
  const department = (await network.groups()).find(({ group }) => group.kind === 'department')?.eid;
  if (department === undefined) throw new Error('The copy has no department.');
  const members = [];
  for await (const page of network.groupMemberships(department)) members.push(...page.map(({ user }) => user));
  expect(members.length).toBeGreaterThan(2);
  for (const user of members) await network.leave(user, [department]);
  const { problem, checks } = await begun.toItsDecision();
  expect(problem).toContain('differences between what is expected and what the copy shows');
  expect(checks.filter(({ differences }) => differences > 0).map(({ check }) => check)).toContain('changes-applied-2');
  await expect(begun.decide('c-hr')).rejects.toThrow('cannot be approved');
  await begun.decide('c-hr', false, { comment: 'somebody lacks a department' });
  expect(await begun.started.result()).toMatchObject({ outcome: 'rejected', isRemoved: true });
  expect((await begun.row()).problem).toContain('Back to the mapping. c-hr: somebody lacks a department');
  await nothingIsThere();
  expect((await bench.begin()).number).toBe(2);
}, 300_000);

test('a terminated test is removed by the sweeper; a row planted elsewhere is reported, and blocks until somebody clears it', async () => {
  const begun = await bench.begin();
  await begun.toItsDecision();
  const { schema } = await begun.row();
  await world.database.pool.query(
    `INSERT INTO record SELECT customer_id, xid, 'planted', 1, NULL FROM "${schema}".link LIMIT 1;
     UPDATE record r SET fields = l.written FROM "${schema}".link l WHERE r.row_hash = 'planted' AND l.xid = r.xid`,
  );
  await world.temporal.client.workflow.getHandle(`test/${world.customer}/1`).terminate('by hand');
  const { left } = await sweep();
  expect(left.join()).toMatch(/1 rows in the table (public\.)?record/);
  expect(await begun.row()).toMatchObject({ status: 'failed', tornDownAt: null });
  await nothingIsThere();
  // Again the same, and no other test is begun meanwhile.
  expect((await sweep()).left).toHaveLength(1);
  await expect(bench.begin()).rejects.toThrow('is under way, or something of it is still there');

  await world.database.pool.query(`DELETE FROM record WHERE row_hash = 'planted'`);
  await world.database.pool.query(`UPDATE test SET census = census || '{"outside": []}'::jsonb, left_over = NULL`);
  expect(await sweep()).toMatchObject({ removed: 1, left: [] });
  expect(await begun.row()).toMatchObject({ key: null, leftOver: null });
}, 300_000);

test('a copy whose answer was lost may be there: the test fails, and it is told until somebody has looked', async () => {
  world.sandbox.control.addFault({
    method: 'POST',
    network: world.networkEid,
    path: '/copies/',
    kind: 'reset_after',
    times: 1,
  });
  const begun = await bench.begin();
  await until(async () => (await begun.progress()).leftOver !== null, 120, 200);
  const { problem, leftOver } = await begun.progress();
  expect(`${problem} ${leftOver}`).toContain('a copy of the network named "usersync test 1 of korenaar" was asked for');
  expect(copiesIn(world)).toHaveLength(1);
  expect(await schemasIn(world)).toEqual([]);
}, 200_000);

test('an onboarding that ends takes no test with it, and a cancelled test removes itself', async () => {
  const begun = await bench.begin();
  await until(async () => (await begun.progress()).step === 'activation test', 120, 100);
  await world.temporal.client.workflow.getHandle<typeof testOnCopy>(`test/${world.customer}/1`).cancel();
  expect(await begun.started.result()).toMatchObject({ outcome: 'canceled', isRemoved: true });
  await nothingIsThere();
}, 200_000);
