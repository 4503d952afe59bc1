import { randomBytes } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { lettersAddress, makeLetters, openLetters } from '../../src/connections/letters.js';
import { toWording } from '../../src/report/letters/wording.js';
import { WrongKey } from '../../src/secrets/errors.js';
import { listAudit } from '../../src/store/audit.js';
import { recordOutcomes, type StoredLink } from '../../src/store/changes.js';
import { takeLease } from '../../src/store/leases.js';
import { listBundles, withdrawBundle, type MadeBundle } from '../../src/store/letters/bundles.js';
import { eraseOldPasswords, expireBundles } from '../../src/store/letters/expiry.js';
import { endShownBundles } from '../../src/store/letters/handing-over.js';
import { toXid } from '../../src/sync/ids.js';
import { addAccount, passwordOf, passwordsKept } from '../support/letters.js';
import { aKey, askPage, openTestPortal } from './test-portal.js';

const tokens: string[] = [];
const here = await openTestPortal();
const { customer, database, key, logged, portal } = here;

afterAll(() => here.close());

beforeEach(async () => {
  for (const table of ['letter_bundle', 'link', 'audit_entry']) await database.pool.query(`DELETE FROM ${table}`);
  await addAccount(database, key, customer, { xid: '0001', location: 'Delft' });
  await addAccount(database, key, customer, { xid: '0002', location: 'Arnhem' });
  await addAccount(database, key, customer, { xid: '0003', location: 'Delft' });
});

describe('letters behind a link', () => {
  test('are opened by its button, a sheet a person, by location', async () => {
    const url = await aLink();
    const page = await open(url);
    expect(page.status).toBe(200);
    for (const xid of ['0001', '0002', '0003']) expect(page.text).toContain(passwordOf(xid));
    expect(page.text.match(/<article class="sheet"/g)).toHaveLength(3);
    expect([...page.text.matchAll(/<section class="sheet cover">[\s\S]*?<h2>(\w+)/g)].map(([, name]) => name)).toEqual([
      'Arnhem',
      'Delft',
    ]);
    expect(page.text.indexOf('user-0002')).toBeLessThan(page.text.indexOf('user-0001'));
  });

  test('survive programs that follow the links of a mail, and that press without having read', async () => {
    const url = await aLink();
    for (const method of ['GET', 'HEAD', 'GET', 'OPTIONS', 'PUT', 'POST'] as const)
      expect((await askPage(url, method)).text).not.toContain('Geheim');
    expect((await askPage(url, 'GET')).text).toContain('3 letters, for people who log in');
    expect((await open(url)).text).toContain(passwordOf('0001'));
  });

  test('are opened by one page alone, and by that one again while it prints', async () => {
    const url = await aLink();
    const claim = await claimOf(url);
    const other = await claimOf(url);
    expect((await press(url, claim)).text).toContain(passwordOf('0001'));
    expect((await press(url, claim)).text).toContain(passwordOf('0001'));
    for (const page of [await press(url, other), await askPage(url, 'GET'), await open(url)])
      expect(page).toMatchObject({ status: 404, title: 'This link does not work any more' });
  });

  test('are opened by exactly one of many pages that press at once', async () => {
    const url = await aLink();
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimOf(url)));
    const pages = await Promise.all(claims.map((claim) => press(url, claim)));
    expect(pages.filter(({ text }) => text.includes('Geheim'))).toHaveLength(1);
    expect(pages.filter(({ status }) => status === 404)).toHaveLength(7);
  });

  test('are over when whoever opened them says so, and their passwords are erased', async () => {
    const url = await aLink();
    const claim = await claimOf(url);
    await press(url, claim);
    expect(await passwordsKept(database)).toEqual(['0001', '0002', '0003']);
    expect(await press(url, await strangeClaim(), true)).toMatchObject({ status: 404 });
    expect(await press(url, claim, true)).toMatchObject({ status: 200, title: 'The passwords are erased here' });
    expect(await passwordsKept(database)).toEqual([]);
    expect(await press(url, claim)).toMatchObject({ status: 404 });
    expect((await listBundles(database, customer))[0]).toMatchObject({ outcome: 'confirmed' });
  });

  test('cannot be ended by a page that has not opened them', async () => {
    const url = await aLink();
    const claim = await claimOf(url);
    expect(await press(url, claim, true)).toMatchObject({ status: 404 });
    expect(await passwordsKept(database)).toEqual(['0001', '0002', '0003']);
    expect((await press(url, claim)).text).toContain('Geheim');
  });

  test('are over by themselves after an hour, and their passwords are erased', async () => {
    const url = await aLink();
    const claim = await claimOf(url);
    await press(url, claim);
    expect(await endShownBundles(database)).toBe(0);
    await database.pool.query(`UPDATE letter_bundle SET shown_at = now() - interval '61 minutes'`);
    expect(await press(url, claim)).toMatchObject({ status: 404 });
    expect(await endShownBundles(database)).toBe(1);
    expect(await passwordsKept(database)).toEqual([]);
    expect((await listBundles(database, customer))[0]).toMatchObject({ outcome: 'shown' });
  });

  test('that nobody opened in time wait again, with their passwords', async () => {
    const url = await aLink({ expiresAt: new Date(Date.now() - 1_000) });
    expect((await askPage(url, 'GET')).status).toBe(404);
    expect((await press(url, await strangeClaim())).text).not.toContain('Geheim');
    expect(await expireBundles(database)).toBe(1);
    expect((await open(await aLink())).text).toContain(passwordOf('0003'));
  });

  test('that were withdrawn are not opened, and wait again', async () => {
    const url = await aLink();
    const claim = await claimOf(url);
    expect(await withdrawBundle(database, customer, 1, 'pm-1')).toBe(true);
    expect((await press(url, claim)).status).toBe(404);
    expect(await passwordsKept(database)).toHaveLength(3);
    expect((await open(await aLink())).text).toContain('Geheim');
  });

  test('that are open cannot be withdrawn, and nobody in them is in other letters', async () => {
    const url = await aLink();
    await open(url);
    expect(await withdrawBundle(database, customer, 1, 'pm-1')).toBe(false);
    expect(await make({ again: true })).toEqual({ inBundles: 3, bundles: [1] });
  });
});

