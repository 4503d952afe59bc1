import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, type Config } from '../../src/config.js';
import {
  sealNetworkCredentials,
  sealSourceCredentials,
  type SourceCredentials,
} from '../../src/connections/credentials.js';
import { makeDropSource } from '../../src/connections/drop-source.js';
import { uploadTo } from '../../src/cli/demo/upload.js';
import { startDropServer } from '../../src/drop-server.js';
import { hashPassword } from '../../src/drop/password.js';
import type { Drop } from '../../src/drop/drop.js';
import { createLogger } from '../../src/log.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import type { NetworkReport } from '../../src/sandbox/control/report.js';
import { loadKeys } from '../../src/secrets/keys.js';
import { saveCustomer } from '../../src/store/customers.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { saveDropAccount } from '../../src/store/drop-accounts.js';
import { makeTestClock } from '../../src/store/test-clock.js';
import { toCustomerId, type CustomerId } from '../../src/sync/ids.js';
import { createDataConverter } from '../../src/temporal/codec/data-converter.js';
import { startRun, type StartedRun } from '../../src/temporal/runs.js';
import { installRuntime } from '../../src/temporal/runtime.js';
import { startWorker, type RunningWorker, type WorkerOptions } from '../../src/worker.js';
import { compiledSources } from './ask-shared-servers.js';
import { useMapping } from './active-mapping.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { testTemporal, type TestTemporal } from './test-temporal.js';

/** One customer with everything real around it: database, Temporal, drop, sandbox and, when started, a worker. */
export interface World {
  readonly customer: CustomerId;
  readonly config: Config;
  readonly databaseUrl: string;
  readonly database: Database;
  readonly temporal: TestTemporal;
  readonly drop: Drop;
  readonly sandbox: Sandbox;
  readonly networkEid: string;
  /** The folder of the compiled sources. */
  readonly compiled: string;
  readonly upload: { readonly userName: string; readonly password: string };
  startWorker(): Promise<RunningWorker>;
  /** Uploads a file to the drop as the customer does. */
  deliver(content: string | Buffer, name?: string): Promise<void>;
  useMapping(document: string): Promise<number>;
  start(kind: 'dry' | 'live', options?: { delivery?: 'newest' | 'last'; mapping?: number }): Promise<StartedRun>;
  network(): NetworkReport;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly customer?: string;
  readonly roles?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where the records come from instead of the drop. */
  readonly source?: WorldSource;
  /** Another Temporal than the shared one, such as one whose time can be skipped. Its client has the codec of these keys. */
  readonly temporal?: TestTemporal;
  /** For a Temporal that knows no schedules. */
  readonly schedules?: WorkerOptions['schedules'];
  /** Days can pass in it: `setTestClock(world.database, days)` moves the time of its database, for whoever asks it. */
  readonly hasClock?: boolean;
}

export interface WorldSource {
  readonly kind: string;
  readonly settings: object;
  readonly credentials: SourceCredentials;
}

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const customer = toCustomerId(options.customer ?? 'korenaar');
  const dataFolder = await mkdtemp(join(tmpdir(), 'usersync-world-'));
  // Before any connection of the native kind is made: the runtime is made once a process.
  await installRuntime(createLogger('error'), false);
  const config = readConfig({
    USERSYNC_DATA: dataFolder,
    USERSYNC_HEARTBEAT_SECONDS: '3',
    USERSYNC_LOG_LEVEL: 'error',
    USERSYNC_METRICS_ADDRESS: 'off',
    ...options.env,
  });
  const keys = await loadKeys(config);
  const dataConverter = createDataConverter({ keys, encodes: config.payloadCodec });
  const [place, temporal, compiled] = await Promise.all([
    options.hasClock === true ? databaseWithClock() : createTestDatabase(),
    options.temporal ?? testTemporal(dataConverter),
    compiledSources(),
  ]);
  const database = openDatabase(place.url);
  const log = createLogger('silent');
  const sandbox = await startSandbox({ dataDir: null });
  const drop = await startDropServer({
    ...{ dataFolder, host: '127.0.0.1', port: 0, database, log },
  });
  const { key } = keys;
  const network = sandbox.control.createNetwork({
    name: customer,
    roles: (options.roles ?? []).map((name) => ({ name })),
    administrator: { givenName: 'First', familyName: 'Administrator', email: 'first@network.example' },
  });
  const { eid: appEid, secret: appSecret } = network.app;
  const { host, port, hostKeyFingerprint } = drop;
  const reading = { host, port, hostKeyFingerprint, readFrom: ['127.0.0.0/8'] };
  const { account, settings, password } = await makeDropSource(customer, reading, 100_000_000);
  const source = options.source ?? { kind: 'drop', settings, credentials: { password } };
  await saveCustomer(
    database,
    { id: customer, name: 'De Korenaar', timeZone: 'Europe/Amsterdam', manager: 'pm-1', dailyAt: '05:30' },
    {
      eid: network.eid,
      apiBase: sandbox.url,
      scimBase: null,
      credentials: sealNetworkCredentials(key, customer, { appEid, appSecret, scimToken: network.scimToken }),
      requestsPerSecond: null,
    },
    { ...source, credentials: sealSourceCredentials(key, customer, source.credentials) },
  );
  await saveDropAccount(database, account);
  const upload = { userName: customer, password: randomBytes(9).toString('base64url') };
  await saveDropAccount(database, {
    ...{ userName: upload.userName, customer, publicKeys: [], access: 'upload' },
    passwordHash: await hashPassword(upload.password),
    allowedFrom: ['127.0.0.0/8'],
    maxFileBytes: 100_000_000,
  });
  const workers: RunningWorker[] = [];
  return {
    ...{ customer, config, databaseUrl: place.url, database, temporal, drop, sandbox, upload },
    ...{ networkEid: network.eid, compiled },
    async startWorker() {
      const { address, namespace } = temporal;
      const worker = await startWorker({
        config: { ...config, dropPublicAddress: `${drop.host}:${drop.port}` },
        databaseUrl: place.url,
        temporal: { connection: { address }, namespace },
        ...(options.schedules === undefined ? {} : { schedules: options.schedules }),
        log: createLogger(config.logLevel),
        workflowBundle: { codePath: join(compiled, 'workflow-bundle.js') },
      });
      workers.push(worker);
      return worker;
    },
    async deliver(content, name = 'people.csv') {
      const { userName: username, password } = upload;
      await uploadTo(drop, { username, password }, Buffer.from(content), name);
    },
    useMapping: (document) => useMapping(database, customer, document),
    start(kind, options = {}) {
      const order = { customer, kind, requestedBy: 'test', ...options } as const;
      return startRun(temporal.client, config.taskQueue, order, randomBytes(4).toString('hex'));
    },
    network: () => sandbox.control.state(network.eid),
    async close() {
      for (const worker of workers) await worker.close();
      await drop.close();
      await sandbox.close();
      await database.close();
      await temporal.close();
      await place.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** The functions of the clock stand before those of Postgres in the search path of everybody who opens this address. */
async function databaseWithClock(): Promise<TestDatabase> {
  const { url: plain, close } = await createTestDatabase();
  const url = new URL(plain);
  url.searchParams.set('options', '-c search_path=public,pg_catalog');
  const database = openDatabase(url.href, 1);
  await makeTestClock(database);
  await database.close();
  return { url: url.href, close };
}
