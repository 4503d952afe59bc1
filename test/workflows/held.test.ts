import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPersonData } from '../../src/store/people/person-data.js';
import { toXid } from '../../src/sync/ids.js';
import { decide } from '../../src/temporal/runs.js';
import { approveSignal } from '../../src/workflows/messages.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { until } from '../support/until.js';
import { openWorld, type World } from '../support/world.js';

let world: World;
const everybody = madeUpPeople(1, 60);

beforeAll(async () => {
  world = await openWorld();
  await world.useMapping(MAPPING);
  await world.startWorker();
  await world.deliver(csvOf(everybody));
  await (await world.start('live')).result();
});

afterAll(() => world.close());

function activePeople(): number {
  return world.network().people.filter(({ xid, active }) => xid !== null && active).length;
}

async function untilWaiting(run: Awaited<ReturnType<World['start']>>): Promise<void> {
  await until(async () => (await run.progress())?.step === 'waiting for approval');
}

test('feature 2: too many leavers are held while the rest goes on, and go when somebody approves', async () => {
  await world.deliver(csvOf([...everybody.slice(20), { id: '61' }]));
  const run = await world.start('live');
  await untilWaiting(run);
  expect(activePeople()).toBe(61);

  await expect(decide(world.temporal.client, world.customer, { by: 'pm-1', kind: 'create' }, true)).rejects.toThrow(
    /No change of the kind "create" is held/,
  );
  await expect(decide(world.temporal.client, world.customer, { by: ' ' }, true)).rejects.toThrow(/who takes it/);
  const handle = world.temporal.client.workflow.getHandle(run.workflowId);
  await handle.signal(approveSignal, { by: 'pm-1', kind: 'join' });
  await until(async () => (await run.progress())?.refusedMessages.length === 1);

  expect(await decide(world.temporal.client, world.customer, { by: 'pm-1', kind: 'suspend' }, true)).toMatch(
    /^Approved/,
  );
  expect(await run.result()).toMatchObject({ status: 'done', held: 0, failed: 0 });
  expect(activePeople()).toBe(41);
});

test('a run that waits gives way to the next, which holds what is still due', async () => {
  await world.deliver(csvOf([{ id: '61' }]));
  const older = await world.start('live');
  await untilWaiting(older);
  const before = (await older.progress())?.number;
  await world.deliver(csvOf([...everybody.slice(20), { id: '61', title: 'Baker' }]));
  const newer = await world.start('live');
  expect(await newer.result()).toMatchObject({ status: 'done', held: 0, run: (before ?? 0) + 1 });
  expect(activePeople()).toBe(41);
  const { rows } = await world.database.pool.query<{ status: string }>('SELECT status FROM run WHERE number = $1', [
    before,
  ]);
  expect(rows).toEqual([{ status: 'superseded' }]);
});

test('feature 4: refused suspensions are not applied by this run, and come up again with the next', async () => {
  await world.deliver(csvOf([{ id: '61', title: 'Baker' }]));
  const run = await world.start('live');
  await untilWaiting(run);
  await decide(world.temporal.client, world.customer, { by: 'pm-1', comment: 'a faulty export' }, false);
  expect(await run.result()).toMatchObject({ status: 'done', held: 0 });
  expect(activePeople()).toBe(41);

  const dry = await world.start('dry');
  expect(await dry.result()).toMatchObject({ status: 'done', held: 40 });
  expect(activePeople()).toBe(41);
  await expect(decide(world.temporal.client, world.customer, { by: 'pm-1' }, true)).rejects.toThrow(
    /Nothing waits|No run/,
  );
});

test('whoever is back in the record is not suspended when somebody approves what was planned before', async () => {
  const present = everybody.slice(20);
  await world.deliver(csvOf(present.slice(20)));
  const run = await world.start('live');
  await untilWaiting(run);
  await world.deliver(csvOf([...present.slice(0, 10), ...present.slice(20)]));
  const dry = await world.start('dry');
  expect(await dry.result()).toMatchObject({ status: 'done' });
  await decide(world.temporal.client, world.customer, { by: 'pm-1', comment: 'a store closed' }, true);
  expect(await run.result()).toMatchObject({ status: 'done', held: 0, failed: 0 });
  expect((await run.progress())?.steps).toContainEqual({
    step: 'decided',
    note: expect.stringMatching(/^10 changes are not applied: since the plan, the record/) as string,
  });
  expect(activePeople()).toBe(30);
  expect(await (await world.start('live')).result()).toMatchObject({ status: 'done', done: 0, held: 0 });
  expect(activePeople()).toBe(30);
});

test('feature 24: the history of a person says in which run each change was made, why, and who decided', async () => {
  const { changes } = await readPersonData(world.database, world.customer, toXid('1'));
  expect(changes.map(({ run, change, status, decidedBy }) => [run, change.kind, status, decidedBy])).toEqual([
    ...['create', 'join', 'join', 'invite'].map((kind) => [1, kind, 'done', null]),
    [2, 'suspend', 'done', 'pm-1'],
  ]);
  expect(changes.at(-1)).toMatchObject({
    change: { reason: { rule: 'missing' } },
    guard: expect.stringMatching(/^20 of \d+ managed people .* would be suspended/) as string,
  });
});
