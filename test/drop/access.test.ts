import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import SftpClient from 'ssh2-sftp-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { giveDropAccess, withdrawDropAccess, type DropAccessWish } from '../../src/connections/drop-access.js';
import { findDropPlace, type DropPlace } from '../../src/connections/drop-place.js';
import { readOnce } from '../../src/connections/once-links.js';
import { OpenSources } from '../../src/connections/sources.js';
import { startDropServer } from '../../src/drop-server.js';
import type { Drop } from '../../src/drop/drop.js';
import { readDropFile } from '../../src/drop/drop-file.js';
import { generateKeyPair } from '../../src/drop/key-pair.js';
import { createLogger } from '../../src/log.js';
import { loadKeys, type Keys } from '../../src/secrets/keys.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { findDropAccount, listDropAccounts } from '../../src/store/drop-accounts.js';
import { uploadsOf } from '../../src/store/drop-uploads.js';
import type { CustomerId } from '../../src/sync/ids.js';
import { addCustomer } from '../support/customers.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const pair = generateKeyPair('korenaar');
const announced: string[] = [];
let folder: string;
let servers: TestDatabase;
let database: Database;
let keys: Keys;
let drop: Drop;
let place: DropPlace;
let customer: CustomerId;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usersync-access-'));
  servers = await createTestDatabase();
  database = openDatabase(servers.url);
  keys = await loadKeys({ dataFolder: folder, masterKey: undefined, oldMasterKeys: [] });
  drop = await startDropServer({
    ...{ dataFolder: folder, host: '127.0.0.1', port: 0, database, log: createLogger('silent') },
    announce: async (told) => {
      announced.push(told);
      throw new Error('Nobody listens.');
    },
  });
  place = await findDropPlace({ ...SETTINGS, dropPublicAddress: `127.0.0.1:${drop.port}`, dropData: folder });
});

beforeEach(async () => {
  count += 1;
  customer = await addCustomer(database, `korenaar-${count}`);
});

afterAll(async () => {
  await drop.close();
  await database.close();
  await servers.close();
  await rm(folder, { recursive: true, force: true });
});

const SETTINGS = { dropPublicAddress: null, dropReadAddress: null, dropReadFrom: [], dropData: '', dropHostKey: null };

describe('access by a password', () => {
  test('lets the customer upload, and us fetch what was uploaded', async () => {
    const given = await give();
    expect(given).toMatchObject({ userName: `${customer}-hr`, host: '127.0.0.1', port: drop.port, publicKeys: 0 });
    const password = await passwordBehind(given.token);
    await upload(given.userName, { password });
    const source = await new OpenSources(database, keys.ring).open(customer);
    const newest = await source.newest();
    expect(JSON.stringify(newest)).toContain('people.csv');
    await source.close();
  });

  test('is given once, however often it is asked for after a crash', async () => {
    const first = await give();
    const before = await findDropAccount(database, first.userName);
    const again = await Promise.all([give(), give(), give()]);
    expect(new Set(again.map(({ token }) => token))).toEqual(new Set([first.token]));
    expect(await findDropAccount(database, first.userName)).toEqual(before);
    expect(await database.prisma.onceLink.count({ where: { customerId: customer } })).toBe(1);
    await upload(first.userName, { password: await passwordBehind(first.token) });
    // Also when the customer has seen it in the meantime.
    expect((await give()).token).toBe(first.token);
    expect(await findDropAccount(database, first.userName)).toEqual(before);
  });

  test('is the same for two that are asked for at the same moment', async () => {
    const [one, other] = await Promise.all([give(), give()]);
    expect(one.token).toBe(other.token);
    await upload(one.userName, { password: await passwordBehind(one.token) });
  });

  test('is given anew when a person asks for a new one, and the old is over', async () => {
    const first = await give();
    const second = await give({ requestKey: 'another' });
    expect(second.token).not.toBe(first.token);
    expect(await readOnce(database, keys.ring, first.token ?? '')).toBeNull();
    await upload(second.userName, { password: await passwordBehind(second.token) });
  });
});

describe('access by a key', () => {
  test('needs no password and makes no link', async () => {
    const given = await give({ withPassword: false, publicKey: `${pair.publicKey} somebody@somewhere\n` });
    expect(given).toMatchObject({ publicKeys: 1, token: null });
    await upload(given.userName, { privateKey: pair.privateKey });
    expect((await findDropAccount(database, given.userName))?.passwordHash).toBeNull();
  });

  test('takes the place of a password that was given before', async () => {
    const { token } = await give();
    await give({ withPassword: false, publicKey: pair.publicKey, requestKey: 'by key' });
    expect(await readOnce(database, keys.ring, token ?? '')).toBeNull();
  });
});

