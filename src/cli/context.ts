import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Config } from '../config.js';
import type { TestSpaces } from '../connections/test/test-spaces.js';
import { loadKeys, type Keys } from '../secrets/keys.js';
import { readStack, type StackAddresses } from '../stack/stack-file.js';
import { openDatabase, type Database } from '../store/database.js';
import { CommandFailed, DatabaseNotPrepared, DatabaseUnreachable, NoStack } from './errors.js';
import type { Output } from './output.js';

const CONNECT_WITHIN_MS = 10_000;
const NO_SUCH_TABLE = '42P01';

/** What a command works with. Connections are opened when they are first asked for, and closed with the command. */
export class Context {
  readonly #toClose: (() => Promise<void>)[] = [];

  constructor(
    readonly config: Config,
    readonly env: NodeJS.ProcessEnv,
    readonly output: Output,
  ) {}

  /** The stack that runs on the data folder; null when none does. */
  stack(): Promise<StackAddresses | null> {
    return readStack(this.config.dataFolder);
  }

  /** DATABASE_URL, else the running stack's. @throws NoStack, DatabaseUnreachable, DatabaseNotPrepared */
  async database(): Promise<Database> {
    const url = this.config.databaseUrl ?? (await this.stack())?.databaseUrl;
    if (url === undefined) throw new NoStack('Postgres', this.config.dataFolder);
    const database = openDatabase(url, this.config.databaseConnections);
    this.#toClose.push(() => database.close());
    await probe(database, url);
    return database;
  }

  /** Opens and makes spaces of tests, as the worker does. @throws NoStack, and what `keys` throws */
  async testSpaces(database: Database): Promise<TestSpaces> {
    const databaseUrl = this.config.databaseUrl ?? (await this.stack())?.databaseUrl;
    if (databaseUrl === undefined) throw new NoStack('Postgres', this.config.dataFolder);
    const { TestSpaces } = await import('../connections/test/test-spaces.js');
    const { dataFolder, maxDeliveryBytes } = this.config;
    const spaces = new TestSpaces(database, await this.keys(), { databaseUrl, dataFolder, maxDeliveryBytes });
    this.#toClose.push(() => spaces.close());
    return spaces;
  }

  /** What TEMPORAL_* or Temporal's own configuration file say, else the running stack's. @throws NoStack, TemporalUnreachable, CommandFailed without key */
  async temporal(): Promise<Client> {
    // Loading the client takes a second, so only commands that need it do.
    const { connectTemporal, temporalSettings } = await import('../temporal/connection.js');
    const { createDataConverter } = await import('../temporal/codec/data-converter.js');
    const settings = temporalSettings(this.env, (await this.stack())?.temporal ?? null);
    if (settings.connection.address === undefined) throw new NoStack('Temporal', this.config.dataFolder);
    const codec = { keys: await this.keys(), encodes: this.config.payloadCodec };
    const client = await connectTemporal(settings, createDataConverter(codec));
    this.#toClose.push(() => client.connection.close());
    return client;
  }

  /**
   * The keys that seal secrets. One is never made here: sealed with a key that the worker does not have, a secret could
   * not be opened. @throws CommandFailed, UnusableMasterKey
   */
  async keys(): Promise<Keys> {
    const path = join(this.config.dataFolder, 'master.key');
    const isThere = this.config.masterKey !== undefined || (await exists(path));
    if (isThere) return loadKeys(this.config);
    throw new CommandFailed(
      `There is no master key: USERSYNC_MASTER_KEY is not set and ${path} does not exist. Nothing was changed. ` +
        'Start the stack once, which makes the key, or give this command the same key as the worker.',
    );
  }

  async close(): Promise<void> {
    for (const close of this.#toClose.splice(0).reverse()) await close();
  }
}

async function probe({ pool }: Database, url: string): Promise<void> {
  const late = new AbortController();
  const tooLate = sleep(CONNECT_WITHIN_MS, null, { ref: false, signal: late.signal }).then(
    () => Promise.reject(new DatabaseUnreachable(url, 'no answer in time')),
    () => undefined,
  );
  try {
    await Promise.race([pool.query('SELECT 1 FROM customer LIMIT 0'), tooLate]);
  } catch (error) {
    if (error instanceof DatabaseUnreachable) throw error;
    if (codeOf(error) === NO_SUCH_TABLE) throw new DatabaseNotPrepared(url);
    throw new DatabaseUnreachable(url, codeOf(error) ?? 'no connection');
  } finally {
    late.abort();
  }
}

/** The words of the driver may hold what it was given, so only the code is told. */
function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
