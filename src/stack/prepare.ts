import { pathToFileURL } from 'node:url';
import { readConfig } from '../config.js';
import { createLogger, type Logger } from '../log.js';
import { prepareNamespace } from './temporal-namespace.js';
import { migrate } from '../store/migrate.js';
import { openConnection, temporalSettings, type TemporalSettings } from '../temporal/connection.js';

export interface PrepareOptions {
  readonly databaseUrl: string;
  readonly temporal: TemporalSettings;
  readonly log: Logger;
}

/**
 * Brings both services to what the other programs need, before these start: the tables, the namespace with its 90 days,
 * the search attributes. Can be repeated; a service that refuses part of it (Temporal Cloud) is told of, not failed on.
 * @throws MigrationRefused, TemporalUnreachable
 */
export async function prepareServices({ databaseUrl, temporal, log }: PrepareOptions): Promise<void> {
  const migrations = await migrate(databaseUrl);
  log.info({ migrations }, 'the database is prepared');
  const connection = await openConnection(temporal);
  try {
    for (const problem of await prepareNamespace(connection, temporal.namespace)) log.warn(problem);
  } finally {
    await connection.close();
  }
  log.info({ namespace: temporal.namespace }, 'Temporal is prepared');
}

/** A program that ends: run it once before a new version's workers are started. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  if (config.databaseUrl === null) throw new Error('DATABASE_URL is not set, so nothing was prepared.');
  const temporal = temporalSettings(process.env, null);
  await prepareServices({ databaseUrl: config.databaseUrl, temporal, log: createLogger(config.logLevel) });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
