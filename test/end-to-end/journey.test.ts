import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usersync-journey-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const Counts = z.object({
  read: z.number(),
  created: z.number(),
  invited: z.number(),
  suspended: z.number(),
  failed: z.number(),
  held: z.number(),
});
const Told = z.object({
  phases: z.array(z.object({ title: z.string(), milliseconds: z.number() })),
  test: z.object({
    checks: z.array(z.object({ check: z.string(), lookedAt: z.number(), differences: z.number() })),
    report: z.string(),
  }),
  waves: z.array(z.object({ name: z.string(), people: z.number(), run: z.number().nullable() })),
  days: z.array(z.object({ title: z.string(), counts: Counts })),
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function journey(...args: readonly string[]): Promise<Ended> {
  const words = ['demo', '--journey', '--people', '400', '--once', '--json', '--data', join(folder, 'data'), ...args];
  const env = { ...process.env, TEMPORAL_ADDRESS: '', DATABASE_URL: '' };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(ROOT, 'scripts/run.mjs'), ...words], { cwd: ROOT, env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

test('the journey goes from the first call through test and waves to the second daily sync, by commands alone', async () => {
  const { code, stdout, stderr } = await journey();
  expect(code, stderr).toBe(0);
  const told = Told.parse(JSON.parse(stdout));

  expect(told.phases.map(({ title }) => title)).toEqual([
    ...['week 1: setup', 'week 2: mapping', 'weeks 3 and 4: implementation', 'week 5: test on an anonymised copy'],
    ...['week 6: release in waves', 'the first daily sync', 'the second daily sync'],
  ]);
  expect(told.test.checks).toHaveLength(14);
  expect(told.test.checks.filter(({ differences }) => differences > 0)).toEqual([]);
  expect(told.waves.map(({ name }) => name)).toEqual(['pilot', 'first stores', 'everybody else']);
  // One of the 400 would be a holiday worker only from the 500th on.
  expect(told.waves.reduce((sum, { people }) => sum + people, 0)).toBe(400);
  expect(told.days).toMatchObject([
    { title: 'daily sync 1', counts: { read: 402, created: 2, invited: 2, failed: 0, held: 0 } },
    { title: 'daily sync 2', counts: { read: 404, created: 2, invited: 2, failed: 0, held: 0 } },
  ]);
  expect(told.days.every(({ counts }) => counts.suspended > 0)).toBe(true);

  // Every step is a command that a person could have typed.
  const typed = stderr.split('\n').filter((line) => line.startsWith('         usersync '));
  expect(typed.length).toBeGreaterThan(30);
  const report = await readFile(told.test.report, 'utf8');
  expect(report).toContain('<svg');
  expect(report).not.toMatch(/zonnehof\.example|Appelhof|Beukenboom/);
}, 300_000);

test('a customer is connected once: a second journey on the same data is refused, with the way out', async () => {
  const { code, stderr } = await journey();
  expect(code).toBe(1);
  expect(stderr).toContain('is connected only once. Nothing was changed. Take another folder with --data DIR');
}, 120_000);
