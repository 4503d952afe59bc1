import { pathToFileURL } from 'node:url';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { createActivities } from './activities/index.js';
import type { ActivityParts, Workflows } from './activities/parts.js';
import { keepClean } from './clean-up.js';
import { readConfig, type Config } from './config.js';
import { DeliveryFiles } from './connections/deliveries.js';
import { OpenNetworks } from './connections/networks.js';
import { TemporaryPasswords } from './connections/passwords.js';
import { openDelivered } from './connections/pgp.js';
import { probeSource } from './connections/probe-source.js';
import { OpenSources } from './connections/sources.js';
import { TestSpaces } from './connections/test/test-spaces.js';
import { UploadAccess } from './connections/upload-access.js';
import { createLogger, type Logger } from './log.js';
import { createMailer, type Mailer } from './mail/transport.js';
import { SyncMetrics } from './metrics/metrics.js';
import { startWorkerProbes } from './metrics/worker-probes.js';
import { loadKeys, type Keys } from './secrets/keys.js';
import { openDatabase, type Database } from './store/database.js';
import { temporalSettings, type TemporalSettings } from './temporal/connection.js';
import { installRuntime } from './temporal/runtime.js';
import { Schedules } from './temporal/schedules.js';
import { keepSweeping } from './temporal/sweep-schedule.js';
import { textsOfHistories } from './temporal/history-texts.js';
import { startRelease } from './temporal/releases.js';
import { isUnderWay } from './temporal/under-way.js';
import { createDataConverter } from './temporal/codec/data-converter.js';
import { connectWorker } from './temporal/worker-connection.js';
import { workflowCode } from './temporal/workflow-code.js';

/**
 * Node ends the whole process when code in a sandbox is cut off in the middle of its promises (nodejs/node#38503), which the SDK
 * does after five seconds: a flood of signals on a busy machine takes as long. Temporal hands a task that takes more than ten
 * seconds to somebody else anyway. The SDK takes this setting, and leaves it out of its types.
 */
const PATIENT = { isolateExecutionTimeout: '60s' };

export interface WorkerOptions {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly temporal: TemporalSettings;
  readonly log: Logger;
  /** Where daily schedules are made; in Temporal when left out. */
  readonly schedules?: ActivityParts['schedules'];
  /** Where records come from; from what each customer has connected when left out. */
  readonly sources?: ActivityParts['sources'];
  /** A bundle of the workflows; the one of the build, or one made now, when left out. */
  readonly workflowBundle?: { readonly codePath: string };
}

export interface RunningWorker {
  /** `http://host:port` of health and metrics; null when they are off. */
  readonly metricsUrl: string | null;
  /** Ends when the worker has stopped; fails when it stopped by itself. */
  readonly stopped: Promise<void>;
  close(): Promise<void>;
}

