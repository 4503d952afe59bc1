import { join } from 'node:path';
import { readConfig } from '../config.js';
import { startDropServer } from '../drop-server.js';
import { createLogger } from '../log.js';
import { startPortal } from '../portal/portal.js';
import { startSandbox, type Sandbox } from '../sandbox/sandbox.js';
import { loadKeys } from '../secrets/keys.js';
import { openDatabase } from '../store/database.js';
import { moveDropSources } from '../store/drop-sources.js';
import { migrate } from '../store/migrate.js';
import { startCodecEndpoint } from '../temporal/codec/endpoint.js';
import { FreeTextCodec } from '../temporal/codec/free-text-codec.js';
import { temporalSettings } from '../temporal/connection.js';
import { startWorker } from '../worker.js';
import { openDataFolder } from './data-folder.js';
import { startPostgres } from './postgres-server.js';
import { writeStack, type StackAddresses } from './stack-file.js';
import { startTemporal } from './temporal-server.js';

export interface StackOptions {
  readonly dataFolder: string;
  readonly env: NodeJS.ProcessEnv;
  /** One sentence for each step. */
  readonly log: (step: string) => void;
}

export interface Stack {
  readonly addresses: StackAddresses;
  readonly sandbox: Sandbox;
  /** Resolves with a sentence when a part ended by itself. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

/**
 * Everything on one machine: Postgres, Temporal, the drop, the sandbox and one worker. What was started is ended again
 * when a later part does not start.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
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
  { dataFolder, env, log }: StackOptions,
  onClose: (end: () => Promise<void>) => void,
): Promise<Omit<Stack, 'close'>> {
  const config = readConfig({ ...env, USERSYNC_DATA: dataFolder });
  const folder = await openDataFolder(config.dataFolder);
  onClose(() => folder.close());
  for (const name of folder.endedLeftOvers) log(`Ended ${name}, left over from a stack that crashed.`);

  const logger = createLogger(env['USERSYNC_LOG_LEVEL'] ?? 'warn');
  const keys = await loadKeys(config);

  // Before Temporal, whose UI is told where it is; where the UI is, in turn, is known only afterwards.
  let uiOrigins = config.codecOrigins;
  const codec = await startCodecEndpoint({
    ...{ host: '127.0.0.1', port: await folder.port('codec', 8234), token: config.codecToken, log: logger },
    codec: new FreeTextCodec({ keys, encodes: config.payloadCodec }),
    isUi: (origin) => uiOrigins.includes(origin),
  });
  onClose(() => codec.close());
  const codecUrl = config.codecToken === null ? codec.url : `${codec.url}/${config.codecToken}`;

  const [postgres, temporal] = await startBoth(
    startPostgres({ folder, env, log }),
    startTemporal({ folder, env, log, serverArguments: ['--ui-codec-endpoint', codecUrl] }),
    onClose,
  );
  if (temporal.uiUrl !== null) uiOrigins = [temporal.uiUrl, temporal.uiUrl.replace('127.0.0.1', 'localhost')];
  const migrations = await migrate(postgres.url);
  if (migrations.length > 0) log(`Prepared the database: ${migrations.join(', ')}.`);
  const database = openDatabase(postgres.url);
  onClose(() => database.close());

  const sandbox = await startSandbox({
    dataDir: join(config.dataFolder, 'sandbox'),
    port: await folder.port('sandbox', 4010),
  });
  onClose(() => sandbox.close());
  log(`The Speakap sandbox answers at ${sandbox.url}.`);

  const drop = await startDropServer({
    dataFolder: config.dataFolder,
    host: '127.0.0.1',
    port: await folder.port('drop', 2222),
    database,
    log: logger,
  });
  onClose(() => drop.close());
  log(`The SFTP drop listens on 127.0.0.1:${drop.port}.`);
  const moved = await moveDropSources(database, drop);
  if (moved > 0) log(`Sources that read this drop were pointed at its new address: ${moved}.`);

  const portal = await startPortal({
    ...{ database, keys: keys.ring, host: '127.0.0.1', port: await folder.port('portal', 4020), log: logger },
    proxies: config.portalProxies,
  });
  onClose(() => portal.close());
  const portalUrl = config.portalUrl ?? portal.url;
  log(`The portal answers at ${portal.url}.`);

  const worker = await startWorker({
    config: {
      ...config,
      ...{ metricsAddress: `127.0.0.1:${await folder.port('metrics', 9464)}`, portalUrl },
      dropPublicAddress: config.dropPublicAddress ?? `${drop.host}:${drop.port}`,
      ...{ dropReadAddress: `${drop.host}:${drop.port}`, dropHostKey: drop.hostKeyFingerprint },
    },
    databaseUrl: postgres.url,
    temporal: temporalSettings(env, temporal),
    log: logger,
  });
  onClose(() => worker.close());
  log('The worker is ready.');

  const addresses: StackAddresses = {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    temporal: { address: temporal.address, namespace: temporal.namespace, ui: temporal.uiUrl },
    databaseUrl: postgres.url,
    drop: { host: drop.host, port: drop.port, hostKeyFingerprint: drop.hostKeyFingerprint },
    sandbox: { url: sandbox.url },
    worker: { metrics: worker.metricsUrl },
    codec: { url: codec.url },
    portal: { url: portalUrl },
  };
  await writeStack(config.dataFolder, addresses);
  return { addresses, sandbox, ended: firstToEnd([postgres.ended, temporal.ended, worker.stopped]) };
}

interface Part {
  close(): Promise<void>;
}

/** Side by side; when one does not start, the other is still ended. */
async function startBoth<One extends Part, Other extends Part>(
  one: Promise<One>,
  other: Promise<Other>,
  onClose: (end: () => Promise<void>) => void,
): Promise<[One, Other]> {
  for (const starting of [one, other]) {
    starting.then(
      (part) => onClose(() => part.close()),
      () => undefined,
    );
  }
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}

function firstToEnd(parts: readonly Promise<string | void>[]): Promise<string> {
  return Promise.race(
    parts.map((part) =>
      part.then(
        (why) => why ?? 'The worker stopped.',
        (error: unknown) => `The worker stopped: ${error instanceof Error ? error.message : String(error)}`,
      ),
    ),
  );
}
