import { afterEach, describe, expect, test } from 'vitest';
import { BadAddress, splitAddress } from '../../src/metrics/address.js';
import type { Listening } from '../../src/listen.js';
import { startMetricsServer } from '../../src/metrics/server.js';
import { get } from './prometheus.js';

let server: Listening | null = null;

afterEach(async () => {
  await server?.close();
  server = null;
});

describe('the address of the metrics', () => {
  test('is a host and a port', () => {
    expect(splitAddress('0.0.0.0:9464')).toEqual({ host: '0.0.0.0', port: 9464 });
    expect(splitAddress('localhost:0')).toEqual({ host: 'localhost', port: 0 });
    expect(splitAddress('[::1]:9464')).toEqual({ host: '::1', port: 9464 });
  });

  for (const text of ['9464', ':9464', 'host', 'host:', 'host:99999', '::1:9464', 'http://host:1/x']) {
    test(`is not "${text}"`, () => expect(() => splitAddress(text)).toThrow(BadAddress));
  }
});

describe('the metrics server', () => {
  test('leaves out a part that fails, and keeps the parts apart', async () => {
    server = await startMetricsServer({
      address: '127.0.0.1:0',
      series: [async () => 'one 1', () => Promise.reject(new Error('away')), async () => 'two 2\n'],
      needs: {},
    });
    expect(await get(`${server.url}/metrics`)).toEqual({ status: 200, text: 'one 1\ntwo 2\n' });
  });

  test('names everything that is missing', async () => {
    server = await startMetricsServer({
      address: '127.0.0.1:0',
      series: [],
      needs: { Postgres: async () => false, Temporal: async () => false, Clock: async () => true },
    });
    expect((await get(`${server.url}/readyz`)).text).toBe('not ready: no answer from Postgres and Temporal\n');
  });

  test('tells when its port is taken', async () => {
    server = await startMetricsServer({ address: '127.0.0.1:0', series: [], needs: {} });
    const second = startMetricsServer({ address: new URL(server.url).host, series: [], needs: {} });
    await expect(second).rejects.toThrow(/EADDRINUSE/);
  });
});
