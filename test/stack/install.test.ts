import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './support.js';

const SAYS_THAT_IT_INSTALLS = /Installing dependencies \.\.\./g;

describe('a fresh clone', () => {
  it('gets its dependencies once', async () => {
    const clone = await aClone();
    expect(await installations(clone)).toBe(1);
    expect(await readFile(join(clone, 'node_modules', 'small', 'package.json'), 'utf8')).toContain('small');
    expect(await installations(clone)).toBe(0);
  });

  it('gets them again when the lock file changed', async () => {
    const clone = await aClone();
    await installations(clone);
    await writeProject(clone, '1.0.1');
    expect(await installations(clone)).toBe(1);
  });

  it('gets them again after an installation that was cut off', async () => {
    const clone = await aClone();
    await installations(clone);
    await rm(join(clone, 'node_modules', '.usersync-lock-sha256'));
    await rm(join(clone, 'node_modules', '.package-lock.json'));
    expect(await installations(clone)).toBe(1);
  });

  it('takes what a developer installed by hand for installed', async () => {
    const clone = await aClone();
    await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--offline'], { cwd: clone });
    expect(await installations(clone)).toBe(0);
  });

  it('is not installed twice by two commands at once', async () => {
    const clone = await aClone();
    const counts = await Promise.all([installations(clone), installations(clone), installations(clone)]);
    expect(counts.toSorted()).toEqual([0, 0, 1]);
  });
});

/** The scripts of this project around a project that needs no network. */
async function aClone(): Promise<string> {
  const clone = await temporaryFolder();
  await cp(fileURLToPath(new URL('../../scripts', import.meta.url)), join(clone, 'scripts'), { recursive: true });
  await writeProject(clone, '1.0.0');
  return clone;
}

async function writeProject(clone: string, version: string): Promise<void> {
  const root = { name: 'clone', version: '1.0.0', dependencies: { small: 'file:small' } };
  const small = { name: 'small', version };
  const packages = { '': root, 'node_modules/small': { resolved: 'small', link: true }, small };
  await mkdir(join(clone, 'small'), { recursive: true });
  await writeFile(join(clone, 'small', 'package.json'), JSON.stringify(small));
  await writeFile(join(clone, 'package.json'), JSON.stringify(root));
  await writeFile(
    join(clone, 'package-lock.json'),
    JSON.stringify({ ...root, lockfileVersion: 3, requires: true, packages }),
  );
}

/** Makes the clone ready and answers how often it installed. */
async function installations(clone: string): Promise<number> {
  const { stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', `await (await import('./scripts/prepare.mjs')).prepare()`],
    { cwd: clone },
  );
  return [...stderr.matchAll(SAYS_THAT_IT_INSTALLS)].length;
}
