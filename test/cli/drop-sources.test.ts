import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saveCustomer } from '../../src/store/customers.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { moveDropSources } from '../../src/store/drop-sources.js';
import { toCustomerId } from '../../src/sync/ids.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const OURS = { host: '127.0.0.1', port: 2222, hostKeyFingerprint: 'SHA256:ours' };

let server: TestDatabase;
let database: Database;

beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase(server.url, 2);
});
afterAll(async () => {
  await database?.close();
  await server?.close();
});

async function aCustomer(slug: string, kind: string, fingerprint: string): Promise<void> {
  const settings = { host: '127.0.0.1', port: 2200, hostKeyFingerprints: [fingerprint], userName: 'someone' };
  const details = { id: toCustomerId(slug), name: slug, timeZone: 'UTC', manager: 'pm', dailyAt: '05:30' };
  const network = {
    eid: '0123456789abcdef',
    apiBase: 'http://x',
    scimBase: null,
    requestsPerSecond: null,
    credentials: 'x',
  };
  await saveCustomer(database, details, network, { kind, settings, credentials: 'x' });
}

async function portOf(slug: string): Promise<unknown> {
  const source = await database.prisma.source.findUniqueOrThrow({ where: { customerId: slug } });
  return source.settings;
}

describe('a drop that got another port', () => {
  test('is followed by the sources that are pinned to its key, and by no others', async () => {
    await aCustomer('ours', 'drop', 'SHA256:ours');
    await aCustomer('elsewhere', 'drop', 'SHA256:another-drop');
    await aCustomer('theirs', 'sftp', 'SHA256:ours');
    expect(await moveDropSources(database, OURS)).toBe(1);
    expect(await portOf('ours')).toMatchObject({
      port: 2222,
      userName: 'someone',
      hostKeyFingerprints: ['SHA256:ours'],
    });
    expect(await portOf('elsewhere')).toMatchObject({ port: 2200 });
    expect(await portOf('theirs')).toMatchObject({ port: 2200 });
    expect(await moveDropSources(database, OURS)).toBe(0);
  });
});
