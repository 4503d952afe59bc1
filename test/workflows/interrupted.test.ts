import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledFailure, WorkflowFailedError } from '@temporalio/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decide, startRun, type StartedRun } from '../../src/temporal/runs.js';
import { expectedNetwork, shownNetwork } from '../support/made-up-network.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { until } from '../support/until.js';
import { openWorld, type World } from '../support/world.js';

const everybody = madeUpPeople(1, 250);
let world: World;

/** Slow answers, so that something can happen between the first change and the last. */
beforeEach(async () => {
  world = await openWorld({ env: { USERSYNC_HEARTBEAT_SECONDS: '2' } });
  slowDown(150);
  await world.useMapping(MAPPING);
  await world.startWorker();
  await world.deliver(csvOf(everybody));
});

afterEach(() => world.close());

function slowDown(delayMs: number): void {
  world.sandbox.control.clearFaults();
  world.sandbox.control.addFault({ network: world.networkEid, path: '/scim/*', kind: 'slow', delayMs });
}

async function startAndWaitFor(accounts: number): Promise<StartedRun> {
  const run = await world.start('live');
  await until(() => shownNetwork(world.network()).length >= accounts);
  return run;
}

/** Until what was under way has noticed that nobody wants it any more. */
async function untilQuiet(): Promise<void> {
  await until(async () => {
    const before = JSON.stringify(world.network());
    await sleep(500);
    return JSON.stringify(world.network()) === before;
  });
}

/** The same network as without any of it, and what was done is done once. */
async function expectNextRunCompletes(): Promise<void> {
  world.sandbox.control.clearFaults();
  const next = await world.start('live', { delivery: 'last' });
  expect(await next.result()).toMatchObject({ status: 'done', failed: 0, held: 0 });
  expect(shownNetwork(world.network())).toEqual(expectedNetwork(everybody));
  expect(world.sandbox.control.violations()).toEqual([]);
}

test('a run cancelled in the middle records what it did and writes no more; the next one completes', async () => {
  const run = await startAndWaitFor(20);
  const handle = world.temporal.client.workflow.getHandle(run.workflowId);
  await handle.cancel();
  const error: unknown = await run.result().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(WorkflowFailedError);
  expect(error).toMatchObject({ cause: expect.any(CancelledFailure) as CancelledFailure });
  const ended = JSON.stringify(world.network());

  expect(await lastRun()).toMatchObject({
    status: 'canceled',
    problem: expect.stringMatching(/^The run was cancelled\./) as string,
  });
  expect(await isLeaseFree()).toBe(true);
  expect(await createdAccounts()).toEqual(shownNetwork(world.network()).map(({ xid }) => xid));
  await sleep(500);
  expect(JSON.stringify(world.network())).toBe(ended);
  expect(shownNetwork(world.network()).length).toBeLessThan(everybody.length);
  await expectNextRunCompletes();
});

test('a run cancelled while it waits for a decision is closed at once, and the next one holds the same', async () => {
  world.sandbox.control.clearFaults();
  await (await world.start('live')).result();
  await world.deliver(csvOf(everybody.slice(90)));
  const run = await world.start('live');
  await until(async () => (await run.progress())?.step === 'waiting for approval');
  await world.temporal.client.workflow.getHandle(run.workflowId).cancel();
  await expect(run.result()).rejects.toThrow(WorkflowFailedError);
  expect(await lastRun()).toMatchObject({ status: 'canceled' });
  expect(shownNetwork(world.network())).toHaveLength(250);
  expect(await (await world.start('dry', { delivery: 'last' })).result()).toMatchObject({ held: 90 });
});

test('a run that was terminated has its last word from the next one, which completes it', async () => {
  const run = await startAndWaitFor(60);
  await world.temporal.client.workflow.getHandle(run.workflowId).terminate('by hand');
  await untilQuiet();
  // So that the next one need not wait for a minute.
  await world.database.pool.query('UPDATE lease SET expires_at = now()');
  await expectNextRunCompletes();
  const { rows } = await world.database.pool.query<{ status: string; problem: string | null }>(
    'SELECT status, problem FROM run ORDER BY id',
  );
  expect(rows).toEqual([
    { status: 'failed', problem: expect.stringMatching(/^The run was terminated from outside/) as string },
    { status: 'done', problem: null },
  ]);
  expect(await leftOver()).toBe(0);
});

test('a run that was terminated is undone without any other run before, once nothing of it writes any more', async () => {
  const run = await startAndWaitFor(60);
  await world.temporal.client.workflow.getHandle(run.workflowId).terminate('the wrong file');
  world.sandbox.control.clearFaults();
  const { workflowId, ...dry } = await startUndo('dry');
  await until(async () => (await attemptsOf(workflowId)) > 1);
  await untilQuiet();
  await world.database.pool.query('UPDATE lease SET expires_at = now()');
  expect(await dry.result()).toMatchObject({ status: 'done' });
  const undone = await startUndo('live');
  await until(async () => (await undone.progress())?.step === 'waiting for approval');
  await decide(world.temporal.client, world.customer, { by: 'pm-1', comment: 'the wrong file' }, true);
  expect(await undone.result()).toMatchObject({ status: 'done', failed: 0, held: 0 });
  expect(world.network().people.filter(({ xid, active }) => xid !== null && active)).toEqual([]);
});

function startUndo(kind: 'dry' | 'live'): Promise<StartedRun> {
  const order = { customer: world.customer, kind, requestedBy: 'pm-1', undo: 1 } as const;
  return startRun(world.temporal.client, world.config.taskQueue, order, `undo-${kind}`);
}

