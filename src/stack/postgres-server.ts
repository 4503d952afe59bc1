import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { RunningChild } from './children.js';
import type { DataFolder } from './data-folder.js';
import { endProcess } from './end-process.js';
import { openCluster, POSTGRES_ROLE, type PostgresCluster } from './postgres-cluster.js';
import { KeptChild } from './kept-child.js';
import { retryWhenTaken } from './retry-when-taken.js';
import { identify } from './process-identity.js';

export interface Postgres {
  /** With user and password: for programs, never for a screen or a log. */
  readonly url: string;
  /** Resolves when a Postgres of ours has ended and is not started again; never for one that is not ours. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

export interface PostgresOptions {
  readonly folder: DataFolder;
  readonly log: (step: string) => void;
  readonly env: NodeJS.ProcessEnv;
  readonly preferredPort?: number;
  /** false only for tests: a crash of the machine may then destroy the database. Default true. */
  readonly durable?: boolean;
}

/** DATABASE_URL is set, but nothing answers there, or not to us. Names the server, never the password. */
export class DatabaseUnreachable extends Error {
  constructor(where: string, reason: string) {
    super(
      `The database of DATABASE_URL (${where}) does not answer: ${reason}. Nothing was changed. ` +
        `Start it or correct DATABASE_URL; without DATABASE_URL an own PostgreSQL is started.`,
    );
    this.name = new.target.name;
  }
}

const DATABASE = 'usersync';
const PREFERRED_PORT = 54_320;
const READY_WITHIN_MS = 60_000;

/**
 * The Postgres of DATABASE_URL when that is set, else our own in the data folder, started, with a database `usersync`.
 * @throws DatabaseUnreachable, NoPostgres, NoSetpriv, ClusterFailed, ChildFailed
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const existing = options.env['DATABASE_URL'];
  return existing ? useExisting(existing) : startOwn(options);
}

async function useExisting(url: string): Promise<Postgres> {
  const reason = await whyUnreachable(url);
  if (reason !== null) throw new DatabaseUnreachable(placeOf(url), reason);
  return { url, ended: new Promise(() => undefined), close: async () => undefined };
}

async function startOwn(options: PostgresOptions): Promise<Postgres> {
  const { folder, log } = options;
  const cluster = await openCluster(folder.path, log);
  await endForgotten(folder.path);
  return retryWhenTaken(() => launch(cluster, options));
}

async function launch(cluster: PostgresCluster, options: PostgresOptions): Promise<Postgres> {
  const { folder, log, preferredPort = PREFERRED_PORT, durable = true } = options;
  const port = await folder.port('postgres', preferredPort);
  log(`Starting PostgreSQL on 127.0.0.1:${port}.`);
  const urlOf = (database: string) => `postgresql://${POSTGRES_ROLE}:${cluster.password}@127.0.0.1:${port}/${database}`;
  const start = () => startServer(folder, cluster, port, durable);
  const child = await start();
  await child.waitUntil(async () => (await whyUnreachable(urlOf('postgres'))) === null, READY_WITHIN_MS);
  await createDatabase(urlOf('postgres'));
  const kept = new KeptChild('PostgreSQL', child, start, log);
  return { url: urlOf(DATABASE), ended: kept.ended, close: () => kept.stop() };
}

function startServer(
  folder: DataFolder,
  cluster: PostgresCluster,
  port: number,
  durable: boolean,
): Promise<RunningChild> {
  return folder.children.start({
    name: 'Postgres',
    ...cluster.serve(port, durable),
    env: { ...process.env, LC_ALL: 'C' },
    logPath: folder.logPath('postgres'),
    // Fast shutdown, then immediate: SIGTERM would wait for every client to go by itself.
    signals: ['SIGINT', 'SIGQUIT'],
    graceMs: 15_000,
  });
}

/** A server of this folder that a crash kept us from writing down; Postgres's own file knows it. */
async function endForgotten(dataPath: string): Promise<void> {
  const pidFile = join(dataPath, 'postgres', 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const server = identify(Number(readFileSync(pidFile, 'utf8').split('\n')[0]));
  if (server === null || !commandLine(server.pid).includes(join(dataPath, 'postgres'))) return;
  await endProcess({ ...server, name: 'Postgres', signals: ['SIGINT', 'SIGQUIT'], graceMs: 15_000 });
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

async function whyUnreachable(url: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return null;
  } catch (error) {
    return error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function placeOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return 'which is not a URL';
  }
}