/** Configuration, parts, Temporal worker. What was opened is closed again when a later part does not start. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  try {
    return { ...(await startParts(options, (end) => closers.push(end))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startParts(
  options: WorkerOptions,
  onClose: (end: () => Promise<void>) => void,
): Promise<Omit<RunningWorker, 'close'>> {
  const { config, databaseUrl, temporal, log } = options;
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  const keys = await loadKeys(config);
  const database = openDatabase(databaseUrl, config.databaseConnections);
  onClose(() => database.close());
  const metrics = new SyncMetrics();
  const networks = new OpenNetworks(database, keys.ring, (customer, { call, status, ms }) =>
    metrics.networkCalled(customer, call, status, ms),
  );
  onClose(() => networks.close());

  const address = config.metricsAddress;
  const temporalMetrics = await installRuntime(log, address !== 'off');
  const connection = await connectWorker(temporal);
  onClose(() => connection.close());
  let worker: Worker | null = null;
  const isPolling = (): boolean => worker?.getState() === 'RUNNING';
  const watched = { address, databaseUrl, metrics, temporalMetrics, connection, isPolling };
  const probes = address === 'off' ? null : await startWorkerProbes(watched);
  onClose(async () => probes?.close());

  const mailer = createMailer(config.mail);
  onClose(() => mailer.close());
  const schedules = options.schedules ?? new Schedules(connection, temporal.namespace, config.taskQueue);
  const client = new Client({
    ...{ connection, namespace: temporal.namespace },
    dataConverter: createDataConverter({ keys, encodes: config.payloadCodec }),
  });
  const workflows: Workflows = {
    isUnderWay: (id) => isUnderWay(client, id),
    texts: (id) => textsOfHistories(client, id),
    startRelease: async (customer, number) => {
      await startRelease(client, config.taskQueue, { customer, number });
    },
  };
  // A server whose time can be skipped knows no schedules.
  if (options.schedules === undefined) {
    await keepSweeping(client, config.taskQueue).catch((error: unknown) =>
      log.warn(
        { error: nameOf(error) },
        'the schedule that removes what tests left could not be made; the next start tries again',
      ),
    );
  }
  const sources = options.sources ?? new OpenSources(database, keys.ring);

  const deliveries = deliveriesOf(config, keys);
  const { dataFolder, maxDeliveryBytes } = config;
  const tests = new TestSpaces(database, keys, { databaseUrl, dataFolder, maxDeliveryBytes });
  onClose(() => tests.close());
  const cleaning = keepClean({ database, deliveries, keep: config.keep }, log);
  onClose(() => cleaning.close());

  // The last one: a worker that was made and never run could not be closed.
  const made = await Worker.create({
    connection,
    namespace: temporal.namespace,
    taskQueue: config.taskQueue,
    ...(options.workflowBundle === undefined ? await workflowCode() : { workflowBundle: options.workflowBundle }),
    dataConverter: createDataConverter({ keys, encodes: config.payloadCodec }),
    activities: createActivities(
      partsOf({ config, database, keys, deliveries, metrics, networks, mailer, schedules, sources, tests, workflows }),
    ),
    shutdownGraceTime: '20s',
    shutdownForceTime: '40s',
    ...PATIENT,
  });
  worker = made;
  const stopped = made.run();
  onClose(() => stop(made, stopped));
  return { metricsUrl: probes?.url ?? null, stopped };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

async function stop(worker: Worker, stopped: Promise<void>): Promise<void> {
  if (worker.getState() === 'RUNNING') worker.shutdown();
  await stopped.catch(() => undefined);
}

interface Made {
  readonly config: Config;
  readonly database: Database;
  readonly keys: Keys;
  readonly deliveries: DeliveryFiles;
  readonly metrics: SyncMetrics;
  readonly networks: OpenNetworks;
  readonly mailer: Mailer;
  readonly schedules: ActivityParts['schedules'];
  readonly sources: ActivityParts['sources'];
  readonly tests: TestSpaces;
  readonly workflows: ActivityParts['workflows'];
}

function deliveriesOf(config: Config, keys: Keys): DeliveryFiles {
  return new DeliveryFiles(join(config.dataFolder, 'deliveries'), keys.key, keys.old, config.maxDeliveryBytes);
}

function partsOf({ config, ...parts }: Made): ActivityParts {
  const { database, keys } = parts;
  return {
    ...parts,
    dataFolder: config.dataFolder,
    passwords: new TemporaryPasswords(keys.key, keys.ring),
    heartbeatSeconds: config.heartbeatSeconds,
    networkConcurrency: config.networkConcurrency,
    batchSize: config.batchSize,
    historyEvents: config.historyEvents,
    kAnonymity: config.kAnonymity,
    approvalsNeedCodes: !config.trustTemporalUi,
    uploads: new UploadAccess(database, keys, config),
    openDelivered: (customer, content) => openDelivered(database, keys.ring, customer, content),
    probe: (customer) => probeSource(database, keys.ring, customer),
  };
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
  log.info({ metrics: worker.metricsUrl }, 'the worker runs');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void worker.close());
  await worker.stopped.finally(() => worker.close());
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