async function attemptsOf(workflowId: string): Promise<number> {
  const { raw } = await world.temporal.client.workflow.getHandle(workflowId).describe();
  return raw.pendingActivities?.[0]?.attempt ?? 0;
}

test('a writer whose lease another has taken stops with a sentence and changes nothing more', async () => {
  // So slow that the writer has to look for itself: it would write its first outcomes down after 50 people.
  slowDown(1_500);
  const run = await startAndWaitFor(5);
  await world.database.pool.query(
    `UPDATE lease SET holder = 'run 999', fence = fence + 1, expires_at = now() + interval '1 hour'`,
  );
  await expect(run.result()).rejects.toThrow(WorkflowFailedError);
  const ended = JSON.stringify(world.network());
  expect(await lastRun()).toMatchObject({
    status: 'failed',
    problem: expect.stringMatching(/went to another run\. Nothing more is changed by this one/) as string,
  });
  expect(shownNetwork(world.network()).length).toBeLessThan(50);
  const { rows } = await world.database.pool.query('SELECT holder FROM lease');
  expect(rows).toEqual([{ holder: 'run 999' }]);
  await sleep(500);
  await sleep(500);
  expect(JSON.stringify(world.network())).toBe(ended);

  await world.database.pool.query('UPDATE lease SET expires_at = now()');
  await expectNextRunCompletes();
});

test('what waits since the network asked for patience is not sent any more when another has taken the lease meanwhile', async () => {
  const { control } = world.sandbox;
  control.clearFaults();
  const joining = { network: world.networkEid, path: '/users/*/groups/add' };
  control.addFault({ ...joining, kind: 'status', status: 429, retryAfter: 9 });
  const run = await world.start('live');
  await until(() => control.listFaults().some(({ happened }) => happened > 0));
  control.clearFaults();
  const before = shownNetwork(world.network()).filter(({ groups }) => groups.length > 0);
  await world.database.pool.query(
    `UPDATE lease SET holder = 'run 999', fence = fence + 1, expires_at = now() + interval '1 hour'`,
  );
  await expect(run.result()).rejects.toThrow(WorkflowFailedError);
  expect(shownNetwork(world.network()).filter(({ groups }) => groups.length > 0)).toEqual(before);
  expect(await lastRun()).toMatchObject({ problem: expect.stringMatching(/went to another run/) as string });

  await world.database.pool.query('UPDATE lease SET expires_at = now()');
  await expectNextRunCompletes();
});

test('feature 18: a writer that starts while another holds the lease waits for it', async () => {
  world.sandbox.control.clearFaults();
  await world.database.pool.query(
    `INSERT INTO lease (customer_id, holder, fence, expires_at) VALUES ($1, 'run 999', 7, now() + interval '3 seconds')`,
    [world.customer],
  );
  const run = await world.start('live');
  await until(async () => (await run.progress())?.step === 'applying');
  expect(shownNetwork(world.network())).toEqual([]);
  expect(await run.result()).toMatchObject({ status: 'done', failed: 0 });
  const { rows } = await world.database.pool.query<{ fence: number }>('SELECT fence FROM lease');
  expect(rows[0]?.fence).toBeGreaterThan(7);
});

test('a group that was made and not written down is found by the next attempt, and not asked for again', async () => {
  world.sandbox.control.clearFaults();
  await loseGroupOnce();
  expect(await (await world.start('live')).result()).toMatchObject({ status: 'done', failed: 0, held: 0 });
  const { rows } = await world.database.pool.query('SELECT last_value::int AS writes FROM group_writes');
  expect(rows).toEqual([{ writes: world.network().groups.length + 1 }]);
  expect(shownNetwork(world.network())).toEqual(expectedNetwork(everybody));
  expect(world.sandbox.control.violations()).toEqual([]);
});

async function lastRun(): Promise<{ readonly status: string; readonly problem: string | null } | undefined> {
  const { rows } = await world.database.pool.query<{ status: string; problem: string | null }>(
    'SELECT status, problem FROM run ORDER BY id DESC LIMIT 1',
  );
  return rows[0];
}

/** Changes that nobody will do any more and that say they will be done. */
async function leftOver(): Promise<number | undefined> {
  const { rows } = await world.database.pool.query<{ changes: number }>(
    `SELECT count(*) AS changes FROM change WHERE status IN ('planned', 'held')`,
  );
  return rows[0]?.changes;
}

async function isLeaseFree(): Promise<boolean | undefined> {
  const { rows } = await world.database.pool.query<{ free: boolean }>('SELECT expires_at <= now() AS free FROM lease');
  return rows[0]?.free;
}

/** Who has an account by our own book. */
async function createdAccounts(): Promise<readonly string[]> {
  const { rows } = await world.database.pool.query<{ xid: string }>(
    `SELECT xid FROM change WHERE kind = 'create' AND status = 'done' ORDER BY xid COLLATE "C"`,
  );
  return rows.map(({ xid }) => xid);
}

/** The database refuses to write the second new group down, and takes it the next time. */
async function loseGroupOnce(): Promise<void> {
  await world.database.pool.query(`
    CREATE SEQUENCE group_writes;
    CREATE FUNCTION refuse_second() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF nextval('group_writes') = 2 THEN RAISE EXCEPTION 'lost'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER refuse_second BEFORE INSERT ON network_group FOR EACH ROW
      WHEN (NEW.origin = 'created') EXECUTE FUNCTION refuse_second()`);
}
