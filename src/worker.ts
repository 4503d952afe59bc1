import { pathToFileURL } from 'node:url';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createActivities } from './activities/index.js';
import { readConfig, type Config } from './config.js';
import { DeliveryFiles } from './connections/deliveries.js';
import { OpenNetworks } from './connections/networks.js';
import { TemporaryPasswords } from './connections/passwords.js';
import { OpenSources } from './connections/sources.js';
import { createLogger, type Logger } from './log.js';
import { SyncMetrics } from './metrics/metrics.js';
import { startMetricsServer, type MetricsServer } from './metrics/server.js';
import { loadKeys, type Keys } from './secrets/keys.js';
import { openDatabase, type Database } from './store/database.js';
import { temporalSettings, type TemporalSettings } from './temporal/connection.js';
import { installRuntime } from './temporal/runtime.js';
import { workflowCode } from './temporal/workflow-code.js';

export interface WorkerOptions {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly temporal: TemporalSettings;
  readonly log: Logger;
}

export interface RunningWorker {
  /** `http://host:port` of health and metrics; null when they are off. */
  readonly metricsUrl: string | null;
  /** Ends when the worker has stopped; fails when it stopped by itself. */
  readonly stopped: Promise<void>;
  close(): Promise<void>;
}

/** Configuration, parts, Temporal worker. */
export async function startWorker({ config, databaseUrl, temporal, log }: WorkerOptions): Promise<RunningWorker> {
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  const keys = await loadKeys(config);
  const database = openDatabase(databaseUrl, config.databaseConnections);
  const metrics = new SyncMetrics();
  const temporalMetrics = await installRuntime(log, config.metricsAddress !== 'off');
  const networks = new OpenNetworks(database, keys.ring, (customer, { call, status, ms }) =>
    metrics.networkCalled(customer, call, status, ms),
  );
  const connection = await NativeConnection.connect(temporal.connection);
  const worker = await Worker.create({
    connection,
    namespace: temporal.namespace,
    taskQueue: config.taskQueue,
    ...(await workflowCode()),
    activities: createActivities(partsOf({ config, database, keys, metrics, networks })),
    shutdownGraceTime: '20s',
    shutdownForceTime: '40s',
  });
  const stopped = worker.run();
  const probes = await startProbes(config, metrics, temporalMetrics, worker, database);
  return {
    metricsUrl: probes?.url ?? null,
    stopped,
    async close() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await stopped.catch(() => undefined);
      await probes?.close();
      await networks.close();
      await connection.close();
      await database.close();
    },
  };
}

interface Made {
  readonly config: Config;
  readonly database: Database;
  readonly keys: Keys;
  readonly metrics: SyncMetrics;
  readonly networks: OpenNetworks;
}

function partsOf({ config, database, keys, metrics, networks }: Made) {
  return {
    database,
    networks,
    metrics,
    sources: new OpenSources(database, keys.ring),
    deliveries: new DeliveryFiles(join(config.dataFolder, 'deliveries'), keys.key, keys.old, config.maxDeliveryBytes),
    passwords: new TemporaryPasswords(keys.key, keys.ring),
    heartbeatSeconds: config.heartbeatSeconds,
    networkConcurrency: config.networkConcurrency,
  };
}

async function startProbes(
  config: Config,
  metrics: SyncMetrics,
  temporalMetrics: string | null,
  worker: Worker,
  { pool }: Database,
): Promise<MetricsServer | null> {
  if (config.metricsAddress === 'off') return null;
  const isReady = async () =>
    worker.getState() === 'RUNNING' && (await pool.query('SELECT 1').then(Boolean, () => false));
  return startMetricsServer({ address: config.metricsAddress, metrics, temporalMetrics, isReady });
}

/** The worker as a program of its own: everything from the environment, until SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogger(config.logLevel);
  if (config.databaseUrl === null)
    throw new Error('DATABASE_URL is not set, so the worker cannot start. Nothing was changed.');
  const worker = await startWorker({
    config,
    databaseUrl: config.databaseUrl,
    temporal: temporalSettings(process.env, null),
    log,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void worker.close());
  await worker.stopped;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
