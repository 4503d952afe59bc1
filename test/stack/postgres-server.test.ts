import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDataFolder } from '../../src/stack/data-folder.js';
import { postgresBinaries } from '../../src/stack/postgres-binaries.js';
import { DatabaseUnreachable, startPostgres } from '../../src/stack/postgres-server.js';
import { postgresUser } from '../../src/stack/postgres-user.js';
import { runProgram } from '../../src/stack/run-program.js';
import { silent, temporaryFolder } from './support.js';

describe('our own Postgres', () => {
  it('keeps its data, its password and its port over a restart', async () => {
    const path = join(await temporaryFolder(), 'data');
    const first = await started(path);
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.close();
    const second = await started(path);
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('is durable, UTF-8 and on loopback alone', async () => {
    const { url } = await started(join(await temporaryFolder(), 'data'));
    const settings = await query(
      url,
      `SELECT current_setting('fsync') AS fsync, current_setting('server_encoding') AS encoding,
              current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets`,
    );
    expect(settings).toEqual([{ fsync: 'on', encoding: 'UTF8', addresses: '127.0.0.1', sockets: '' }]);
  });

  it('wants the password', async () => {
    const { url } = await started(join(await temporaryFolder(), 'data'));
    const other = new URL(url);
    other.password = 'guessed';
    await expect(query(other.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  });

  it('writes no value of a failed statement to its log', async () => {
    const path = join(await temporaryFolder(), 'data');
    const { url } = await started(path);
    await query(url, 'CREATE TABLE people (email text PRIMARY KEY)');
    await query(url, `INSERT INTO people VALUES ('ann@example.org')`);
    await expect(query(url, `INSERT INTO people VALUES ('ann@example.org')`)).rejects.toThrow();
    expect(await readFile(join(path, 'logs', 'postgres.log'), 'utf8')).not.toContain('example.org');
  });

  it('takes another port when its own is taken, and two data folders do not meet', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const address = taken.address();
    const preferredPort = typeof address === 'object' && address !== null ? address.port : 0;
    const parent = await temporaryFolder();

    const [one, two] = await Promise.all(['one', 'two'].map((name) => started(join(parent, name), preferredPort)));

    const ports = [one?.url, two?.url].map((url) => Number(new URL(url ?? '').port));
    expect(new Set([...ports, preferredPort]).size).toBe(3);
    await query(one?.url ?? '', 'CREATE TABLE only_in_one ()');
    await expect(query(two?.url ?? '', 'SELECT * FROM only_in_one')).rejects.toThrow(/does not exist/);
  });

  it('leaves nothing that looks like a database when making one was cut off', async () => {
    const path = join(await temporaryFolder(), 'data');
    await mkdir(join(path, 'postgres.new'), { recursive: true, mode: 0o700 });
    await writeFile(join(path, 'postgres.new', 'PG_VERSION'), '18');
    const { url } = await started(path);
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

describe('an existing Postgres', () => {
  it('that does not answer is named, without its password', async () => {
    const folder = await openDataFolder(join(await temporaryFolder(), 'data'));
    onTestFinished(() => folder.close());
    const env = { DATABASE_URL: 'postgresql://ann:very-secret@127.0.0.1:1/hr' };
    const error = await startPostgres({ folder, env, log: silent }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DatabaseUnreachable);
    expect(String(error)).toContain('127.0.0.1:1/hr');
    expect(String(error)).not.toContain('very-secret');
  });

  it('is used, and left running', async () => {
    const own = await started(join(await temporaryFolder(), 'data'));
    const folder = await openDataFolder(join(await temporaryFolder(), 'data'));
    const used = await startPostgres({ folder, env: { DATABASE_URL: own.url }, log: silent });
    expect(used.url).toBe(own.url);
    await used.close();
    await folder.close();
    expect(await query(own.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

describe.runIf(process.getuid?.() === 0)('root', () => {
  it('runs Postgres from a clone and a data folder that only root can enter', async () => {
    const clone = await temporaryFolder();
    const native = join(dirname(postgresBinaries().initdb), '..');
    await cp(native, join(clone, 'native'), { recursive: true, verbatimSymlinks: true });
    const database = join(clone, 'postgres');
    await mkdir(database, { mode: 0o700 });
    const user = postgresUser(database);
    user.own(database);

    const { command, args } = user.wrap(join(clone, 'native', 'bin', 'initdb'), [
      '-D',
      database,
      '-U',
      'a',
      '--no-sync',
    ]);
    await runProgram(command, args, { timeoutMs: 60_000 });

    expect(await readFile(join(database, 'PG_VERSION'), 'utf8')).toBe('18\n');
  });
});

async function started(path: string, preferredPort = 0): Promise<{ url: string; close: () => Promise<void> }> {
  const folder = await openDataFolder(path);
  onTestFinished(() => folder.close());
  const postgres = await startPostgres({ folder, env: {}, log: silent, preferredPort });
  return { url: postgres.url, close: () => folder.close() };
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
