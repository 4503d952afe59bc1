import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DataFolderInUse, NotADataFolder, openDataFolder } from '../../src/stack/data-folder.js';
import { readStack, writeStack, type StackAddresses } from '../../src/stack/stack-file.js';
import { crash, startProgram, temporaryFolder } from './support.js';

function addresses(pid: number): StackAddresses {
  return {
    pid,
    startedAt: '2026-11-24T02:00:00.000Z',
    temporal: { address: '127.0.0.1:7233', namespace: 'default', ui: 'http://127.0.0.1:8233' },
    databaseUrl: 'postgresql://usersync:very-secret@127.0.0.1:54320/usersync',
    drop: { host: '127.0.0.1', port: 2222, hostKeyFingerprint: 'SHA256:abc' },
    sandbox: null,
    worker: { metrics: null },
    codec: { url: 'http://127.0.0.1:8234' },
    portal: { url: 'http://127.0.0.1:4020' },
  };
}

describe('a data folder', () => {
  it('can be read by its owner only', async () => {
    const path = join(await temporaryFolder(), 'data');
    const folder = await openDataFolder(path);
    await writeStack(path, addresses(process.pid));
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect((await stat(join(path, 'stack.json'))).mode & 0o777).toBe(0o600);
    await folder.close();
  });

  it('tells another terminal where the stack is, as long as it runs', async () => {
    const path = join(await temporaryFolder(), 'data');
    expect(await readStack(path)).toBeNull();
    const folder = await openDataFolder(path);
    expect(await readStack(path)).toBeNull();
    await writeStack(path, addresses(process.pid));
    expect(await readStack(path)).toEqual(addresses(process.pid));
    await folder.close();
    expect(await readStack(path)).toBeNull();
  });

  it('refuses a second start with the process and the addresses, without a password, and changes nothing', async () => {
    const path = join(await temporaryFolder(), 'data');
    const { program } = await startProgram('hold-data-folder', path);
    const pid = program.pid ?? 0;
    await writeStack(path, addresses(pid));
    const before = await contentsOf(path);

    const error = await openDataFolder(path).catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(DataFolderInUse);
    expect(String(error)).toContain(`process ${pid}`);
    expect(String(error)).toContain('http://127.0.0.1:8233');
    expect(String(error)).toContain('127.0.0.1:54320');
    expect(String(error)).not.toContain('very-secret');
    expect(await contentsOf(path)).toEqual(before);
  });

  it('is taken over from a stack that crashed, whose addresses are no longer told', async () => {
    const path = join(await temporaryFolder(), 'data');
    const { program } = await startProgram('hold-data-folder', path);
    await writeStack(path, addresses(program.pid ?? 0));
    await crash(program);

    expect(await readStack(path)).toBeNull();
    const folder = await openDataFolder(path);
    expect(await readStack(path)).toBeNull();
    await folder.close();
  });

  it('is not taken from a running stranger that happens to have the number of a crashed stack', async () => {
    const path = join(await temporaryFolder(), 'data');
    await mkdir(path, { mode: 0o700 });
    await writeFile(join(path, 'stack.lock'), JSON.stringify({ pid: process.ppid, startedAt: 'another time' }));
    const folder = await openDataFolder(path);
    await folder.close();
  });

  it('is never made of an ordinary folder that others can read', async () => {
    const path = await temporaryFolder();
    await mkdir(join(path, 'work'), { mode: 0o755 });
    await writeFile(join(path, 'work', 'letter.txt'), 'mine');

    await expect(openDataFolder(join(path, 'work'))).rejects.toBeInstanceOf(NotADataFolder);

    expect(await readdir(join(path, 'work'))).toEqual(['letter.txt']);
    expect((await stat(join(path, 'work'))).mode & 0o777).toBe(0o755);
  });
});

async function contentsOf(path: string): Promise<Record<string, string>> {
  const files = (await readdir(path, { withFileTypes: true })).filter((entry) => entry.isFile());
  const texts = files.map(async ({ name }) => [name, await readFile(join(path, name), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(texts));
}
