import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readChildren } from '../../src/stack/child-records.js';
import { openDataFolder } from '../../src/stack/data-folder.js';
import { startPostgres } from '../../src/stack/postgres-server.js';
import { identify, isRunning, type ProcessIdentity } from '../../src/stack/process-identity.js';
import { comesTrue, crash, silent, startProgram, temporaryFolder } from './support.js';

describe('when the stack is killed', () => {
  it('its Postgres ends as well', async () => {
    const path = join(await temporaryFolder(), 'data');
    const { program } = await startProgram('start-postgres', path);
    const postgres = recordedPostgres(path);

    await crash(program);

    expect(await comesTrue(() => !isRunning(postgres))).toBe(true);
  });

  it('together with its watchdog, the next start ends what was left over', async () => {
    const path = join(await temporaryFolder(), 'data');
    const { program } = await startProgram('start-postgres', path);
    const postgres = recordedPostgres(path);
    process.kill(await watchdogOf(program.pid ?? 0), 'SIGKILL');
    await crash(program);
    expect(isRunning(postgres)).toBe(true);

    const folder = await openDataFolder(path);

    expect(folder.endedLeftOvers).toEqual(['Postgres']);
    expect(isRunning(postgres)).toBe(false);
    await folder.close();
  });

  it('a stranger who has the number of a former child is left alone', async () => {
    const path = join(await temporaryFolder(), 'data');
    const { program } = await startProgram('hold-data-folder', path);
    const stranger = identify(program.pid ?? 0);
    expect(stranger).not.toBeNull();
    expect(isRunning({ pid: program.pid ?? 0, startedAt: 'another time' })).toBe(false);
    expect(isRunning(stranger ?? { pid: 0, startedAt: '' })).toBe(true);
  });
});

describe('a Postgres that was killed', () => {
  it('comes back where it was, with what was committed', async () => {
    const path = join(await temporaryFolder(), 'data');
    const folder = await openDataFolder(path);
    onTestFinished(() => folder.close());
    const { url } = await startPostgres({ folder, env: {}, log: silent, preferredPort: 0 });
    await answer(url, 'CREATE TABLE kept AS SELECT 42 AS answer');

    process.kill(recordedPostgres(path).pid, 'SIGKILL');

    expect(await comesTrue(() => answer(url, 'TABLE kept').catch(() => false))).toBe(true);
    expect(readChildren(join(path, 'children.json'))).toHaveLength(1);
  });
});

/** Whether the statement gave a row. */
async function answer(url: string, sql: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', silent);
  await client.connect();
  try {
    return (await client.query(sql)).rowCount === 1;
  } finally {
    await client.end();
  }
}

function recordedPostgres(dataPath: string): ProcessIdentity {
  const [postgres] = readChildren(join(dataPath, 'children.json'));
  if (postgres === undefined) throw new Error('No child is written down.');
  return postgres;
}

/** The child of the stack that watches it. */
async function watchdogOf(pid: number): Promise<number> {
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ').map(Number);
  for (const child of children) {
    if ((await readFile(`/proc/${child}/cmdline`, 'utf8')).includes('watchdog')) return child;
  }
  throw new Error('The stack has no watchdog.');
}
