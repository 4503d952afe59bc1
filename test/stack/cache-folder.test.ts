import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheFolder, keepInCache } from '../../src/stack/cache-folder.js';
import { crash, silent, startProgram, temporaryFolder } from './support.js';

describe('the cache folder', () => {
  it('follows XDG_CACHE_HOME, and else is in the home folder', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/some/cache', HOME: '/home/ann' })).toBe('/some/cache/usersync');
    expect(cacheFolder({ HOME: '/home/ann' })).toBe('/home/ann/.cache/usersync');
    expect(cacheFolder({ XDG_CACHE_HOME: 'relative', HOME: '/home/ann' })).toBe('/home/ann/.cache/usersync');
  });

  it('keeps nothing of what could not be made, and makes it the next time', async () => {
    const path = join(await temporaryFolder(), 'deep', 'thing');
    const failing = keepInCache({
      path,
      log: silent,
      make: async (folder) => {
        await writeFile(join(folder, 'half'), 'half');
        throw new Error('cut off');
      },
    });
    await expect(failing).rejects.toThrow('cut off');
    expect(await readdir(join(path, '..'))).toEqual([]);
    await keepInCache({ path, log: silent, make: (folder) => written(folder, 'whole') });
    expect(await readFile(path, 'utf8')).toBe('whole');
  });

  it('never uses what a killed maker left behind', async () => {
    const path = join(await temporaryFolder(), 'thing');
    const { program } = await startProgram('make-slowly', path, '600000');
    await crash(program);
    expect(existsSync(path)).toBe(false);

    await keepInCache({ path, log: silent, make: (folder) => written(folder, 'whole') });

    expect(await readFile(path, 'utf8')).toBe('whole');
    expect(await readdir(join(path, '..'))).toEqual(['thing']);
  });

  it('lets one process make it while the others wait', async () => {
    const folder = await temporaryFolder();
    const [path, diary] = [join(folder, 'thing'), join(folder, 'diary')];
    const makers = [1, 2, 3].map(() => startProgram('make-slowly', path, '1000', diary));
    expect((await Promise.all(makers)).map(({ line }) => line)).toEqual([path, path, path]);
    expect(await readFile(diary, 'utf8')).toBe('made\n');
  });
});

async function written(folder: string, text: string): Promise<string> {
  await writeFile(join(folder, 'whole'), text);
  return join(folder, 'whole');
}
