import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { uploadTo } from '../../src/cli/demo/upload.js';
import { until } from '../support/until.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usersync-demo-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const Day = z.object({
  title: z.string(),
  counts: z.object({
    read: z.number(),
    active: z.number(),
    created: z.number(),
    suspended: z.number(),
    failed: z.number(),
    held: z.number(),
  }),
  people: z.object({ joiners: z.number(), leavers: z.number(), movers: z.number() }),
});
const Told = z.object({
  temporalUi: z.string(),
  sandbox: z.string(),
  drop: z.object({ host: z.string(), port: z.number(), user: z.string(), password: z.string() }),
  days: z.array(Day),
});

function startDemo(...args: readonly string[]) {
  const child = spawn(
    process.execPath,
    [join(ROOT, 'scripts/run.mjs'), 'demo', '--data', join(folder, 'data'), ...args],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TEMPORAL_ADDRESS: '', DATABASE_URL: '' },
    },
  );
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on('data', (text: Buffer) => out.push(text.toString()));
  child.stderr.on('data', (text: Buffer) => err.push(text.toString()));
  const ended = once(child, 'exit').then(([code]) => Number(code));
  return { child, ended, stdout: () => out.join(''), stderr: () => err.join('') };
}

test('the demo tells two days and ends with 0', async () => {
  const demo = startDemo('--once', '--json');
  expect(await demo.ended, demo.stderr()).toBe(0);
  const told = Told.parse(JSON.parse(demo.stdout()));
  expect(told.days).toMatchObject([
    { title: 'day 1', counts: { read: 1000, active: 383, created: 383, failed: 0, held: 0 } },
    { title: 'day 2', counts: { failed: 0, held: 0 }, people: { joiners: 4, leavers: 4, movers: 4 } },
  ]);
});

test('started again on the same data it brings a quiet day, stays, refuses a second start, and ends with Ctrl-C', async () => {
  const demo = startDemo();
  await until(() => demo.stdout().includes('Try next:'), 120);
  expect(demo.stdout()).toMatch(/day 3: 0 joiners, 0 leavers, 0 movers\./);
  const ui = /http:\/\/\S+/.exec(demo.stdout())?.[0] ?? '';
  expect((await fetch(ui)).status).toBe(200);

  const second = startDemo('--once');
  expect(await second.ended).toBe(1);
  expect(second.stderr()).toMatch(/already running on the data folder/);

  const kept = await readFile(join(folder, 'data', 'stack.json'), 'utf8');
  expect(kept).toContain(String(demo.child.pid));

  // For the next start: a file that somebody tries, with half of the people.
  const day = await readFile(join(ROOT, 'examples/woodgrove/day-2.csv'), 'utf8');
  const half = day.slice(0, day.indexOf('\n', day.length / 2) + 1);
  const [, user = '', password = ''] = /user (\S+) {2}password (\S+)/.exec(demo.stdout()) ?? [];
  const port = Number(/sftp -P (\d+)/.exec(demo.stdout())?.[1]);
  await uploadTo({ host: '127.0.0.1', port }, { username: user, password }, Buffer.from(half), 'woodgrove.csv');
  demo.child.kill('SIGINT');
  expect(await demo.ended, demo.stderr()).toBe(0);
  await expect(fetch(ui)).rejects.toThrow();
});

test('with a file in the drop whose changes are held, it says so and stays', async () => {
  const demo = startDemo();
  await until(() => demo.stdout().includes('Try next:'), 120);
  expect(demo.stderr()).toMatch(/day 3 ended as "waiting" with 0 failed and \d+ held changes\./);
  expect(demo.stdout()).toContain('sync held woodgrove');
  demo.child.kill('SIGINT');
  expect(await demo.ended, demo.stderr()).toBe(0);
});
