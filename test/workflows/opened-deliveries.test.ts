import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMessage, encrypt, readKey } from 'openpgp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makePgpKey } from '../../src/connections/pgp.js';
import { makeKeyPair } from '../../src/formats/pgp/key-pair.js';
import { loadKeys } from '../../src/secrets/keys.js';
import { aWorkbook, cellsOf, opened, textRow } from '../formats/builders.js';
import { csvOf, madeUpPeople, MAPPING, type MadeUpPerson } from '../support/people.js';
import { openWorld, type World } from '../support/world.js';

let world: World;
let publicKey: string;
const everybody = madeUpPeople(1, 30);

beforeAll(async () => {
  world = await openWorld();
  await world.useMapping(MAPPING);
  const { key } = await loadKeys(world.config);
  ({ publicKey } = await makePgpKey(world.database, key, world.customer, { kind: 'curve25519', by: 'staff-17' }));
  await world.startWorker();
});
afterAll(() => world.close());
beforeEach(() => expect(world.sandbox.control.violations()).toEqual([]));

test('feature 20: the same people are no change, whether they come as a message, a workbook or a text', async () => {
  const workbook = workbookOf(everybody);
  const message = await encrypted(workbook);
  await world.deliver(message, 'monday.csv');
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  expect(activePeople()).toBe(30);
  expect(await delivered()).toMatchObject({ fileName: 'monday.csv', rows: 30 });
  // What lies in the archive is what the customer delivered, to the last byte.
  expect(await archived('monday.csv')).toEqual(message);

  const first = (await delivered()).sha256;
  await world.deliver(await encrypted(workbook), 'tuesday.csv');
  expect(await run()).toMatchObject({ status: 'done', done: 0 });
  await world.deliver(workbook, 'wednesday.csv');
  expect(await run()).toMatchObject({ status: 'done', done: 0 });
  await world.deliver(await opened(workbook), 'thursday.csv');
  expect(await run()).toMatchObject({ status: 'done', done: 0 });
  // To the byte the same text, so nothing had to be read.
  expect(await delivered()).toMatchObject({ fileName: 'thursday.csv', sha256: first });

  await world.deliver(csvOf(everybody), 'friday.csv');
  expect(await run()).toMatchObject({ status: 'done', done: 0 });
  expect((await delivered()).sha256).not.toBe(first);
});

test('a message that was changed on its way, or is for somebody else, changes nothing and is not kept', async () => {
  const before = JSON.stringify(world.network().people);
  const kept = await sealedFiles();
  const changed = await encrypted(workbookOf(madeUpPeople(1, 29)));
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  await world.deliver(changed, 'changed.csv');
  const damaged = await run();
  expect(damaged).toMatchObject({ status: 'rejected', done: 0 });
  expect(damaged.problem).toMatch(/cut off or was changed on its way.*Nothing was changed/);

  const other = await makeKeyPair('somebody else', 'curve25519');
  await world.deliver(await encrypted(workbookOf(everybody), other.publicKey), 'other.csv');
  const foreign = await run();
  expect(foreign).toMatchObject({ status: 'rejected', done: 0 });
  expect(foreign.problem).toMatch(/encrypted for [0-9A-F]{16}, and our keys are [0-9A-F]{16}/);
  expect(JSON.stringify(world.network().people)).toBe(before);
  expect(await sealedFiles()).toEqual(kept);
});

// SFTP tells times in seconds, and of two files of one second the later name is the newer.
test('the next whole message is taken in, and nothing of it lies about in the clear', async () => {
  await world.deliver(await encrypted(workbookOf([...everybody, { id: '31', last: 'Onversleuteld' }])), 'whole.csv');
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  expect(activePeople()).toBe(31);
  for (const file of await filesOf(world.config.dataFolder))
    expect((await readFile(file)).includes('Onversleuteld'), file).toBe(false);
});

async function run() {
  return (await world.start('live')).result();
}

function activePeople(): number {
  return world.network().people.filter(({ xid, active }) => xid !== null && active).length;
}

/** Its cells are those of `csvOf`. */
function workbookOf(people: readonly MadeUpPerson[]): Buffer {
  const rows = cellsOf(csvOf(people).replaceAll(';', ','));
  return aWorkbook({ rows: rows.map((row) => textRow(...row)).join('') });
}

async function encrypted(content: Buffer, forKey = publicKey): Promise<Buffer> {
  const message = await createMessage({ binary: new Uint8Array(content) });
  const encryptionKeys = await readKey({ armoredKey: forKey });
  return Buffer.from(await encrypt({ message, encryptionKeys, format: 'binary' }));
}

async function delivered() {
  return world.database.prisma.snapshot.findFirstOrThrow({ orderBy: { id: 'desc' } });
}

async function archived(name: string): Promise<Buffer> {
  const files = await filesOf(join(world.config.dataFolder, 'drop', world.customer, 'archive'));
  return readFile(files.find((file) => file.includes(name.replace('.csv', ''))) ?? name);
}

function sealedFiles(): Promise<readonly string[]> {
  return readdir(join(world.config.dataFolder, 'deliveries', world.customer));
}

async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
