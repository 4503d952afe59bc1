import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.js';
import { createLogger } from '../../src/log.js';
import { installRuntime } from '../../src/temporal/runtime.js';
import { startWorker, type RunningWorker } from '../../src/worker.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { testTemporal, type TestTemporal } from '../support/test-temporal.js';
import { until } from '../support/until.js';
import { openGate, type Gate } from './gate.js';
import { get, readSamples, valueOf } from './prometheus.js';

let database: TestDatabase;
let temporal: TestTemporal;
let postgresGate: Gate;
let temporalGate: Gate;
let folder: string;
let worker: RunningWorker;

beforeAll(async () => {
  const log = createLogger('silent');
  // Once a process, and before the first connection.
  await installRuntime(log, true);
  [database, temporal] = await Promise.all([createTestDatabase(), testTemporal()]);
  folder = await mkdtemp(join(tmpdir(), 'usersync-probes-'));
  const url = new URL(database.url);
  postgresGate = await openGate(url.hostname, Number(url.port));
  url.host = postgresGate.address;
  const [host = '', port] = temporal.address.split(':');
  temporalGate = await openGate(host, Number(port));
  worker = await startWorker({
    config: readConfig({ USERSYNC_DATA: folder, USERSYNC_METRICS_ADDRESS: '127.0.0.1:0' }),
    databaseUrl: url.href,
    temporal: { connection: { address: temporalGate.address }, namespace: temporal.namespace },
    log,
  });
  await until(async () => (await probe('/readyz')).status === 200);
});

afterAll(async () => {
  await worker.close();
  await Promise.all([postgresGate.close(), temporalGate.close()]);
  await temporal.close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the probes of a worker', () => {
  test('say that it lives and that it can do work', async () => {
    expect(await probe('/healthz')).toEqual({ status: 200, text: 'ok\n' });
    expect(await probe('/readyz?verbose')).toEqual({ status: 200, text: 'ready\n' });
    expect((await probe('/')).status).toBe(404);
  });

  for (const how of ['refuse', 'silent'] as const) {
    test(`tell that Postgres is away (${how}), and again when it is back`, async () => {
      postgresGate.shut(how);
      expect(await probe('/readyz')).toEqual({ status: 503, text: 'not ready: no answer from Postgres\n' });
      expect((await probe('/healthz')).status).toBe(200);
      postgresGate.open();
      await until(async () => (await probe('/readyz')).status === 200);
    });
  }

  test('tell that Temporal is away, and again when it is back', async () => {
    temporalGate.shut('refuse');
    expect(await probe('/readyz')).toEqual({ status: 503, text: 'not ready: no answer from Temporal\n' });
    temporalGate.open();
    await until(async () => (await probe('/readyz')).status === 200);
  });
});

describe('the metrics of a worker', () => {
  test("hold our series, Temporal's and the process's, as Prometheus reads them", async () => {
    const samples = readSamples((await probe('/metrics')).text);
    expect(valueOf(samples, 'usersync_postgres_up')).toBe(1);
    expect(valueOf(samples, 'process_resident_memory_bytes')).toBeGreaterThan(0);
    expect(valueOf(samples, 'temporal_worker_start', { namespace: temporal.namespace })).toBeGreaterThan(0);
    const names = samples.map(({ name, labels }) => `${name} ${JSON.stringify(labels)}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test('know a customer as Postgres has it, without anything having happened in this worker', async () => {
    await inDatabase(CUSTOMERS);
    const samples = readSamples((await probe('/metrics')).text);
    const of = (name: string, customer: string) => valueOf(samples, name, { customer });
    expect(of('usersync_last_accepted_snapshot_timestamp_seconds', 'korenaar')).toBe(
      Date.parse('2026-11-20T05:31:00Z') / 1000,
    );
    expect(of('usersync_held_changes', 'korenaar')).toBe(2);
    expect(of('usersync_open_run_started_timestamp_seconds', 'korenaar')).toBe(
      Date.parse('2026-11-21T05:30:00Z') / 1000,
    );
    expect(of('usersync_held_changes', 'zonnehof')).toBe(0);
    expect(of('usersync_last_accepted_snapshot_timestamp_seconds', 'zonnehof')).toBeUndefined();
    expect(of('usersync_open_run_started_timestamp_seconds', 'zonnehof')).toBeUndefined();
  });

  test('forget what they knew while Postgres is away, and keep the rest', async () => {
    postgresGate.shut('refuse');
    const samples = readSamples((await probe('/metrics')).text);
    expect(valueOf(samples, 'usersync_postgres_up')).toBe(0);
    expect(samples.filter(({ name }) => name === 'usersync_held_changes')).toEqual([]);
    expect(samples.some(({ name }) => name.startsWith('temporal_'))).toBe(true);
    postgresGate.open();
    await until(async () => valueOf(readSamples((await probe('/metrics')).text), 'usersync_postgres_up') === 1);
  });
});

function probe(path: string) {
  return get(`${worker.metricsUrl}${path}`);
}

async function inDatabase(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** A run that waits with two held changes; an older one that ended, one that was terminated, and a dry one that hold some too. */
const CUSTOMERS = `
  INSERT INTO customer (id, name, time_zone, manager, daily_at)
    VALUES ('korenaar', 'De Korenaar', 'Europe/Amsterdam', 'pm-1', '05:30'), ('zonnehof', 'Zonnehof', 'UTC', 'pm-1', '05:30');
  INSERT INTO run (id, customer_id, number, request_key, workflow_id, kind, status, requested_by, started_at, ended_at)
    VALUES (1, 'korenaar', 1, 'a', 'w', 'live', 'done', 't', '2026-11-20T05:30:00Z', '2026-11-20T05:40:00Z'),
           (2, 'korenaar', 2, 'b', 'w', 'live', 'running', 't', '2026-11-20T12:00:00Z', NULL),
           (3, 'korenaar', 3, 'c', 'w', 'live', 'running', 't', '2026-11-21T05:30:00Z', NULL),
           (4, 'korenaar', 4, 'd', 'w', 'dry', 'running', 't', '2026-11-21T06:30:00Z', NULL),
           (5, 'zonnehof', 1, 'e', 'w', 'live', 'running', 't', '2026-11-20T05:30:00Z', NULL),
           (6, 'zonnehof', 2, 'f', 'w', 'live', 'done', 't', '2026-11-21T05:30:00Z', '2026-11-21T05:40:00Z');
  INSERT INTO snapshot (customer_id, run_id, status, file_name, sha256, bytes, modified_at, decided_at)
    VALUES ('korenaar', 1, 'accepted', 'a.csv', '', 1, now(), '2026-11-20T05:31:00Z'),
           ('korenaar', 3, 'rejected', 'b.csv', '', 1, now(), '2026-11-21T05:31:00Z');
  INSERT INTO plan (run_id, examined, managed) SELECT id, 1, 1 FROM run;
  INSERT INTO change (run_id, seq, unit, kind, xid, change, status) SELECT id, 1, 1, 'suspend', '1', '{}', 'held' FROM run;
  INSERT INTO change (run_id, seq, unit, kind, xid, change, status)
    VALUES (3, 2, 2, 'suspend', '2', '{}', 'held'), (3, 3, 3, 'suspend', '3', '{}', 'done')`;