describe('who is in the letters', () => {
  test('nobody twice: letters behind one link are not made again unless told, and then that link is over', async () => {
    const url = await aLink();
    expect(await make()).toEqual({ inBundles: 3, bundles: [1] });
    const other = await aLink({ again: true });
    expect((await askPage(url, 'GET')).status).toBe(404);
    expect((await open(other)).text).toContain('Geheim');
  });

  test('who was told in another way, has no account yet, or was not invited, is not', async () => {
    await addAccount(database, key, customer, { xid: '0004', password: null });
    await addAccount(database, key, customer, { xid: '0005', state: 'creating' });
    await addAccount(database, key, customer, { xid: '0006', state: 'suspended' });
    await addAccount(database, key, customer, { xid: '0007', invitedAt: null });
    expect((await make()) as MadeBundle).toMatchObject({
      letters: [{ xid: '0002' }, { xid: '0001' }, { xid: '0003' }],
    });
  });

  test('only those of a location, whatever its case', async () => {
    const text = (await open(await aLink({ location: 'delft' }))).text;
    expect(text).toContain(passwordOf('0001'));
    expect(text).not.toContain(passwordOf('0002'));
  });

  test('who left between making and opening gets no letter', async () => {
    const url = await aLink();
    await database.pool.query(`UPDATE link SET state = 'suspended' WHERE xid = '0001'`);
    const { text } = await open(url);
    expect(text).not.toContain('user-0001');
    expect(text).toContain('user-0003');
  });

  test('a password that was made anew after the letters were shown is not erased with them', async () => {
    const url = await aLink();
    const claim = await claimOf(url);
    await press(url, claim);
    await database.pool.query(`DELETE FROM link WHERE xid = '0001'`);
    await addAccount(database, key, customer, { xid: '0001', password: 'Another-1' });
    await press(url, claim, true);
    expect(await passwordsKept(database)).toEqual(['0001']);
  });
});

describe('nothing brings a password back', () => {
  test('a run that read the link before the letters were handed over does not write it again', async () => {
    const before = await database.prisma.link.findFirstOrThrow({ where: { xid: '0001' } });
    const url = await aLink();
    const claim = await claimOf(url);
    await press(url, claim);
    await press(url, claim, true);
    const lease = await takeLease(database, customer, 'run 1', 60_000);
    if (lease === null) throw new Error('The lease is taken.');
    await recordOutcomes(database, lease, 1, [], [before as unknown as StoredLink]);
    expect(await passwordsKept(database)).toEqual([]);
  });

  test('a new account gets its own', async () => {
    const lease = await takeLease(database, customer, 'run 1', 60_000);
    if (lease === null) throw new Error('The lease is taken.');
    const link = (await database.prisma.link.findFirstOrThrow({ where: { xid: '0001' } })) as unknown as StoredLink;
    await database.pool.query('UPDATE link SET password = NULL');
    await recordOutcomes(database, lease, 1, [], [{ ...link, xid: toXid('0001'), state: 'creating' }]);
    await recordOutcomes(database, lease, 1, [], [{ ...link, xid: toXid('0001'), state: 'active' }]);
    expect(await passwordsKept(database)).toEqual(['0001']);
  });
});

