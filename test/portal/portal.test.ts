import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { makeOnceLink, onceAddress, readOnce } from '../../src/connections/once-links.js';
import { startPortal } from '../../src/portal/portal.js';
import { WrongKey } from '../../src/secrets/errors.js';
import { openDatabase } from '../../src/store/database.js';
import { withdrawOnceLinks } from '../../src/store/once-links.js';
import { until } from '../support/until.js';
import { aKey, askPage, openTestPortal } from './test-portal.js';

const PASSWORD = 'k7mq2x-<b>&"\'-tb9w';
const SHOWN = 'k7mq2x-&#60;b&#62;&#38;&#34;&#39;-tb9w';
const tokens: string[] = [];
const here = await openTestPortal();
const { customer, database, key, log, logged, portal } = here;

afterAll(() => here.close());

describe('a password behind a link', () => {
  test('is shown when its button is pressed, and never again', async () => {
    const url = await aLink();
    expect((await post(url)).text).toContain(SHOWN);
    expect(await post(url)).toMatchObject({ status: 404, title: 'This link does not work any more' });
    expect(await get(url)).toMatchObject({ status: 404, title: 'This link does not work any more' });
  });

  test('survives programs that follow the links of a mail', async () => {
    const url = await aLink();
    for (const method of ['GET', 'HEAD', 'GET', 'OPTIONS', 'PUT'] as const) {
      expect((await askPage(url, method)).text).not.toContain('k7mq2x');
    }
    expect((await get(url)).text).toContain('Show the password; it can be shown only once');
    expect((await post(url)).text).toContain(SHOWN);
  });

  test('is shown to exactly one of many who press at once', async () => {
    const url = await aLink();
    const answers = await Promise.all(Array.from({ length: 12 }, () => post(url)));
    expect(answers.filter(({ text }) => text.includes(SHOWN))).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(11);
  });

  test('is shown to exactly one of those who waited for the same moment', async () => {
    const url = await aLink();
    const barrier = await database.pool.connect();
    await barrier.query('BEGIN');
    await barrier.query('SELECT 1 FROM once_link FOR UPDATE');
    const pressed = Array.from({ length: 4 }, () => post(url));
    await until(async () => (await waitingForLocks()) >= 4);
    await barrier.query('COMMIT');
    barrier.release();
    expect((await Promise.all(pressed)).filter(({ text }) => text.includes(SHOWN))).toHaveLength(1);
  });

  test('is gone when its time is over', async () => {
    const url = await aLink({ expiresAt: new Date(Date.now() - 1_000) });
    expect((await get(url)).status).toBe(404);
    expect((await post(url)).text).not.toContain('k7mq2x');
  });

  test('is gone when it was withdrawn', async () => {
    const url = await aLink();
    await withdrawOnceLinks(database.pool, customer, 'something-else');
    expect((await get(url)).status).toBe(200);
    expect(await withdrawOnceLinks(database.pool, customer)).toBeGreaterThan(0);
    expect((await post(url)).status).toBe(404);
  });

  test('is not told apart, by its page, from one that never was', async () => {
    const used = await aLink();
    await post(used);
    const expired = await aLink({ expiresAt: new Date(0) });
    const never = onceAddress(portal.url, randomBytes(32).toString('base64url'));
    const pages = await Promise.all([used, expired, never, `${never}x`].map(get));
    expect(new Set(pages.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(pages[0]?.text).toContain('ask your project manager at Speakap for a new one');
  });
});

describe('in the database', () => {
  test('there is no token, and no secret that can be read', async () => {
    const url = await aLink();
    const rows = JSON.stringify(await database.prisma.onceLink.findMany());
    expect(rows).not.toContain(url.slice(-43));
    expect(rows).not.toContain('k7mq2x');
  });

  test('nothing is left of a secret that was shown or whose time is over', async () => {
    await aLink({ expiresAt: new Date(0) });
    const url = await aLink();
    await post(url);
    await aLink();
    const kept = await database.prisma.onceLink.findMany({ where: { secret: { not: null } } });
    expect(kept.every(({ shownAt, expiresAt }) => shownAt === null && expiresAt > new Date())).toBe(true);
  });

  test('a secret of another key stays for whoever has that key', async () => {
    const token = (await aLink()).slice(-43);
    await expect(readOnce(database, aKey(), token)).rejects.toThrow(WrongKey);
    expect((await readOnce(database, key, token))?.secret).toBe(PASSWORD);
  });
});

describe('the pages', () => {
  test('may not be kept, framed, found, or load anything', async () => {
    const { headers } = await get(await aLink());
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow, noarchive',
      'x-content-type-options': 'nosniff',
    });
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers['content-security-policy']).not.toContain('unsafe');
  });

  test('are pages even where nothing is', async () => {
    for (const path of [
      '/',
      '/once',
      '/once/',
      '/once/a/b',
      '/once/%00',
      '/../etc/passwd',
      `/once/${'a'.repeat(300)}`,
    ]) {
      expect(await get(`${portal.url}${path}`), path).toMatchObject({ status: 404, title: 'There is no page here' });
    }
    expect((await get(`${portal.url}/healthz`)).status).toBe(200);
  });

  test('say so when the database is away, and use nothing up', async () => {
    const url = new URL(await aLink());
    const away = openDatabase('postgresql://nobody:x@127.0.0.1:1/none');
    const other = await startPortal({ database: away, keys: key, host: '127.0.0.1', port: 0, log });
    const answer = await post(`${other.url}${url.pathname}`);
    expect(answer).toMatchObject({ status: 503, title: 'Please try again later' });
    await other.close();
    await away.close();
    expect((await post(url.href)).text).toContain(SHOWN);
  });
});

describe('whoever asks too often', () => {
  test('waits, by address, and others do not', async () => {
    const parts = { database, keys: key, host: '127.0.0.1', port: 0, log };
    const strict = await startPortal({ ...parts, requestsPerMinute: 3, proxies: 1 });
    const url = (await aLink()).replace(portal.url, strict.url);
    const from = (address: string) => askPage(url, 'GET', { headers: { 'x-forwarded-for': `10.0.0.1, ${address}` } });
    for (let count = 0; count < 3; count += 1) expect((await from('203.0.113.7')).status).toBe(200);
    expect(await from('203.0.113.7')).toMatchObject({ status: 429, title: 'Please wait a minute' });
    expect((await from('203.0.113.8')).status).toBe(200);
    await strict.close();
  });
});

test('no token and no secret is ever logged', () => {
  expect(logged.join('')).toContain('a link was used');
  expect(tokens.length).toBeGreaterThan(10);
  expect(tokens.filter((token) => logged.join('').includes(token))).toEqual([]);
  expect(logged.join('')).not.toContain('k7mq2x');
});

async function waitingForLocks(): Promise<number> {
  const { rows } = await database.pool.query<{ waiting: number }>(
    `SELECT count(*) AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows[0]?.waiting ?? 0;
}

async function aLink({ expiresAt = new Date(Date.now() + 3_600_000) } = {}): Promise<string> {
  const secret = { customer, what: 'drop-password', secret: PASSWORD, expiresAt };
  const { token } = await makeOnceLink({ database, key }, secret);
  tokens.push(token);
  return onceAddress(portal.url, token);
}

function get(url: string) {
  return askPage(url, 'GET');
}

function post(url: string) {
  return askPage(url, 'POST');
}
