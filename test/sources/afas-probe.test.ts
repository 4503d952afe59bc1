import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sealSourceCredentials } from '../../src/connections/credentials.js';
import { probeSource, type ProbedSource } from '../../src/connections/probe-source.js';
import { parseMasterKey } from '../../src/secrets/master-key.js';
import { saveCustomer, UnknownCustomer } from '../../src/store/customers.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { toCustomerId } from '../../src/sync/ids.js';
import { anAccount, PASSWORD, TestDrop } from '../drop/support.js';
import { createTestDatabase } from '../support/test-database.js';
import { AfasServer, TOKEN } from './afas-server.js';

const key = parseMasterKey(Buffer.alloc(32, 7).toString('base64'), 'test');
const customer = toCustomerId('korenaar');
let place: Awaited<ReturnType<typeof createTestDatabase>>;
let database: Database;
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
  place = await createTestDatabase();
  database = openDatabase(place.url);
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await database.close();
  await place.close();
});

describe('the first read of a connector', () => {
  it('says how much is there, and no value', async () => {
    const afas = await startAfas();
    expect(await probe()).toEqual({
      ok: true,
      sentence: 'The connector Medewerkers answers: 12 rows on its first page, with 2 columns.',
      columns: ['Medewerker', 'Naam'],
      retryable: false,
    });
    expect(afas.pages).toHaveLength(1);
  });

  it('that fails says why, and whether to try again', async () => {
    const afas = await startAfas();
    afas.faults.set(1, { status: 503, headers: { 'retry-after': '9' } });
    expectProbed(await probe(), { ok: false, retryable: true }, 'after 9 s');
    afas.connectors.clear();
    expect(await probe()).toMatchObject({ ok: false, retryable: false, columns: [] });
  });
});

describe('the first read of an SFTP server', () => {
  it('says that host key and login are right, and what the newest complete file is like', async () => {
    const drop = await startDrop();
    await drop.place('Aalders.csv', 'Id;Naam;Functie\r\n1;Aalders;Chef\r\n');
    const probed = await probe();
    expect(probed).toMatchObject({ ok: true, columns: ['Id', 'Naam', 'Functie'], retryable: false });
    expect(probed.sentence).toMatch(
      /pinned host key and accepts our login; a complete file of 33 bytes from .*, with 3 columns/,
    );
    expect(probed.sentence).not.toContain('Aalders');
  });

  it('that finds no file, or one of another kind, says so', async () => {
    const drop = await startDrop();
    expectProbed(await probe(), { ok: false, retryable: false }, 'No file');
    await drop.place('a.csv', Buffer.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3]));
    expectProbed(await probe(), { ok: false }, 'Excel workbook');
  });
});

describe('a customer', () => {
  it('that is not known is refused', async () => {
    await expect(probe()).rejects.toThrow(UnknownCustomer);
  });

  it('whose credentials are of another kind of source has none', async () => {
    await save('afas', {}, { password: 'geheim' });
    expectProbed(await probe(), { ok: false }, 'has no source');
    await save('sftp', {}, { token: TOKEN });
    expectProbed(await probe(), { ok: false }, 'has no source');
  });
});

function expectProbed(probed: ProbedSource, outcome: Partial<ProbedSource>, words: string): void {
  expect(probed).toMatchObject(outcome);
  expect(probed.sentence).toContain(words);
}

function probe() {
  return probeSource(database, key, customer);
}

async function startAfas(): Promise<AfasServer> {
  const rows = Array.from({ length: 12 }, (_, index) => ({ Medewerker: String(index + 10), Naam: 'Aalders' }));
  const afas = await AfasServer.start({ Medewerkers: { rows } });
  closing.push(() => afas.close());
  await save('afas', { base: afas.base, connector: 'Medewerkers', keyField: 'Medewerker' }, { token: TOKEN });
  return afas;
}

async function startDrop(): Promise<TestDrop> {
  const drop = await TestDrop.start([anAccount(), anAccount({ userName: 'intake', access: 'fetch' })]);
  closing.push(() => drop.stop());
  const { port, hostKeyFingerprint } = drop.drop;
  const settings = { host: '127.0.0.1', port, userName: 'intake', hostKeyFingerprints: [hostKeyFingerprint] };
  await save('sftp', { ...settings, completeness: { kind: 'atomic' } }, { password: PASSWORD });
  return drop;
}

async function save(kind: string, settings: object, credentials: Parameters<typeof sealSourceCredentials>[2]) {
  await saveCustomer(
    database,
    { id: customer, name: 'De Korenaar', timeZone: 'Europe/Amsterdam', manager: 'pm-1', dailyAt: '05:30' },
    { eid: '0123456789abcdef', apiBase: 'http://localhost', scimBase: null, credentials: 'x', requestsPerSecond: null },
    { kind, settings, credentials: sealSourceCredentials(key, customer, credentials) },
  );
}
