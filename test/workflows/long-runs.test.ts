import { afterEach, expect, test } from 'vitest';
import { saveSelection } from '../../src/store/holds.js';
import { decide } from '../../src/temporal/runs.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { until } from '../support/until.js';
import { openWorld, type World } from '../support/world.js';

const HISTORY_EVENTS = 40;
/** After the threshold a run still ends its round and gives its lease back. */
const BEYOND = 40;

let world: World;

afterEach(() => world.close());

async function openSmallHistories(batchSize = '4'): Promise<void> {
  world = await openWorld({ env: { USERSYNC_BATCH_SIZE: batchSize, USERSYNC_HISTORY_EVENTS: String(HISTORY_EVENTS) } });
  await world.useMapping(MAPPING);
  await world.startWorker();
}

interface Execution {
  readonly runId: string;
  readonly events: number;
}

/** All executions of the customer's sync, a chain that continues as new being several, oldest first. */
async function executions(): Promise<readonly Execution[]> {
  const query = `WorkflowId = "daily-sync/${world.customer}"`;
  const found: (Execution & { readonly startTime: Date })[] = [];
  for await (const { runId, startTime, historyLength } of world.temporal.client.workflow.list({ query })) {
    found.push({ runId, startTime, events: historyLength });
  }
  return found.sort((a, b) => a.startTime.getTime() - b.startTime.getTime());
}

function activePeople(): number {
  return world.network().people.filter(({ xid, active }) => xid !== null && active).length;
}

test('a run too long for one history goes on in new ones, each short, and ends as any other', async () => {
  await openSmallHistories();
  const people = madeUpPeople(1, 40);
  await world.deliver(csvOf(people));
  const run = await world.start('live');
  expect(await run.result()).toMatchObject({ run: 1, status: 'done', failed: 0, held: 0, problem: null });

  const report = world.network();
  const shown = report.people.filter(({ xid }) => xid !== null);
  expect(shown.map(({ xid }) => xid).sort()).toEqual(people.map(({ id }) => id).sort());
  expect(shown.every(({ groups, active, invited }) => groups.length === 2 && active && invited)).toBe(true);
  expect(Object.values(report.invitationsByAddress).every((times) => times === 1)).toBe(true);
  expect(await changesBy('done')).toBe(await changesBy(null));

  const chain = await executions();
  expect(chain.length).toBeGreaterThan(3);
  expect(Math.max(...chain.map(({ events }) => events))).toBeLessThan(HISTORY_EVENTS + BEYOND);
  const { rows } = await world.database.pool.query('SELECT number, status, problem FROM run');
  expect(rows).toEqual([{ number: 1, status: 'done', problem: null }]);
  await expectProgressKept(run);
});

/** What the project manager reads after the last history tells of the whole run. */
async function expectProgressKept(run: Awaited<ReturnType<World['start']>>): Promise<void> {
  const known = await run.progress();
  expect(known?.steps.map(({ step }) => step)).toEqual(['fetch', 'read', 'plan', 'verify']);
  expect(known?.kinds.every(({ planned, done }) => planned === done)).toBe(true);
  const described = await world.temporal.client.workflow.getHandle(run.workflowId).describe();
  expect(described.searchAttributes).toMatchObject({
    Customer: [world.customer],
    Manager: ['pm-1'],
    Phase: ['daily sync: reported'],
    Health: ['on track'],
  });
}

test('approved changes go on in new histories, too, and what one of them decided is not forgotten', async () => {
  await openSmallHistories();
  await world.deliver(csvOf(madeUpPeople(1, 40)));
  await (await world.start('live')).result();
  const before = (await executions()).length;
  await world.deliver(csvOf(madeUpPeople(31, 45)));
  const run = await world.start('live');
  await until(async () => (await run.progress())?.step === 'waiting for approval');
  await decide(world.temporal.client, world.customer, { by: 'pm-1', comment: 'the shop is sold' }, true);
  expect(await run.result()).toMatchObject({ run: 2, status: 'done', failed: 0, held: 0 });
  expect(activePeople()).toBe(15);
  expect((await executions()).length).toBeGreaterThan(before + 1);
  expect((await run.progress())?.approvals).toEqual([{ by: 'pm-1', comment: 'the shop is sold' }]);
});

test('people who are decided about one by one do not fill one history either', async () => {
  await openSmallHistories('50');
  await world.deliver(csvOf(madeUpPeople(1, 40)));
  await (await world.start('live')).result();
  await world.deliver(csvOf(madeUpPeople(31, 45)));
  const run = await world.start('live');
  const waits = () => until(async () => (await run.progress())?.step === 'waiting for approval');
  await waits();
  const { runId: id = 0, number = 0 } = (await run.progress()) ?? {};
  for (const { id: xid } of madeUpPeople(1, 8)) {
    const selection = await saveSelection(world.database, { id, number }, { xids: [xid], by: 'pm-1', comment: 'left' });
    await decide(world.temporal.client, world.customer, { by: 'pm-1', run: number, selection }, true);
    await until(async () => (await run.progress())?.approvals.some((each) => each.selection === selection) ?? false);
    await waits();
  }
  expect(activePeople()).toBe(37);
  await decide(world.temporal.client, world.customer, { by: 'pm-1', comment: 'the shop is sold' }, false);
  expect(await run.result()).toMatchObject({ status: 'done', failed: 0, held: 0 });
  expect((await run.progress())?.approvals).toHaveLength(9);
  const chain = await executions();
  expect(chain.length).toBeGreaterThan(8);
  // The first of it has also planned.
  expect(Math.max(...chain.map(({ events }) => events))).toBeLessThan(3 * HISTORY_EVENTS + BEYOND);
}, 120_000);

test('ten thousand changes are one history of less than 500 events', async () => {
  world = await openWorld();
  await world.useMapping(MAPPING);
  await world.startWorker();
  await world.deliver(csvOf(madeUpPeople(1, 3_400)));
  const run = await world.start('live');
  const result = await run.result();
  expect(result).toMatchObject({ status: 'done', failed: 0 });
  const [only, ...others] = await executions();
  console.log(`${result.done} changes of 3,400 people: ${only?.events} events`);
  expect(others).toEqual([]);
  expect(result.done).toBeGreaterThan(10_000);
  expect(only?.events).toBeLessThan(500);
}, 120_000);

async function changesBy(status: string | null): Promise<number> {
  const { rows } = await world.database.pool.query<{ changes: number }>(
    'SELECT count(*) AS changes FROM change WHERE $1::text IS NULL OR status::text = $1',
    [status],
  );
  return rows[0]?.changes ?? 0;
}
