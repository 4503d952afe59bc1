import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, openBrowser } from '../support/chromium.js';
import { EXAMPLE, OVERVIEW, RECORD } from '../support/course.js';
import { addCustomer, type AddedCustomer } from '../support/customers.js';
import { codeFor, mailsTo } from '../support/outbox.js';
import { TemporalUi } from '../support/temporal-ui.js';
import { until } from '../support/until.js';
import { openWorld, type World } from '../support/world.js';
import { startTemporalWithUi } from './temporal-with-ui.js';

const installed = findChromium() !== null;
if (!installed)
  console.warn(
    'SKIPPED: there is no Chromium, so no onboarding is led through the Temporal UI (apt-get install chromium).',
  );

const ID = 'onboarding/korenaar';
const CONCEPT = `${ID}/mapping/1`;
const COLUMNS = ['Workflow ID', 'Customer', 'Phase', 'WaitingOn', 'Health', 'DueDate', 'GoLive'];

describe.skipIf(!installed)('whoever knows only the Temporal UI', () => {
  let browser: Browser;
  let world: World;
  let korenaar: AddedCustomer;
  let ui: TemporalUi;

  beforeAll(async () => {
    const temporal = await startTemporalWithUi();
    world = await openWorld({ customer: 'other', temporal, env: { USERSYNC_MASTER_KEY: temporal.masterKey } });
    await world.startWorker();
    korenaar = await addCustomer(world, 'korenaar');
    browser = await openBrowser();
    const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    page.setDefaultTimeout(20_000);
    ui = new TemporalUi(page, temporal.uiUrl);
  });

  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  test('starts an onboarding with one small value, and finds it in the list', async () => {
    await ui.startWorkflow({
      ...{ id: ID, type: 'onboarding', taskQueue: 'usersync' },
      input: { customer: 'korenaar', start: tomorrow(), source: 'sftp', requestedBy: korenaar.contacts.manager },
    });
    await until(async () => (await ui.row(ID, COLUMNS)).Phase === 'setup');
    const row = await ui.row(ID, COLUMNS, 'Customer="korenaar"');
    expect(row).toMatchObject({
      Customer: 'korenaar',
      Phase: 'setup',
      WaitingOn: 'customer: HR manager',
      Health: 'on track',
    });
    expect(row.DueDate).not.toBe('');
    expect(row.GoLive).not.toBe('');
  });
});

function tomorrow(): string {
  return new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
}
