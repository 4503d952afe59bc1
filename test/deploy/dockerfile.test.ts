import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { inClone, readText } from './compose-file.js';
import { readStages, wordsOf, type Instruction } from './dockerfile.js';

let stages: readonly (readonly Instruction[])[];
let last: readonly Instruction[];
let sent: readonly string[];

beforeAll(async () => {
  stages = readStages(await readText('Dockerfile'));
  last = stages.at(-1) ?? [];
  sent = (await readText('.dockerignore')).split('\n').filter((line) => line.startsWith('!'));
});

describe('the image', () => {
  test('stands in every stage on one pinned Node of at least the version that we ask for', () => {
    const images = new Set(stages.map(([from]) => from?.rest.split(' ')[0]));
    expect([...images]).toEqual([expect.stringMatching(/^node:2\d\.\d+\.\d+-bookworm-slim$/)]);
  });

  test('copies only what is in the repository and is sent to the builder', () => {
    for (const source of stages.flat().flatMap(copiedFromClone)) {
      expect(existsSync(inClone(source)), source).toBe(true);
      expect(
        sent.some((line) => isWithin(source, line.slice(1))),
        `${source} in .dockerignore`,
      ).toBe(true);
    }
  });

  test('copies from stages what these have', () => {
    const names = stages.map(([from]) => from?.rest.split(' AS ')[1]);
    const used = stages.flat().flatMap(({ rest }) => /^--from=(\w+)/.exec(rest)?.[1] ?? []);
    expect(used.sort()).toEqual(['build', 'dependencies']);
    for (const name of used) expect(names).toContain(name);
  });

  test('holds production packages alone, installed from the lock file without install scripts', () => {
    const installs = stages.flat().filter(({ rest }) => rest.includes('npm '));
    for (const { rest } of installs.filter((run) => !run.rest.includes('npm run build'))) {
      expect(rest).toMatch(/^npm ci .*--ignore-scripts/);
    }
    const packages = last.filter(({ rest }) => rest.includes('node_modules'));
    expect(packages.map(({ rest }) => rest)).toEqual(['--from=dependencies /app/node_modules ./node_modules']);
    expect(stages[1]?.some(({ rest }) => rest.startsWith('npm ci --omit=dev --omit=optional'))).toBe(true);
  });

  test('runs as somebody without rights, from a folder that is not theirs', () => {
    const users = last.filter(({ name }) => name === 'USER').map(({ rest }) => rest);
    expect(users).toEqual(['node']);
    expect(last.findIndex(({ name }) => name === 'USER')).toBeGreaterThan(
      last.findLastIndex(({ name }) => name === 'COPY'),
    );
    expect(last.some(({ name, rest }) => name === 'COPY' && rest.includes('--chown'))).toBe(false);
  });

  test('asks the worker whether it is ready, and runs it when nothing else is said', () => {
    const check = last.find(({ name }) => name === 'HEALTHCHECK');
    const command = last.find(({ name }) => name === 'CMD');
    expect(check && wordsOf(check)).toEqual(['node', 'deploy/health.mjs', 'http://127.0.0.1:9464/readyz']);
    expect(command && wordsOf(command)).toEqual(['node', 'dist/worker.js']);
  });

  test('keeps no secret', () => {
    const settings = stages.flat().filter(({ name }) => name === 'ENV' || name === 'ARG');
    expect(settings.map(({ rest }) => rest).join(' ')).not.toMatch(/KEY|PASSWORD|SECRET|TOKEN/);
  });
});

/** Sources of a COPY that does not come from another stage. */
function copiedFromClone({ name, rest }: Instruction): readonly string[] {
  if (name !== 'COPY' || rest.startsWith('--from=')) return [];
  return rest.split(' ').slice(0, -1);
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