describe('a password whose time is over', () => {
  test('is erased, but not while its letter may be opened', async () => {
    await database.pool.query(`UPDATE link SET invited_at = now() - interval '31 days' WHERE xid <> '0002'`);
    await aLink({ location: 'Delft' });
    expect(await eraseOldPasswords(database, 30)).toBe(0);
    await withdrawBundle(database, customer, 1, 'pm-1');
    expect(await eraseOldPasswords(database, 30)).toBe(2);
    expect(await passwordsKept(database)).toEqual(['0002']);
    expect((await listAudit(database, customer))[0]).toMatchObject({
      by: 'system',
      what: 'passwords erased',
      facts: { passwords: 2, afterDays: 30 },
    });
  });
});

describe('what is kept of it', () => {
  test('who made, opened and ended the letters, and nobody of them', async () => {
    const url = await aLink();
    const claim = await claimOf(url);
    for (const done of [false, false, true]) await press(url, claim, done);
    const entries = (await listAudit(database, customer)).map(({ by, what }) => `${by}: ${what}`);
    expect(entries.reverse()).toEqual([
      'pm-1: letters made',
      'c-hr: letters shown',
      'c-hr: letters shown again',
      'c-hr: letters confirmed',
    ]);
    expect(JSON.stringify(await listAudit(database, customer))).not.toMatch(/000\d|Made|user-/);
  });

  test('neither a token nor a password that could be read', async () => {
    const url = await aLink();
    await open(url);
    const rows = await database.pool.query('SELECT to_json(b) AS b, to_json(l) AS l FROM letter_bundle b, link l');
    expect(JSON.stringify(rows.rows)).not.toContain(url.slice(-43));
    expect(JSON.stringify(rows.rows)).not.toContain('Geheim');
  });

  test('with another key nothing is opened, and nothing is lost', async () => {
    const token = (await aLink()).slice(-43);
    const page = { token, claim: await strangeClaim() };
    await expect(openLetters(database, aKey(), page, () => 'opened')).rejects.toThrow(WrongKey);
    expect(await openLetters(database, key, page, () => 'opened')).toBe('opened');
  });
});

test('the pages may not be kept, framed, or load anything', async () => {
  const { headers } = await open(await aLink());
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  expect(headers['content-security-policy']).toMatch(/default-src 'none'.*form-action 'self'/);
  expect(headers['content-security-policy']).not.toContain('unsafe');
});

test('a form of a megabyte opens nothing, and is answered', async () => {
  const url = await aLink();
  const body = `claim=${await claimOf(url)}&x=${'a'.repeat(1_000_000)}`;
  const { status, text } = await askPage(url, 'POST', formOf(body));
  expect(status).toBe(200);
  expect(text).not.toContain('Geheim');
});

test('no token, password, name or XID is ever logged', () => {
  expect(logged.join('')).toContain('letters were shown');
  expect(tokens.filter((token) => logged.join('').includes(token))).toEqual([]);
  expect(logged.join('')).not.toMatch(/Geheim|user-000|"000\d/);
});

interface Wish {
  readonly again?: boolean;
  readonly location?: string;
  readonly expiresAt?: Date;
}

function make({ again = false, expiresAt = new Date(Date.now() + 3_600_000), location }: Wish = {}) {
  const wish = { customer, contactId: 'c-hr', wording: toWording(null), madeBy: 'pm-1', expiresAt, again };
  return makeLetters(database, { ...wish, ...(location === undefined ? {} : { location }) });
}

async function aLink(wish: Wish = {}): Promise<string> {
  const made = await make(wish);
  if (!('token' in made)) throw new Error('There is nobody to make letters for.');
  tokens.push(made.token);
  return lettersAddress(portal.url, made.token);
}

async function open(url: string) {
  return press(url, await claimOf(url));
}

/** What the page behind the link knows; anything when it has none. */
async function claimOf(url: string): Promise<string> {
  const { text } = await askPage(url, 'GET');
  return /name="claim" value="([\w-]+)"/.exec(text)?.[1] ?? (await strangeClaim());
}

async function strangeClaim(): Promise<string> {
  return randomBytes(32).toString('base64url');
}

function press(url: string, claim: string, done = false) {
  return askPage(url, 'POST', formOf(new URLSearchParams({ claim, ...(done ? { done: 'yes' } : {}) }).toString()));
}

function formOf(body: string) {
  return { body, headers: { 'content-type': 'application/x-www-form-urlencoded' } };
}
