import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lettersAddress, makeLetters } from '../../src/connections/letters.js';
import type { Listening } from '../../src/listen.js';
import { startPortal } from '../../src/portal/portal.js';
import { toWording } from '../../src/report/letters/wording.js';
import { parseMasterKey } from '../../src/secrets/master-key.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { addCustomer } from '../support/bare-customer.js';
import { findChromium, openBrowser } from '../support/chromium.js';
import { addAccount, passwordOf, passwordsKept } from '../support/letters.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const installed = findChromium() !== null;
if (!installed)
  console.warn('SKIPPED: there is no Chromium, so no letters are opened in a browser (apt-get install chromium).');

describe.skipIf(!installed)('letters in a browser', () => {
  const key = parseMasterKey(randomBytes(32).toString('hex'), 'a test');
  let place: TestDatabase;
  let database: Database;
  let portal: Listening;
  let browser: Browser;
  let page: Page;
  let url: string;

  beforeAll(async () => {
    place = await createTestDatabase();
    database = openDatabase(place.url);
    const customer = await addCustomer(database);
    for (const xid of ['0001', '0002', '0003'])
      await addAccount(database, key, customer, { xid, location: xid === '0003' ? 'Arnhem' : 'Delft' });
    portal = await startPortal({ database, keys: key, host: '127.0.0.1', port: 0, log: pino({ level: 'silent' }) });
    const expiresAt = new Date(Date.now() + 3_600_000);
    const wish = { customer, contactId: 'c-hr', wording: toWording(null), madeBy: 'pm-1', expiresAt, again: false };
    const made = await makeLetters(database, wish);
    url = 'token' in made ? lettersAddress(portal.url, made.token) : '';
    browser = await openBrowser();
    page = await browser.newPage();
    page.setDefaultTimeout(20_000);
  });

  afterAll(async () => {
    await browser?.close();
    await portal?.close();
    await database?.close();
    await place?.close();
  });

  test('are opened by the button, with their style, and without a word in the console', async () => {
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(url);
    await page.getByRole('button', { name: /Open the letters/ }).click();
    await page.getByText(passwordOf('0001')).waitFor();
    const border = await page.evaluate<string>(`getComputedStyle(document.querySelector('.login')).borderTopWidth`);
    expect(border).toBe('2px');
    expect(complaints).toEqual([]);
  });

  test('are printed on a sheet each, behind a sheet for each location', async () => {
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type ?\/Page\b/g)).toHaveLength(5);
  });

  test('are there again when the page is reloaded, and for nobody else', async () => {
    await page.reload();
    expect(await page.getByText(passwordOf('0002')).count()).toBe(1);
    const other = await browser.newPage();
    await other.goto(url);
    expect(await other.title()).toBe('This link does not work any more');
    await other.close();
  });

  test('are over when the second button is pressed', async () => {
    await page.getByRole('button', { name: /I have all letters/ }).click();
    await page.getByText('The letters cannot be opened again').waitFor();
    expect(await passwordsKept(database)).toEqual([]);
    await page.reload();
    expect(await page.content()).not.toContain('Geheim');
  });
});
