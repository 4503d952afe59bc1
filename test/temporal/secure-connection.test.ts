import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connectTemporal, temporalSettings, TemporalUnreachable } from '../../src/temporal/connection.js';
import { connectWorker } from '../../src/temporal/worker-connection.js';
import { makeCertificates, startSecureTemporal, type Certificates, type SecureTemporal } from './secure-temporal.js';

let folder: string;
let certificates: Certificates | null;
let server: SecureTemporal | null = null;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usersync-tls-'));
  certificates = await makeCertificates(folder);
  if (certificates === null) console.warn('\n*** NO OPENSSL: the tests of TLS to Temporal are skipped. ***\n');
});

afterEach(async () => {
  await server?.close();
  server = null;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a Temporal service with TLS, by settings alone', () => {
  test('is reached with an API key', async ({ skip }) => {
    const made = certificates ?? skip();
    server = await startSecureTemporal(made, { asksForCertificate: false });
    const settings = temporalSettings(
      {
        ...{ HOME: folder, TEMPORAL_ADDRESS: server.address, TEMPORAL_NAMESPACE: 'usersync.a1b2c' },
        ...{ TEMPORAL_API_KEY: 'made-up-key', TEMPORAL_TLS_SERVER_NAME: 'temporal.test' },
        TEMPORAL_TLS_SERVER_CA_CERT_PATH: made.authority,
      },
      null,
    );
    const client = await connectTemporal(settings, {});
    await client.connection.close();
    const worker = await connectWorker(settings);
    await worker.close();
    const keys = server.calls.map(({ headers }) => headers.authorization);
    expect(client.options.namespace).toBe('usersync.a1b2c');
    expect(keys.length).toBeGreaterThanOrEqual(2);
    expect(new Set(keys)).toEqual(new Set(['Bearer made-up-key']));
  });

  test('is reached with a client certificate, as text too', async ({ skip }) => {
    const made = certificates ?? skip();
    server = await startSecureTemporal(made, { asksForCertificate: true });
    const settings = temporalSettings(
      {
        ...{ HOME: folder, TEMPORAL_ADDRESS: server.address, TEMPORAL_TLS_SERVER_NAME: 'temporal.test' },
        TEMPORAL_TLS_SERVER_CA_CERT_DATA: await readFile(made.authority, 'utf8'),
        TEMPORAL_TLS_CLIENT_CERT_PATH: made.client.certificate,
        TEMPORAL_TLS_CLIENT_KEY_DATA: await readFile(made.client.key, 'utf8'),
      },
      null,
    );
    const client = await connectTemporal(settings, {});
    await client.connection.close();
    const worker = await connectWorker(settings);
    await worker.close();
    expect(new Set(server.calls.map(({ caller }) => caller))).toEqual(new Set(['client']));
  });

  test('is refused when somebody else answers in its name', async ({ skip }) => {
    const made = certificates ?? skip();
    server = await startSecureTemporal(made, { asksForCertificate: false });
    const settings = temporalSettings(
      { HOME: folder, TEMPORAL_ADDRESS: server.address, TEMPORAL_API_KEY: 'made-up-key' },
      null,
    );
    await expect(connectWorker(settings)).rejects.toThrow(TemporalUnreachable);
    expect(server.calls).toEqual([]);
  });
});

describe('a Temporal service that is not there', () => {
  test('is told in one sentence with what to do', async () => {
    const settings = temporalSettings({ HOME: folder, TEMPORAL_ADDRESS: '127.0.0.1:1' }, null);
    await expect(connectWorker(settings)).rejects.toThrow(/does not answer at 127\.0\.0\.1:1 .*check TEMPORAL_ADDRESS/);
  });
});
