import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMessage, encrypt, generateKey, readKey } from 'openpgp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../src/store/database.js';
import { listAudit } from '../../src/store/audit.js';
import { findPgpSender, listPgpKeys } from '../../src/store/pgp-keys.js';
import { fixture } from '../formats/builders.js';
import { addCustomer } from '../support/bare-customer.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { temporaryFolder, usersync } from './support.js';

const MAPPING = `
format: 1
externalId: Personnel no
active: Active == "TRUE"
columns:
  givenName: First name
  email: E-mail
options:
  allowWithoutBusinessUnit: true
  allowWithoutGroups: true
`;

let server: TestDatabase;
let database: Database;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase(server.url, 2);
  folder = await temporaryFolder();
  await addCustomer(database, 'korenaar');
  await writeFile(file('mapping.yaml'), MAPPING);
});
afterAll(async () => {
  await database?.close();
  await server?.close();
  await folder?.remove();
});

function file(name: string): string {
  return join(folder.path, name);
}

function call(...args: readonly string[]) {
  const env = { DATABASE_URL: server.url, USERSYNC_DATA: folder.path, USERSYNC_MASTER_KEY: 'ab'.repeat(32) };
  return usersync(args, { env });
}

test('without a key, `pgp show` says how to make one', async () => {
  expect((await call('pgp', 'show', 'korenaar')).stdout).toContain('"usersync pgp make korenaar" makes one');
});

test('a key is made, given out with its fingerprint, and its private part is nowhere in the clear', async () => {
  const made = await call('pgp', 'make', 'korenaar', '--by', 'p.jansen', '--out', file('ours.asc'));
  expect(made).toMatchObject({ code: 0 });
  const [kept] = await listPgpKeys(database, 'korenaar');
  expect(made.stdout.replaceAll(' ', '')).toContain(kept?.fingerprint);
  expect(await readFile(file('ours.asc'), 'utf8')).toBe(kept?.publicKey);
  expect(kept?.privateKey).toMatch(/^sealed\.v1\./);
  expect(made.stdout + made.stderr).not.toContain('PRIVATE');
});

test('`mapping check` opens a record that is encrypted for it, and a workbook without any stack', async () => {
  const workbook = await fixture('people-1900.xlsx');
  await writeFile(file('people.xlsx'), workbook);
  const plain = await usersync(['mapping', 'check', file('mapping.yaml'), '--record', file('people.xlsx')]);
  expect(plain.stdout).toContain('4 rows, all of them readable');

  const message = await createMessage({ binary: new Uint8Array(workbook) });
  const encryptionKeys = await readKey({ armoredKey: await readFile(file('ours.asc'), 'utf8') });
  await writeFile(file('people.gpg'), Buffer.from(await encrypt({ message, encryptionKeys, format: 'binary' })));
  const check = ['mapping', 'check', file('mapping.yaml'), '--record', file('people.gpg')];
  expect((await call(...check, '--customer', 'korenaar')).stdout).toContain('4 rows, all of them readable');
  const without = await usersync(check);
  expect(without).toMatchObject({ code: 1 });
  expect(without.stderr).toContain('no key of ours is at hand for it');
});

test('the newest key is given out, the one of before opens until it is removed', async () => {
  const old = (await listPgpKeys(database, 'korenaar'))[0]?.fingerprint ?? '';
  await call('pgp', 'make', 'korenaar', '--by', 'p.jansen', '--kind', 'rsa4096');
  const shown = (await call('pgp', 'show', 'korenaar', '--json')).json();
  expect(shown).toMatchObject({ keys: [{ kind: 'rsa4096' }, { kind: 'curve25519', fingerprint: old }], sender: null });
  expect(shown['publicKey']).toBe((await listPgpKeys(database, 'korenaar'))[0]?.publicKey);
  expect(JSON.stringify(shown)).not.toContain('sealed.v1');

  expect(await call('pgp', 'remove', 'korenaar', 'ABCD', '--by', 'p.jansen')).toMatchObject({ code: 1 });
  expect(await call('pgp', 'remove', 'korenaar', old.slice(-16), '--by', 'p.jansen')).toMatchObject({ code: 0 });
  expect(await listPgpKeys(database, 'korenaar')).toHaveLength(1);
});

test('the key of a sender is kept, and a private one is refused', async () => {
  const sender = await generateKey({ userIDs: [{ email: 'hr@korenaar.example' }] });
  await writeFile(file('sender.asc'), String(sender.publicKey));
  await writeFile(file('private.asc'), String(sender.privateKey));
  const refused = await call('pgp', 'sender', 'korenaar', '--key', file('private.asc'), '--by', 'p.jansen');
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stderr).toContain('this is a private key');
  expect(await call('pgp', 'sender', 'korenaar', '--by', 'p.jansen')).toMatchObject({ code: 2 });

  await call('pgp', 'sender', 'korenaar', '--key', file('sender.asc'), '--must-sign', '--by', 'p.jansen');
  expect(await findPgpSender(database, 'korenaar')).toMatchObject({ mustSign: true });
  expect((await call('pgp', 'show', 'korenaar')).stdout).toContain('every message must be signed');
  expect(await call('pgp', 'sender', 'korenaar', '--none', '--by', 'p.jansen')).toMatchObject({ code: 0 });
  expect(await findPgpSender(database, 'korenaar')).toBeNull();
});

test('every act but looking stands in the audit trail', async () => {
  const entries = await listAudit(database, 'korenaar');
  expect(entries.map(({ by, what }) => `${by} ${what}`).reverse()).toEqual([
    ...['p.jansen PGP key made', 'p.jansen PGP key made', 'p.jansen PGP key removed'],
    ...['p.jansen PGP sender set', 'p.jansen PGP sender removed'],
  ]);
});
