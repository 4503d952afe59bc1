import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkflowHandle } from '@temporalio/client';
import { WorkflowFailedError } from '@temporalio/client';
import { dailySync } from '../../src/workflows/index.js';
import type { RunProgress } from '../../src/workflows/messages.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { until } from '../support/until.js';
import { openWorld, type World } from '../support/world.js';

const everybody = madeUpPeople(1, 30);
let world: World;
let run: Awaited<ReturnType<World['start']>>;
let handle: WorkflowHandle;

beforeAll(async () => {
  world = await openWorld();
  await world.useMapping(MAPPING);
  await world.startWorker();
  await world.deliver(csvOf(everybody));
  await (await world.start('live')).result();
});

afterAll(() => world.close());

/** A run that holds 20 suspensions. */
async function holdSuspensions(): Promise<void> {
  await world.deliver(csvOf(everybody.slice(20)));
  run = await world.start('live');
  handle = world.temporal.client.workflow.getHandle(run.workflowId);
  await until(async () => (await run.progress())?.step === 'waiting for approval');
}

async function progress(): Promise<RunProgress> {
  const known = await run.progress();
  if (known === null) throw new Error('The run has no number yet.');
  return known;
}

async function currentDetails(): Promise<string> {
  return handle.query<string>('__temporal_workflow_metadata').then((metadata) => JSON.stringify(metadata));
}

function activePeople(): number {
  return world.network().people.filter(({ xid, active }) => xid !== null && active).length;
}

const SENSELESS: readonly [string, unknown][] = [
  ['a text', 'approve please'],
  ['null', null],
  ['a number', 7],
  ['a list', [{ by: 'pm-1' }]],
  ['nothing in it', {}],
  ['nobody who decides', { kind: 'suspend' }],
  ['a person who is no text', { by: { name: 'pm-1' } }],
  ['a kind that nobody knows', { by: 'pm-1', kind: 'sack' }],
  ['a kind that is not held', { by: 'pm-1', kind: 'create' }],
  ['a kind that is no text', { by: 'pm-1', kind: ['suspend'] }],
  ['a comment that is no text', { by: 'pm-1', comment: { text: 'fine' } }],
  ['an endless name', { by: 'p'.repeat(10_000) }],
  ['an endless comment', { by: 'pm-1', comment: 'c'.repeat(100_000) }],
  ['a character that Postgres does not keep', { by: 'pm-1', comment: 'fine\0' }],
  ['half a character', { by: 'pm-1', comment: 'fine \ud83d' }],
];

test('signals that make no sense are shown, change nothing, and the run still waits for one that does', async () => {
  await holdSuspensions();
  for (const [, message] of SENSELESS) {
    await handle.signal('approve', message);
    await handle.signal('refuse', message);
  }
  await handle.signal('approve');
  const sent = SENSELESS.length * 2 + 1;
  await until(async () => refusedBy(await progress()) === sent);
  expect(await progress()).toMatchObject({ step: 'waiting for approval', approvals: [], decisions: [] });
  const details = await currentDetails();
  expect(details).toContain('A message was refused: A decision needs to say who takes it');
  expect(details.length).toBeLessThan(10_000);
  expect(activePeople()).toBe(30);

  await handle.signal('refuse', { by: 'pm-1', comment: 'a faulty export' });
  expect(await run.result()).toMatchObject({ status: 'done', held: 0, done: 0 });
  expect(activePeople()).toBe(30);
});

test('updates that make no sense are refused at once and leave nothing behind', async () => {
  await holdSuspensions();
  const refused = { cause: { type: 'Refused', message: expect.stringMatching(/Nothing was changed\.$/) as string } };
  for (const [what, message] of SENSELESS) {
    await expect(handle.executeUpdate('approve', { args: [message] }), what).rejects.toMatchObject(refused);
  }
  expect(refusedBy(await progress())).toBe(0);
  expect(activePeople()).toBe(30);
});

test('a thousand signals at once leave ten sentences and a number', async () => {
  await holdSuspensions();
  await Promise.all(
    Array.from({ length: 1000 }, (_, index) => handle.signal('approve', { by: `someone-${index}`, kind: 'join' })),
  );
  await until(async () => refusedBy(await progress()) === 1000);
  const { refusedMessages, refusedBefore } = await progress();
  expect([refusedMessages.length, refusedBefore]).toEqual([10, 990]);
  expect(await currentDetails()).toContain('990 earlier messages were refused');
  await handle.signal('refuse', { by: 'pm-1' });
  expect(await run.result()).toMatchObject({ status: 'done' });
  expect(activePeople()).toBe(30);
});