describe('access that cannot be given', () => {
  test.each<[Partial<DropAccessWish>, RegExp]>([
    [{ addresses: ['0.0.0.0/0'] }, /it allows everybody/],
    [{ addresses: ['10.0.0.1'] }, /it is private/],
    [{ addresses: [] }, /at least one address/],
    [{ publicKey: 'ssh-ed25519 AAAA' }, /What was sent as public key holds no public key/],
    [{ publicKey: pair.privateKey }, /is a private key, which nobody may hand over/],
    [{ withPassword: false }, /needs a public key or a password/],
    [{ userName: 'a/b' }, /The user name cannot be used/],
  ])('for %j is refused, and nothing is left', async (changes, sentence) => {
    await expect(give(changes)).rejects.toThrow(sentence);
    expect(await listDropAccounts(database, customer)).toEqual([]);
    expect(await database.prisma.source.count({ where: { customerId: customer } })).toBe(0);
  });

  test('under a name of another customer, or of our intake', async () => {
    const { userName } = await give();
    customer = await addCustomer(database, `other-${count}`);
    await expect(give({ userName })).rejects.toThrow(/is taken by another customer\. Nothing was changed/);
    await expect(give({ userName: `${customer}-intake` })).rejects.toThrow(/is the login of our own intake/);
    expect(await database.prisma.onceLink.count({ where: { customerId: customer } })).toBe(0);
  });
});

describe('access that is taken back', () => {
  test('lets nobody in, and leaves no credential', async () => {
    const { userName, token } = await give({ publicKey: pair.publicKey });
    expect(await withdrawDropAccess(database, customer)).toEqual({ logins: 2, links: 1, source: true });
    await expect(upload(userName, { privateKey: pair.privateKey })).rejects.toThrow();
    expect(await readOnce(database, keys.ring, token ?? '')).toBeNull();
    const accounts = await listDropAccounts(database, customer);
    expect(accounts.map(({ passwordHash, publicKeys }) => [passwordHash, publicKeys])).toEqual([
      [null, []],
      [null, []],
    ]);
    expect(await withdrawDropAccess(database, customer)).toEqual({ logins: 0, links: 0, source: false });
  });

  test('can be given again', async () => {
    await give();
    await withdrawDropAccess(database, customer);
    const { userName, token } = await give();
    await upload(userName, { password: await passwordBehind(token) });
  });
});

describe('an upload', () => {
  test('is noted and announced, and can be read by the onboarding', async () => {
    const { userName, token } = await give();
    const password = await passwordBehind(token);
    await upload(userName, { password });
    await until(async () => (await uploadsOf(database, customer)).length === 1);
    const [first] = await uploadsOf(database, customer);
    expect(first).toMatchObject({ userName, fileName: 'people.csv', bytes: 5 });
    expect(announced).toContain(customer);
    const file = await readDropFile({ root: join(folder, 'drop'), customer, fileName: 'people.csv', maxBytes: 100 });
    expect(await text(file.content)).toBe('Id\n1\n');

    await upload(userName, { password });
    await until(async () => (await uploadsOf(database, customer, first?.id)).length === 1);
  });
});

describe('where the drop is', () => {
  test('is told by the settings, and its key by its folder or the settings', async () => {
    const fingerprint = `SHA256:${'a'.repeat(43)}`;
    const settings = { ...SETTINGS, dropPublicAddress: 'sftp.example.org:22', dropReadAddress: 'drop:2222' };
    const found = await findDropPlace({ ...settings, dropReadFrom: ['172.16.0.0/12'], dropHostKey: fingerprint });
    expect(found).toEqual({
      ...{ publicHost: 'sftp.example.org', publicPort: 22 },
      reading: { host: 'drop', port: 2222, hostKeyFingerprint: fingerprint, readFrom: ['172.16.0.0/12'] },
    });
    expect(place.reading.hostKeyFingerprint).toBe(drop.hostKeyFingerprint);
  });

  test('has to be told', async () => {
    await expect(findDropPlace(SETTINGS)).rejects.toThrow(/set USERSYNC_DROP_PUBLIC_ADDRESS/);
    const elsewhere = { ...SETTINGS, dropPublicAddress: 'sftp.example.org:22' };
    await expect(findDropPlace(elsewhere)).rejects.toThrow(/set USERSYNC_DROP_READ_FROM/);
    const keyless = { ...SETTINGS, dropPublicAddress: '127.0.0.1:22', dropData: join(folder, 'none') };
    await expect(findDropPlace(keyless)).rejects.toThrow(/start the drop once, or set USERSYNC_DROP_HOST_KEY/);
  });
});

function give(changes: Partial<DropAccessWish> = {}) {
  const wish = { customer, addresses: ['127.0.0.1'], withPassword: true, requestKey: 'first', ...changes };
  const expiresAt = new Date(Date.now() + 3_600_000);
  return giveDropAccess({ database, keys, place, maxFileBytes: 1_000_000 }, { expiresAt, ...wish });
}

async function passwordBehind(token: string | null): Promise<string> {
  const shown = await readOnce(database, keys.ring, token ?? '');
  if (shown === null) throw new Error('The link shows nothing.');
  return shown.secret;
}

async function upload(userName: string, secret: { password: string } | { privateKey: string }): Promise<void> {
  const sftp = new SftpClient();
  await sftp.connect({ host: drop.host, port: drop.port, username: userName, ...secret });
  await sftp.put(Buffer.from('Id\n1\n'), 'people.csv');
  await sftp.end();
}
