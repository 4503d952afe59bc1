import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readConfig } from './config.js';
import { startDrop, type Drop, type DropSettings } from './drop/drop.js';
import type { DropAccess, DropAccounts } from './drop/accounts.js';
import { createLogger, type Logger } from './log.js';
import { openDatabase, type Database } from './store/database.js';
import { findDropAccount } from './store/drop-accounts.js';
import { recordUpload } from './store/drop-uploads.js';
import { openConnection, temporalSettings } from './temporal/connection.js';
import { announceUpload } from './temporal/uploads.js';
import { toCustomerId, type CustomerId } from './sync/ids.js';

export interface DropServerOptions {
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  readonly database: Database;
  /** Told after an upload was noted; what it throws is logged, and the upload stays noted. */
  readonly announce?: (customer: CustomerId) => Promise<void>;
  readonly log: Logger;
  readonly limits?: DropSettings['limits'];
}

/** The drop with its accounts in Postgres and its files in `drop/` of the data folder. */
export async function startDropServer(options: DropServerOptions): Promise<Drop> {
  const { dataFolder, host, port, database, announce, log, limits } = options;
  const root = join(dataFolder, 'drop');
  await mkdir(root, { recursive: true, mode: 0o700 });
  return startDrop({
    hostKeyPath: join(dataFolder, 'drop-host-key'),
    host,
    port,
    root,
    accounts: accountsIn(database),
    onUpload: async ({ customer, userName, path, bytes }) => {
      await recordUpload(database, { customer, userName, fileName: path.replace(/^\/+/, ''), bytes });
      await announce?.(customer);
    },
    log,
    ...(limits === undefined ? {} : { limits }),
  });
}

function accountsIn(database: Database): DropAccounts {
  return {
    async find(userName) {
      const account = await findDropAccount(database, userName);
      if (account === null) return null;
      const { customerId, maxFileBytes, access, ...rest } = account;
      return {
        ...rest,
        customer: toCustomerId(customerId),
        maxFileBytes: Number(maxFileBytes),
        access: toAccess(access),
      };
    },
  };
}

function toAccess(text: string): DropAccess {
  return text === 'fetch' ? 'fetch' : 'upload';
}

/** The drop as a program of its own: everything from the environment, until SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogger(config.logLevel);
  if (config.databaseUrl === null)
    throw new Error('DATABASE_URL is not set, so the drop cannot start. Nothing was changed.');
  const database = openDatabase(config.databaseUrl, config.databaseConnections);
  const [host = '0.0.0.0', port = '2222'] = config.dropAddress.split(/:(?=\d+$)/);
  const settings = temporalSettings(process.env, null);
  // Without Temporal, what was uploaded is noticed when somebody looks.
  const temporal = settings.connection.address === undefined ? null : await openConnection(settings).catch(() => null);
  const drop = await startDropServer({
    ...{ dataFolder: config.dataFolder, host, port: Number(port), database, log },
    ...(temporal === null ? {} : { announce: (customer) => announceUpload(temporal, settings.namespace, customer) }),
  });
  log.info({ port: drop.port, hostKey: drop.hostKeyFingerprint }, 'the drop listens');
  const stop = async (): Promise<void> => {
    await drop.close();
    await database.close();
    await temporal?.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