test('of two decisions about the same that come at once the first counts, and the others are shown', async () => {
  await holdSuspensions();
  await Promise.all([
    handle.signal('refuse', { by: 'pm-1', kind: 'suspend' }),
    ...Array.from({ length: 20 }, () => handle.signal('approve', { by: 'pm-2' })),
    ...Array.from({ length: 20 }, () => handle.signal('refuse', { by: 'pm-3', kind: 'suspend' })),
  ]);
  await run.result();
  const { approvals } = await progress();
  expect(approvals).toHaveLength(1);
  expect(refusedBy(await progress())).toBe(40);
  expect(activePeople()).toBe(approvals[0]?.by === 'pm-2' ? 10 : 30);
  const { rows } = await world.database.pool.query<{ by: string }>(
    'SELECT DISTINCT decided_by AS by FROM change WHERE run_id = $1 AND decided_by IS NOT NULL',
    [(await progress()).runId],
  );
  expect(rows).toEqual([{ by: approvals[0]?.by }]);
});

const BAD_ORDERS: readonly [unknown, RegExp][] = [
  ['korenaar', /order of a run is missing/],
  [{}, /for which customer/],
  [{ customer: 'korenaar', kind: 'LIVE', requestedBy: 'pm-1' }, /"dry" or "live"/],
  [{ customer: 'korenaar', kind: 'live' }, /who requests it/],
  [{ customer: 'korenaar', kind: 'live', requestedBy: 'pm-1', delivery: 'yesterday' }, /"newest" or "last"/],
];

test('an order that was mistyped in the Temporal UI says what is wrong and begins nothing', async () => {
  const before = await numberOfRuns();
  for (const [order, sentence] of BAD_ORDERS) {
    for (const type of ['dailySync', 'startDailySync']) {
      const { workflow } = world.temporal.client;
      const started = workflow.execute(type, { workflowId: `by-hand-${type}`, taskQueue: 'usersync', args: [order] });
      const error: unknown = await started.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(WorkflowFailedError);
      expect(error).toMatchObject({ cause: { type: 'BadOrder', message: expect.stringMatching(sentence) as string } });
    }
  }
  expect(await numberOfRuns()).toBe(before);
});

test('a live run beside the one that there may be, and one that asks nobody about what guards hold, are refused', async () => {
  const [before, people] = [await numberOfRuns(), activePeople()];
  const order = { customer: 'korenaar', kind: 'live', requestedBy: 'pm-1', delivery: 'last' } as const;
  for (const [workflowId, args, sentence] of [
    ['by-hand', order, /has the id "daily-sync\/korenaar"/],
    ['daily-sync/korenaar', { ...order, held: 'apply' }, /Only a run of a test decides by itself/],
  ] as const) {
    const started = world.temporal.client.workflow.execute(dailySync, {
      ...{ workflowId, taskQueue: 'usersync', args: [args] },
    });
    const error: unknown = await started.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      cause: { cause: { type: 'OrderRefused', message: expect.stringMatching(sentence) as string } },
    });
  }
  expect(await numberOfRuns()).toBe(before);
  expect(activePeople()).toBe(people);
});

function refusedBy({ refusedMessages, refusedBefore }: RunProgress): number {
  return refusedMessages.length + refusedBefore;
}

async function numberOfRuns(): Promise<number> {
  const { rows } = await world.database.pool.query<{ runs: number }>('SELECT count(*) AS runs FROM run');
  return rows[0]?.runs ?? 0;
}

test('messages that come before the run has its number are shown, too', async () => {
  const { client } = world.temporal;
  const early = await client.workflow.signalWithStart(dailySync, {
    workflowId: 'daily-sync/korenaar/dry/early',
    taskQueue: 'usersync',
    args: [{ customer: 'korenaar', kind: 'dry', requestedBy: 'pm-1' }],
    signal: 'approve',
    signalArgs: [{ by: 'pm-1' }],
  });
  await early.result();
  const known = await early.query<RunProgress>('progress');
  expect(known.refusedMessages).toEqual(['Nothing waits for approval in this run now. Nothing was changed.']);
});
