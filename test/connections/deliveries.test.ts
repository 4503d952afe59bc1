import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DeliveryFiles } from '../../src/connections/deliveries.js';
import { parseMasterKey } from '../../src/secrets/master-key.js';
import { toCustomerId } from '../../src/sync/ids.js';

const CUSTOMER = toCustomerId('korenaar');
/** More than the first mark, so that a file that differs behind it is read from what is at rest. */
const BEGINNING = Buffer.alloc(5 * 1024 * 1024, 'x');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usersync-deliveries-'));
});

afterAll(() => rm(folder, { recursive: true }));

function filesWith(key: string): DeliveryFiles {
  return new DeliveryFiles(folder, parseMasterKey(key.repeat(64), 'test'), [], 1e9);
}

function delivery(end: string) {
  const content = Readable.from([BEGINNING, Buffer.from(end)]);
  return { name: 'people.csv', size: null, modifiedAt: new Date(), content, archive: () => Promise.resolve(false) };
}

test('a delivery is kept though the last one, which it begins as, cannot be opened any more', async () => {
  const [before, after] = [filesWith('a'), filesWith('b')];
  const last = await before.keep(CUSTOMER, 1, delivery('1'));
  expect((await before.keep(CUSTOMER, 2, delivery('1'), last)).file).toBe(last.file);

  const otherKey = await after.keep(CUSTOMER, 3, delivery('1'), last);
  expect(otherKey).toMatchObject({ file: 'korenaar/3.sealed', sha256: last.sha256 });
  await before.remove(last.file);
  const { file } = await after.keep(CUSTOMER, 4, delivery('2'), last);
  expect((await buffer(after.read(file))).equals(Buffer.concat([BEGINNING, Buffer.from('2')]))).toBe(true);
});
