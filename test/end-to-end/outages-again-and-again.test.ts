import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StartedRun } from '../../src/temporal/runs.js';
import { expectedNetwork, shownNetwork } from '../support/made-up-network.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { until } from '../support/until.js';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.js';
import { openWorld, type World } from '../support/world.js';

const everybody = madeUpPeople(1, 200);
const proxies: TcpProxy[] = [];
let world: World;
let worker: WorkerProcess;

beforeEach(async () => {
  world = await openWorld();
  await world.useMapping(MAPPING);
  await world.deliver(csvOf(everybody));
});

afterEach(async () => {
  await worker.kill();
  for (const proxy of proxies.splice(0)) await proxy.close();
  await world.close();
});

function slowDown(delayMs: number): void {
  world.sandbox.control.clearFaults();
  world.sandbox.control.addFault({ network: world.networkEid, kind: 'slow', delayMs });
}

async function startProxy(host: string, port: string): Promise<TcpProxy> {
  const proxy = await startTcpProxy({ host, port: Number(port) });
  proxies.push(proxy);
  return proxy;
}

/** Between the worker and Postgres, or Temporal, or the drop. */
async function wires() {
  const url = new URL(world.databaseUrl);
  const [host = '', port = ''] = world.temporal.address.split(':');
  const postgres = await startProxy(url.hostname, url.port);
  const temporal = await startProxy(host, port);
  const drop = await startProxy(world.drop.host, String(world.drop.port));
  url.port = String(postgres.port);
  await world.database.pool.query(`UPDATE source SET settings = jsonb_set(settings, '{port}', to_jsonb($1::int))`, [
    drop.port,
  ]);
  worker = startWorkerProcess(world, { DATABASE_URL: url.href, TEMPORAL_ADDRESS: `127.0.0.1:${temporal.port}` });
  return { postgres, temporal, drop };
}

async function untilAccounts(accounts: number): Promise<void> {
  await until(() => shownNetwork(world.network()).length >= accounts, 90);
}

/** Everybody once, invited once, as on a day without any of it. */
async function expectUndisturbed(run: StartedRun): Promise<void> {
  expect(await run.result()).toMatchObject({ status: 'done', failed: 0, held: 0 });
  expect(shownNetwork(world.network())).toEqual(expectedNetwork(everybody));
  expect(world.network().people.filter(({ xid }) => xid !== null)).toHaveLength(everybody.length);
  expect(world.sandbox.control.violations()).toEqual([]);
  const { rows } = await world.database.pool.query(`SELECT seq FROM change WHERE status <> 'done'`);
  expect(rows).toEqual([]);
}

test('Postgres, Temporal and the drop go away again and again, from the first step to the last', async () => {
  slowDown(40);
  const { postgres, temporal, drop } = await wires();
  drop.cut();
  const run = await world.start('live');
  let isRunning = true;
  const ended = run.result().finally(() => (isRunning = false));
  let outages = 0;
  for (const wire of [postgres, temporal, postgres, postgres, temporal, postgres]) {
    await sleep(400 + Math.random() * 800);
    if (!isRunning) break;
    wire.cut();
    outages += 1;
    await sleep(100 + Math.random() * 900);
    wire.mend();
    drop.mend();
  }
  await ended;
  expect(outages).toBeGreaterThan(3);
  await expectUndisturbed(run);
  expect(await worker.stop()).toBe(0);
}, 180_000);

test('an attempt that Temporal gave up on, and that still writes, does no harm to the one after it', async () => {
  slowDown(200);
  const { temporal } = await wires();
  const run = await world.start('live');
  await untilAccounts(10);
  temporal.cut();
  // Longer than the heartbeat of three seconds, shorter than the batch.
  await sleep(4_500);
  temporal.mend();
  await until(async () => (await attemptsOfBatches()) > 1, 30);
  slowDown(20);
  await expectUndisturbed(run);
}, 180_000);

test('a worker that is asked to stop and cannot finish its batch in time keeps what is done and ends with 0', async () => {
  slowDown(20);
  worker = startWorkerProcess(world);
  const run = await world.start('live');
  await until(async () => (await run.progress().catch(() => null))?.step === 'applying', 60);
  slowDown(2_000);
  await untilAccounts(10);
  expect(await worker.stop()).toBe(0);
  const accounts = shownNetwork(world.network()).map(({ xid }) => xid);
  expect(accounts.length).toBeLessThan(everybody.length);
  expect(await recordedAccounts()).toEqual(accounts);
  slowDown(5);
  worker = startWorkerProcess(world);
  await expectUndisturbed(run);
}, 180_000);

/** The most attempts that a batch which is under way has taken. */
async function attemptsOfBatches(): Promise<number> {
  const { client } = world.temporal;
  const { raw } = await client.workflow.getHandle(`daily-sync/${world.customer}`).describe();
  return Math.max(0, ...(raw.pendingActivities ?? []).map(({ attempt }) => attempt ?? 0));
}

async function recordedAccounts(): Promise<readonly string[]> {
  const { rows } = await world.database.pool.query<{ xid: string }>(
    `SELECT xid FROM change WHERE kind = 'create' AND status = 'done' ORDER BY xid COLLATE "C"`,
  );
  return rows.map(({ xid }) => xid);
}
