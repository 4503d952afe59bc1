import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { postgresBinaries } from './postgres-binaries.js';
import { postgresUser } from './postgres-user.js';

export const POSTGRES_ROLE = 'usersync';

/** A database cluster on disk, ready to be started. */
export interface PostgresCluster {
  readonly password: string;
  /** The program that serves it on a port. */
  serve(port: number, durable: boolean): { readonly command: string; readonly args: readonly string[] };
}

/**
 * The cluster in `<data>/postgres`, made when there is none. It is made under another name and renamed when it is whole,
 * so that a start that was cut off leaves nothing that looks finished.
 * @throws NoPostgres, NoSetpriv, ClusterFailed
 */
export async function openCluster(dataPath: string, log: (step: string) => void): Promise<PostgresCluster> {
  const folder = join(dataPath, 'postgres');
  const { initdb, postgres } = postgresBinaries();
  const user = postgresUser(folder);
  const password = keepPassword(join(dataPath, 'postgres.password'));
  if (!existsSync(folder)) {
    log('Making a new PostgreSQL database.');
    await makeCluster(initdb, dataPath, folder, password);
  }
  return {
    password,
    serve: (port, durable) => user.wrap(postgres, ['-D', folder, ...settings(port, durable)]),
  };
}

/** `initdb` did not succeed; nothing of it is left. */
export class ClusterFailed extends Error {
  constructor(reason: string) {
    super(`PostgreSQL's initdb failed and what it had written was removed: ${reason}`);
    this.name = new.target.name;
  }
}

async function makeCluster(initdb: string, dataPath: string, folder: string, password: string): Promise<void> {
  const [unfinished, passwordFile] = [`${folder}.new`, join(dataPath, 'postgres.password.new')];
  const user = postgresUser(folder);
  try {
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    [unfinished, passwordFile].forEach(user.own);
    const { command, args } = user.wrap(initdb, initArguments(unfinished, passwordFile));
    await promisify(execFile)(command, [...args], { timeout: 120_000, env: { ...process.env, LC_ALL: 'C' } });
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new ClusterFailed(error instanceof Error ? error.message : String(error));
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Sorting by bytes, as everywhere else in the system: no locale of the machine decides an order. */
function initArguments(folder: string, passwordFile: string): readonly string[] {
  return [
    ['-D', folder],
    ['--username', POSTGRES_ROLE],
    ['--pwfile', passwordFile],
    ['--encoding', 'UTF8'],
    ['--locale', 'C'],
    ['--auth', 'scram-sha-256'],
    ['--no-instructions'],
  ].flat();
}

function keepPassword(path: string): string {
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(path, 'utf8').trim();
}

/** Durable, on loopback TCP only, and silent about values: a failed statement is told to its client, never to the log. */
function settings(port: number, durable: boolean): readonly string[] {
  const values: Record<string, string | number> = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    timezone: 'UTC',
    max_connections: 100,
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    wal_level: 'minimal',
    max_wal_senders: 0,
    jit: 'off',
    dynamic_shared_memory_type: sharedMemory(),
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** A container's /dev/shm is often 64 MB, too small for one parallel join of a million rows. */
function sharedMemory(): 'posix' | 'mmap' {
  if (process.platform !== 'linux') return 'posix';
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize < 256 * 1024 * 1024 ? 'mmap' : 'posix';
  } catch {
    return 'mmap';
  }
}
