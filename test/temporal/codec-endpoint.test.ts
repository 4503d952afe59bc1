import { randomBytes } from 'node:crypto';
import { request } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import type { Listening } from '../../src/listen.js';
import { createLogger } from '../../src/log.js';
import type { Keys } from '../../src/secrets/keys.js';
import { parseMasterKey } from '../../src/secrets/master-key.js';
import { OpenCodecRefused, startCodecEndpoint } from '../../src/temporal/codec/endpoint.js';
import { FreeTextCodec } from '../../src/temporal/codec/free-text-codec.js';

const UI = 'http://127.0.0.1:8233';
const TOKEN = 'a-token-that-nobody-knows';
const keys = aKeyRing();
let endpoint: Listening | null = null;

afterEach(async () => {
  await endpoint?.close();
  endpoint = null;
});

describe("the endpoint for Temporal's UI", () => {
  test('encodes what a person types and decodes it again', async () => {
    const url = await start();
    const encoded = await post(`${url}/encode`, { payloads: [jsonPayload({ text: 'please wait' })] });
    expect(encoded.status).toBe(200);
    expect(JSON.stringify(readPayloads(encoded.text))).not.toContain('please wait');
    const decoded = await post(`${url}/decode?preserveStorageRefs=true`, JSON.parse(encoded.text) as object);
    expect(readPayloads(decoded.text)).toEqual(['{"text":"please wait"}']);
  });

  test('answers what it cannot decode as it came, beside what it can', async () => {
    const url = await start();
    const stranger = new FreeTextCodec({ keys: aKeyRing(), encodes: true });
    const foreign = await encodedBy(stranger, { text: 'of another installation' });
    const own = await encodedBy(new FreeTextCodec({ keys, encodes: true }), { text: 'ours' });
    const { status, text } = await post(`${url}/decode`, { payloads: [foreign, own, jsonPayload(3), {}] });
    expect(status).toBe(200);
    const { payloads } = JSON.parse(text) as { payloads: unknown[] };
    expect(payloads[0]).toEqual(foreign);
    expect(readPayloads(text).slice(1)).toEqual(['{"text":"ours"}', '3', '']);
  });

  test('lets the page of the UI ask, with the headers that it sends', async () => {
    const url = await start();
    const headers = { origin: UI, 'access-control-request-headers': 'content-type,x-namespace,authorization' };
    const preflight = await request(`${url}/decode`, { method: 'OPTIONS', headers });
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers['access-control-allow-origin']).toBe(UI);
    expect(preflight.headers['access-control-allow-headers']).toBe('Content-Type, Authorization, X-Namespace');
    const answer = await post(`${url}/decode`, { payloads: [] }, { origin: UI, 'x-namespace': 'default' });
    expect(answer).toMatchObject({ status: 200, allowed: UI });
  });

  test('refuses every other page, and says nothing to it', async () => {
    const url = await start();
    for (const origin of ['http://evil.example', 'null', `${UI}0`, 'https://127.0.0.1:8233']) {
      const answer = await post(`${url}/decode`, { payloads: [jsonPayload(1)] }, { origin });
      expect(answer, origin).toMatchObject({ status: 403, allowed: undefined });
    }
  });

  test('refuses what is no request of a codec', async () => {
    const url = await start();
    expect((await post(`${url}/decode`, { payloads: 'all' })).status).toBe(400);
    expect((await request(`${url}/decode`, { method: 'POST', body: '{"payloads":' })).statusCode).toBe(400);
    expect((await post(`${url}/elsewhere`, { payloads: [] })).status).toBe(404);
    expect((await request(`${url}/decode`)).statusCode).toBe(404);
    expect((await request(`${url}/healthz`)).statusCode).toBe(200);
    const tooMuch = await request(`${url}/decode`, { method: 'POST', body: Buffer.alloc(33 * 1024 * 1024, ' ') });
    expect(tooMuch.statusCode).toBe(413);
  });

  test('brings many pages through at once', async () => {
    const url = await start();
    const payloads = Array.from({ length: 200 }, (_, index) => jsonPayload({ text: `line ${index}` }));
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(`${url}/encode`, { payloads })));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
  });
});

describe('an endpoint with a token', () => {
  test('answers whoever has it, in a header or before the path, as the UI sends it', async () => {
    const url = await start({ token: TOKEN });
    const body = { payloads: [jsonPayload(1)] };
    expect((await post(`${url}/decode`, body, { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    expect((await post(`${url}/${TOKEN}/decode`, body)).status).toBe(200);
    expect((await request(`${url}/healthz`)).statusCode).toBe(200);
  });

  test('refuses everybody else', async () => {
    const url = await start({ token: TOKEN });
    const body = { payloads: [jsonPayload(1)] };
    expect((await post(`${url}/decode`, body)).status).toBe(401);
    expect((await post(`${url}/decode`, body, { authorization: 'Bearer a-token' })).status).toBe(401);
    expect((await post(`${url}/another-token/decode`, body)).status).toBe(401);
  });
});

test('an endpoint that everybody could reach is not opened without a token', async () => {
  for (const host of ['0.0.0.0', '::', '192.0.2.1']) await expect(start({ host })).rejects.toThrow(OpenCodecRefused);
  await expect(start({ host: '0.0.0.0', token: TOKEN })).resolves.toMatch(/^http/);
});

async function start({ token = null, host = '127.0.0.1' }: { token?: string | null; host?: string } = {}) {
  endpoint = await startCodecEndpoint({
    codec: new FreeTextCodec({ keys, encodes: true }),
    ...{ host, port: 0, token, isUi: (origin: string) => origin === UI, log: createLogger('silent') },
  });
  return endpoint.url.replace('0.0.0.0', '127.0.0.1');
}

async function post(url: string, body: object, headers: Readonly<Record<string, string>> = {}) {
  const answer = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const allowed = answer.headers['access-control-allow-origin'];
  return { status: answer.statusCode, text: await answer.body.text(), allowed };
}

function jsonPayload(value: unknown) {
  return { metadata: { encoding: base64('json/plain') }, data: base64(JSON.stringify(value)) };
}

async function encodedBy(codec: FreeTextCodec, value: unknown) {
  const plain = { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(JSON.stringify(value)) };
  const [encoded] = await codec.encode([plain]);
  const metadata = Object.entries(encoded?.metadata ?? {}).map(([key, bytes]) => [key, base64(bytes)]);
  return { metadata: Object.fromEntries(metadata) as object, data: base64(encoded?.data ?? '') };
}

function readPayloads(text: string): readonly string[] {
  const { payloads } = JSON.parse(text) as { payloads: readonly { data?: string }[] };
  return payloads.map(({ data = '' }) => Buffer.from(data, 'base64').toString());
}

function base64(value: string | Uint8Array): string {
  return Buffer.from(value).toString('base64');
}

function aKeyRing(): Keys {
  const key = parseMasterKey(randomBytes(32).toString('hex'), 'a test');
  return { key, old: [], ring: [key] };
}
