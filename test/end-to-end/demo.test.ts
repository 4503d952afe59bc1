import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
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
  expect(demo.stdout()).toMatch(/day 3: 0 joiners, 0 leavers, 0 movers, 383 people unchanged\./);
  const ui = /http:\/\/\S+/.exec(demo.stdout())?.[0] ?? '';
  expect((await fetch(ui)).status).toBe(200);

  const second = startDemo('--once');
  expect(await second.ended).toBe(1);
  expect(second.stderr()).toMatch(/already running on the data folder/);

  const kept = await readFile(join(folder, 'data', 'stack.json'), 'utf8');
  expect(kept).toContain(String(demo.child.pid));
  demo.child.kill('SIGINT');
  expect(await demo.ended, demo.stderr()).toBe(0);
  await expect(fetch(ui)).rejects.toThrow();
});
