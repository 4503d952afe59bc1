import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { readConfig, type Config } from '../src/config.js';
import { sealNetworkCredentials } from '../src/connections/credentials.js';
import { loadKeys } from '../src/secrets/keys.js';
import { openDataFolder } from '../src/stack/data-folder.js';
import { startPostgres } from '../src/stack/postgres-server.js';
import { startTemporal, type TemporalServer } from '../src/stack/temporal-server.js';
import { saveCustomer } from '../src/store/customers.js';
import { openDatabase, type Database } from '../src/store/database.js';
import { migrate } from '../src/store/migrate.js';
import { toCustomerId, type CustomerId } from '../src/sync/ids.js';
import { createDataConverter } from '../src/temporal/codec/data-converter.js';
import { useMapping } from '../test/support/active-mapping.js';
import { compile } from '../test/support/compile.js';
import { startSandboxProcess, type SandboxProcess } from './sandbox-process.js';
import { startWorkerProcess, type WorkerProcess } from './worker-process.js';

/** The embedded stack in a temporary folder, started when it is first asked for. */
export interface Place {
  readonly say: (step: string) => void;
  stack(): Promise<Stack>;
  close(): Promise<void>;
}

export interface Stack {
  /** For rosters. */
  readonly folder: string;
  readonly config: Config;
  readonly databaseUrl: string;
  readonly database: Database;
  readonly temporal: TemporalServer;
  readonly client: Client;
  readonly sandbox: SandboxProcess;
  /** Folder of the compiled sources, as the image has them. */
  readonly compiled: string;
  addCustomer(slug: string, options: CustomerOptions): Promise<BenchCustomer>;
  /** A worker in a process of its own, which reads `roster` as everybody's source. */
  startWorker(): Promise<WorkerProcess>;
}

export interface CustomerOptions {
  readonly mapping: string;
  /** What the sandbox allows, and what we are told of it; null: no limit. */
  readonly requestsPerSecond?: number | null;
}

export interface BenchCustomer {
  readonly customer: CustomerId;
  readonly networkEid: string;
  /** Of the network in the sandbox. */
  readonly url: string;
  /** What REST calls carry. */
  readonly token: string;
}

export function openPlace(say: (step: string) => void): Place {
  const closers: (() => Promise<void>)[] = [];
  let started: Promise<Stack> | null = null;
  return {
    say,
    stack: () => (started ??= startStack(say, (end) => closers.push(end))),
    async close() {
      for (const end of closers.splice(0).reverse()) await end();
    },
  };
}

async function startStack(say: (step: string) => void, onClose: (end: () => Promise<void>) => void): Promise<Stack> {
  const path = await mkdtemp(join(tmpdir(), 'usersync-bench-'));
  onClose(() => rm(path, { recursive: true, force: true }));
  const folder = await openDataFolder(join(path, 'data'));
  onClose(() => folder.close());
  // Services that the environment names are somebody's, and no place for a bench.
  const { DATABASE_URL: _database, TEMPORAL_ADDRESS: _temporal, ...env } = process.env;
  const parts = { folder, env, log: say };
  const postgres = await startPostgres({ ...parts, preferredPort: 0 });
  onClose(() => postgres.close());
  const temporal = await startTemporal({ ...parts, ports: { grpc: 0, ui: null } });
  onClose(() => temporal.close());
  await migrate(postgres.url);
  const database = openDatabase(postgres.url);
  onClose(() => database.close());
  // As the image runs it: what `tsx` makes of a source is slower in every function that makes another.
  const compiled = await compile();
  onClose(() => compiled.remove());
  const sandbox = await startSandboxProcess(compiled.path);
  onClose(() => sandbox.stop());

  const config = readConfig({ USERSYNC_DATA: folder.path, USERSYNC_METRICS_ADDRESS: 'off' });
  const keys = await loadKeys(config);
  const connection = await Connection.connect({ address: temporal.address });
  onClose(() => connection.close());
  const dataConverter = createDataConverter({ keys, encodes: config.payloadCodec });
  const client = new Client({ connection, namespace: temporal.namespace, dataConverter });
  const { url: databaseUrl } = postgres;
  return {
    ...{ folder: path, config, databaseUrl, database, temporal, client, sandbox, compiled: compiled.path },
    async addCustomer(slug, { mapping: document, requestsPerSecond = null }) {
      const customer = toCustomerId(slug);
      const network = await sandbox.createNetwork({ name: slug, requestsPerSecond });
      const { eid: appEid, secret: appSecret } = network.app;
      await saveCustomer(
        database,
        { id: customer, name: slug, timeZone: 'Europe/Amsterdam', manager: 'pm-1', dailyAt: '05:30' },
        {
          ...{ eid: network.eid, apiBase: sandbox.url, scimBase: null, requestsPerSecond },
          credentials: sealNetworkCredentials(keys.key, customer, {
            ...{ appEid, appSecret, scimToken: network.scimToken },
          }),
        },
        null,
      );
      await useMapping(database, customer, document);
      const url = `${sandbox.url}/networks/${network.eid}/`;
      return { customer, networkEid: network.eid, url, token: `${appEid}_${appSecret}` };
    },
    async startWorker() {
      const worker = await startWorkerProcess({ config, databaseUrl, temporal, folder: path, compiled: compiled.path });
      onClose(() => worker.stop());
      return worker;
    },
  };
}
