import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectedPeople, shownPeople, woodgroveFile } from '../support/woodgrove.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { until } from '../support/until.js';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.js';
import { openWorld, type World } from '../support/world.js';

let world: World;
let worker: WorkerProcess;
let proxy: TcpProxy | null = null;

beforeEach(async () => {
  world = await openWorld({ customer: 'woodgrove' });
  await world.useMapping((await woodgroveFile('mapping.yaml')).toString('utf8'));
  // Slow answers, so that there is a middle of applying.
  world.sandbox.control.addFault({ network: world.networkEid, kind: 'slow', delayMs: 15 });
  await world.deliver(await woodgroveFile('day-1.csv'));
});

afterEach(async () => {
  await worker.stop();
  await proxy?.close();
  proxy = null;
  await world.close();
});

async function changesDone(): Promise<number> {
  const { rows } = await world.database.pool.query<{ done: number }>(
    `SELECT count(*) AS done FROM change WHERE status = 'done'`,
  );
  return rows[0]?.done ?? 0;
}

async function untilApplying(): Promise<void> {
  await until(async () => (await changesDone()) > 60, 90);
}

async function expectDayOne(): Promise<void> {
  expect(shownPeople(world.network())).toEqual(await expectedPeople('day-1.csv'));
  expect(world.network().people.filter(({ xid }) => xid !== null)).toHaveLength(383);
}

test('Postgres goes away while changes are applied, and comes back', async () => {
  const { hostname, port } = new URL(world.databaseUrl);
  proxy = await startTcpProxy({ host: hostname, port: Number(port) });
  const url = new URL(world.databaseUrl);
  url.port = String(proxy.port);
  worker = startWorkerProcess(world, { DATABASE_URL: url.href });
  const run = await world.start('live');
  await untilApplying();
  proxy.cut();
  await sleep(4000);
  proxy.mend();
  expect(await run.result()).toMatchObject({ status: 'done', failed: 0, held: 0 });
  await expectDayOne();
}, 180_000);

test('Temporal goes away while changes are applied, and comes back', async () => {
  const [host = '', port = ''] = world.temporal.address.split(':');
  proxy = await startTcpProxy({ host, port: Number(port) });
  worker = startWorkerProcess(world, { TEMPORAL_ADDRESS: `127.0.0.1:${proxy.port}` });
  const run = await world.start('live');
  await untilApplying();
  proxy.cut();
  await sleep(4000);
  proxy.mend();
  expect(await run.result()).toMatchObject({ status: 'done', failed: 0, held: 0 });
  await expectDayOne();
}, 180_000);

test('a worker that is asked to stop in the middle hands its work over and ends with 0', async () => {
  worker = startWorkerProcess(world);
  const run = await world.start('live');
  await untilApplying();
  expect(await worker.stop()).toBe(0);
  worker = startWorkerProcess(world);
  expect(await run.result()).toMatchObject({ status: 'done', failed: 0, held: 0 });
  await expectDayOne();
}, 180_000);
