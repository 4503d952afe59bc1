import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UnusableMasterKey } from '../../src/secrets/errors.js';
import { loadMasterKey, parseMasterKey } from '../../src/secrets/master-key.js';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'master-key-'));
  path = join(folder, 'keys', 'master.key');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the master key', () => {
  it('is made at the first start, for its owner only, and is the same at the next', async () => {
    const first = await loadMasterKey({ text: undefined, path });
    const second = await loadMasterKey({ text: '', path });
    expect([first.origin, second.origin]).toEqual(['made', 'file']);
    expect(second.key).toEqual(first.key);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, 'keys'))).toEqual(['master.key']);
  });

  it('is one key when several processes start at once', async () => {
    const loaded = await Promise.all(Array.from({ length: 8 }, () => loadMasterKey({ text: undefined, path })));
    expect(new Set(loaded.map(({ key }) => key.id)).size).toBe(1);
    expect(loaded.filter(({ origin }) => origin === 'made')).toHaveLength(1);
  });

  it('comes from the environment as base64, base64url or hexadecimal digits, all of one id', async () => {
    const bytes = Buffer.alloc(32, 0xfb);
    const texts = [bytes.toString('base64'), bytes.toString('base64url'), ` ${bytes.toString('hex').toUpperCase()}\n`];
    const loaded = await Promise.all(texts.map((text) => loadMasterKey({ text, path })));
    expect(loaded.map(({ origin }) => origin)).toEqual(['environment', 'environment', 'environment']);
    expect(new Set(loaded.map(({ key }) => key.id)).size).toBe(1);
    expect(loaded[0]?.key.bytes).toEqual(bytes);
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  it.each(['short', 'ab'.repeat(31), 'ab'.repeat(33), `${'A'.repeat(42)}==`, '*'.repeat(44)])(
    'is refused as "%s", without repeating it',
    (text) => {
      expect(() => parseMasterKey(text, 'USERSYNC_MASTER_KEY')).toThrow(UnusableMasterKey);
      expect(() => parseMasterKey(text, 'USERSYNC_MASTER_KEY')).not.toThrow(text);
    },
  );

  it('is refused from a file that others may read, with the command that mends it', async () => {
    await loadMasterKey({ text: undefined, path });
    await chmod(path, 0o640);
    await expect(loadMasterKey({ text: undefined, path })).rejects.toThrow(`chmod 600 ${path}`);
    await chmod(path, 0o600);
    await expect(loadMasterKey({ text: undefined, path })).resolves.toMatchObject({ origin: 'file' });
  });

  it('is never replaced when its file is damaged', async () => {
    await loadMasterKey({ text: undefined, path });
    await writeFile(path, 'half a k');
    await expect(loadMasterKey({ text: undefined, path })).rejects.toThrow(UnusableMasterKey);
    expect(await readFile(path, 'utf8')).toBe('half a k');
  });

  it('has an id that another key does not have', () => {
    const [one, other] = ['a', 'b'].map((digit) => parseMasterKey(digit.repeat(64), 'test'));
    expect(one?.id).toMatch(/^[0-9a-f]{16}$/);
    expect(one?.id).not.toBe(other?.id);
  });
});
