import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NoDropFile, readDropFile } from '../../src/drop/drop-file.js';
import { toCustomerId } from '../../src/sync/ids.js';

const customer = toCustomerId('korenaar');
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'usersync-drop-file-'));
  await mkdir(join(root, 'korenaar', 'monthly'), { recursive: true });
  await mkdir(join(root, 'other'));
  await writeFile(join(root, 'korenaar', 'people.csv'), 'Id\n1\n');
  await writeFile(join(root, 'korenaar', 'empty.csv'), '');
  await writeFile(join(root, 'korenaar', 'monthly', 'people.csv'), 'Id\n2\n');
  await writeFile(join(root, 'other', 'people.csv'), 'secret');
  await symlink(join(root, 'other', 'people.csv'), join(root, 'korenaar', 'link.csv'));
  await symlink(join(root, 'other'), join(root, 'korenaar', 'folder'));
});

afterAll(() => rm(root, { recursive: true, force: true }));

describe('a file that a customer uploaded', () => {
  test('is read whole, also from a folder of the customer', async () => {
    expect(await contentOf('people.csv')).toBe('Id\n1\n');
    expect(await contentOf('/monthly/people.csv')).toBe('Id\n2\n');
    expect(await contentOf('empty.csv')).toBe('');
    expect((await read('people.csv')).bytes).toBe(5);
  });

  test.each(['../other/people.csv', '/../../other/people.csv', 'monthly/../../other/people.csv', 'link.csv'])(
    'is never one outside its folder: %s',
    async (name) => expect(read(name)).rejects.toThrow(/is not there any more.*Nothing was changed/),
  );

  test.each(['folder/people.csv', 'nothing.csv', 'people.csv/x', 'a\0b', 'a'.repeat(5_000)])(
    'is not made up: %s',
    async (name) => expect(read(name)).rejects.toThrow(NoDropFile),
  );

  test('is no folder, and not larger than allowed', async () => {
    await expect(read('monthly')).rejects.toThrow('it is a folder');
    await expect(read('people.csv', 4)).rejects.toThrow('it has 5 bytes, and 4 are allowed');
  });
});

async function contentOf(fileName: string): Promise<string> {
  return text((await read(fileName)).content);
}

async function read(fileName: string, maxBytes = 1_000) {
  const file = await readDropFile({ root, customer, fileName, maxBytes });
  file.content.on('end', () => undefined);
  return file;
}
