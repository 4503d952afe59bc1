import { randomBytes } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Listening } from '../../src/listen.js';
import { startPortal } from '../../src/portal/portal.js';
import { parseMasterKey } from '../../src/secrets/master-key.js';
import type { Database } from '../../src/store/database.js';
import { aCustomer, aRow, deliver, korenaar } from '../store/builders.js';
import { addAccount, addContacts, passwordOf } from '../support/letters.js';
import { mailsTo } from '../support/outbox.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { temporaryFolder, usersync, type Answer } from './support.js';

// Every step is a process of its own, on a machine that other tests use as well.
vi.setConfig({ testTimeout: 120_000 });

const keyText = randomBytes(32).toString('hex');
const key = parseMasterKey(keyText, 'a test');
let place: TestDatabase;
let database: Database;
let portal: Listening;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let env: Readonly<Record<string, string>>;

/** The tests are one story and stand in its order. */
beforeAll(async () => {
  folder = await temporaryFolder();
  place = await createTestDatabase();
  database = await aCustomer(place.url);
  await addContacts(database, korenaar);
  portal = await startPortal({ database, keys: key, host: '127.0.0.1', port: 0, log: pino({ level: 'silent' }) });
  env = {
    DATABASE_URL: place.url,
    USERSYNC_MASTER_KEY: keyText,
    USERSYNC_PORTAL_URL: portal.url,
    USERSYNC_OUTBOX: join(folder.path, 'outbox'),
  };
  await deliver(database, [aRow('0001', { Name: 'Zwaluw' })]);
  await addAccount(database, key, korenaar, { xid: '0001', profile: { givenName: 'Zwaluw' } });
  await addAccount(database, key, korenaar, { xid: '0002', location: 'Arnhem' });
});

afterAll(async () => {
  await portal.close();
  await database.close();
  await place.close();
  await folder.remove();
});

const run = (...args: readonly string[]): Promise<Answer> => usersync(args, { env });

describe('letters', () => {
  test('who waits is counted by location, without names', async () => {
    const answer = await run('letters', 'korenaar');
    expect(answer.stderr).toBe('');
    expect(answer.stdout).toContain('2 people wait for a letter.');
    expect(answer.stdout).toMatch(/Arnhem +│ +1 │ +0/);
    expect(answer.stdout).not.toMatch(/Zwaluw|000\d/);
    const nowhere = await run('letters', 'korenaar', '--location', 'Nowhere');
    expect(nowhere.stdout).toContain('Nobody of those who were asked for waits for a letter.');
  });

  test('are not made for somebody who is no contact', async () => {
    const answer = await run('letters', 'korenaar', '--to', 'c-somebody');
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain('There are: c-hr, pm-1. No letters were made.');
    expect((await run('letters', 'korenaar', '--link')).code).toBe(2);
  });

  test('are behind a link that is mailed to the contact, and opened there', async () => {
    const answer = await run('letters', 'korenaar', '--to', 'c-hr', '--location', 'Delft');
    expect(answer.stderr).toBe('');
    expect(answer.stdout).toContain('Letters 1: 1 letter for c-hr');
    expect(answer.stdout).toContain('The link is mailed to c-hr.');
    expect(answer.stdout).not.toContain('/letters/');
    const [mail] = await mailsTo(join(folder.path, 'outbox'), 'letters', 'c-hr');
    const url = /http:\/\/\S+\/letters\/[\w-]{43}/.exec((mail?.content ?? '').replace(/=\r?\n/g, ''))?.[0] ?? '';
    const page = await open(url);
    expect(page).toContain(passwordOf('0001'));
    expect(page).not.toContain(passwordOf('0002'));
  });

  test('that nobody opened are made anew when told, and their link is shown', async () => {
    expect((await run('letters', 'korenaar', '--to', 'c-hr', '--link')).stdout).toContain('/letters/');
    const refused = await run('letters', 'korenaar', '--to', 'c-hr', '--link');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('2 letters lie behind links already (letters 1, 2), and nobody else waits.');
    const again = await run('letters', 'korenaar', '--to', 'c-hr', '--link', '--again', '--json');
    expect(again.json()).toMatchObject({ number: 3, letters: 1, withdrawn: [2] });
    expect(await open(String(again.json()['link']))).toContain(passwordOf('0002'));
  });

  test('can be withdrawn until they are opened', async () => {
    const answer = await run('letters', 'korenaar', '--withdraw', '3');
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain('no letters 3 that could be withdrawn');
  });

  test('have a history: who made and opened them', async () => {
    const list = await run('letters', 'korenaar');
    expect(list.stdout).toMatch(/3 │ c-hr │ +1 │ open now +│ .* by tester/);
    const audit = await run('audit', 'korenaar');
    expect(audit.stdout).toMatch(/c-hr +│ letters shown +│ bundle 3, letters 1/);
    expect(audit.stdout).toMatch(/tester +│ letters withdrawn/);
  });
});

describe('person', () => {
  test('everything about one is shown, and written for its asker alone', async () => {
    const shown = await run('person', 'export', 'korenaar', '0001');
    expect(shown.stderr).toBe('');
    expect(shown.stdout).toContain('Name: Zwaluw');
    expect(shown.stdout).toContain('business unit "Delft": member');
    expect(shown.stdout).toContain('a temporary password is kept, encrypted');
    const file = join(folder.path, 'person.json');
    await writeFile(file, 'old', { mode: 0o644 });
    const written = await run('person', 'export', 'korenaar', '0001', '--format', 'json', '--out', file);
    expect(written.stdout).toBe('');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      xid: '0001',
      records: [{ fields: { Name: 'Zwaluw' } }],
      letters: [{ bundle: 1, contactId: 'c-hr' }],
      sealed: [{ what: 'delivery' }],
    });
  });

  test('an XID that nobody has is not repeated', async () => {
    const answer = await run('person', 'export', 'korenaar', '1');
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain('Nothing is kept under this XID for korenaar.');
    expect(answer.stderr).not.toContain('"1"');
  });

  test('is not forgotten by accident', async () => {
    expect((await run('person', 'forget', 'korenaar', '0001')).stderr).toContain('add --yes. Nothing was changed.');
    const refused = await run('person', 'forget', 'korenaar', '0001', '--yes');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('--even-so forgets the person all the same.');
    expect(refused.stderr).not.toContain('0001');
  });

  test('is forgotten when it is meant, and told what stays', async () => {
    const answer = await run('person', 'forget', 'korenaar', '0001', '--yes', '--even-so');
    expect(answer.stderr).toBe('');
    expect(answer.stdout).toContain(
      'The person is forgotten. Erased: 1 row of the record, 1 link with its account, 1 letter',
    );
    expect(answer.stdout).toContain('1 delivery, encrypted, which may hold a row of the person');
    expect(answer.stdout).toContain('the next delivery that differs from the last one brings them back');
    expect(answer.stdout).not.toMatch(/0001|Zwaluw/);
    expect((await run('person', 'export', 'korenaar', '0001')).code).toBe(1);
  });
});

test('runs are drawn as bars', async () => {
  const answer = await run('sync', 'chart', 'korenaar');
  expect(answer.code).toBe(0);
  expect(answer.stdout).toMatch(/^ +1 {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}live /);
  expect(answer.stdout).toContain('█ done');
});

async function open(url: string): Promise<string> {
  const asked = await (await request(url)).body.text();
  const claim = /name="claim" value="([\w-]+)"/.exec(asked)?.[1] ?? '';
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return (await request(url, { method: 'POST', headers, body: `claim=${claim}` })).body.text();
}
