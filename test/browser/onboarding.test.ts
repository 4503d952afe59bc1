import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { MessageName } from '../../src/onboarding/messages.js';
import { findChromium, openBrowser } from '../support/chromium.js';
import { EXAMPLE, OVERVIEW, PICTURE, RECORD } from '../support/course.js';
import { addCustomer, type AddedCustomer } from '../support/customers.js';
import { collectTexts } from '../support/history-texts.js';
import { codeFor, mailsTo } from '../support/outbox.js';
import { TemporalUi, type Offer } from '../support/temporal-ui.js';
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
const QUESTION = 'Where does head office belong?';
const ANSWER = 'It is a location of its own.';
const COMMENT = 'Our clerks call it a branch.';
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

  // Each step begins where the one before it has ended.
  let broken = false;
  beforeEach((context) => context.skip(broken, 'an earlier step failed'));
  afterEach(({ task }) => void (broken ||= task.result?.state === 'fail'));

  /** What the page offers for a message about something: its `item`, `question` or `by`, the first one otherwise. */
  async function offered(name: MessageName, about = '', id = ID): Promise<Offer> {
    let offers: readonly Offer[] = [];
    const find = () => offers.find((offer) => offer.name === name && offer.json.includes(`"${about}`));
    await until(async () => {
      offers = await ui.offers(id);
      return find() !== undefined;
    }).catch((cause: unknown) => {
      const values = offers.map(({ json }) => json).join('\n');
      throw new Error(`The page offers no ${name} for ${about}, only:\n${values}`, { cause });
    });
    return find() as Offer;
  }

  /** Copies the value from the page, changes what only a person can know, and sends it as an update. */
  async function send(name: MessageName, about: string, changes: object = {}, id = ID): Promise<void> {
    const { json } = await offered(name, about, id);
    const value = { ...(JSON.parse(json) as object), ...changes };
    expect(await ui.update(id, name, JSON.stringify(value))).toBeNull();
  }

  async function approve(subject: string, by: string, id = ID): Promise<void> {
    let code: string | null = null;
    await until(async () => (code = await codeFor(world.config.mail.outbox, by, subject)) !== null);
    await send('approve', by, { code }, id);
  }

  async function upload(content: string | Buffer, name: string): Promise<void> {
    const [mail] = await mailsTo(world.config.mail.outbox, 'sftp-access', korenaar.contacts.it);
    const [, userName = ''] = /User name:?\s+(\S+)/.exec(mail?.content ?? '') ?? [];
    await korenaar.upload(userName, content, name);
  }

  const page = async (id = ID): Promise<string> => ui.readDetails(id);
  const untilPageSays = async (words: string | RegExp, id = ID): Promise<void> => {
    await until(async () => new RegExp(words).test(await page(id))).catch(async (cause: unknown) => {
      throw new Error(`The page never said "${String(words)}", but:\n${await page(id)}`, { cause });
    });
  };

  test('starts an onboarding with one small value, and finds it in the list', async () => {
    await ui.startWorkflow({
      ...{ id: ID, type: 'onboarding', taskQueue: 'usersync' },
      input: { customer: 'korenaar', start: tomorrow(), source: 'sftp', requestedBy: korenaar.contacts.manager },
    });
    await until(async () => (await ui.row(ID, COLUMNS))['Phase'] === 'setup');
    const row = await ui.row(ID, COLUMNS, 'Customer="korenaar"');
    expect(row).toMatchObject({ Customer: 'korenaar', WaitingOn: 'customer: HR manager', Health: 'on track' });
    expect(row['DueDate']).not.toBe('');
    expect(row['GoLive']).not.toBe('');
  });

  test('reads at once who must act, until when, and what to send', async () => {
    const text = await page();
    expect(text).toMatch(/^🟢 korenaar: setup, on track/);
    expect(text).toMatch(/Waiting for customer: HR manager · example of the employee record · due \w+ \d+ \w+/);
    const offer = await offered('deliver', 'frequency');
    expect(await ui.selectValue(ID, offer)).toBe(offer.json);
  });

  test('gives the customer access, who uploads files, one of them a picture', async () => {
    await send('deliver', 'upload-addresses', { addresses: ['127.0.0.1'], publicKey: korenaar.publicKey });
    await upload(PICTURE, 'example.csv');
    await send('deliver', 'example-record', { file: 'example.csv' });
    await untilPageSays(/Found: .*picture/);
    await upload(EXAMPLE, 'example.txt');
    await send('deliver', 'example-record', { file: 'example.txt' });
    await send('check', 'example-record');
    await upload(OVERVIEW, 'overview.txt');
    await send('deliver', 'structure-overview', { file: 'overview.txt' });
  });

  test('writes down what was agreed in words, asks, and checks off', async () => {
    await send('ask', '', { text: QUESTION });
    await untilPageSays('Where does head office belong');
    await send('answer', 'q1', { text: ANSWER });
    await send('deliver', 'record-contents');
    await send('check', 'record-contents');
    await send('deliver', 'frequency');
    await send('deliver', 'known-exceptions', { note: 'none' });
    await send('check', 'known-exceptions');
  });

  test('is told why an update is refused, in the dialog', async () => {
    const value = { item: 'known-exceptions', by: korenaar.contacts.hr };
    expect(await ui.update(ID, 'check', JSON.stringify(value))).toBe(
      '"exceptions to the general rules" is checked off already. Nothing was changed.',
    );
  });

  test('finds a signal that makes no sense in the details', async () => {
    await ui.signal(ID, 'pause', JSON.stringify({ by: korenaar.contacts.hr, reason: 'why not' }));
    await untilPageSays(/The last message was refused: pause, Pausing is Speakap/);
  });

  test('sees the first upload of the record, and the phase ends', async () => {
    await upload(RECORD, 'people.csv');
    await send('retry', 'first-upload');
    await untilPageSays('korenaar: mapping');
  });

  test('has the groups approved by both sides, and they are created', async () => {
    await approve('Groups of the network', korenaar.contacts.hr);
    await approve('Groups of the network', korenaar.contacts.manager);
    await untilPageSays(/✅ groups of the network/);
  });

  test('sends the proposed mapping, writes a comment down, and has it approved by three', async () => {
    await send('propose', 'version');
    await untilPageSays('waiting for approval', CONCEPT);
    await send('comment', 'version', { text: COMMENT }, CONCEPT);
    await untilPageSays(COMMENT, CONCEPT);
    for (const by of [korenaar.contacts.hr, korenaar.contacts.manager, korenaar.contacts.engineer])
      await approve('Concept mapping', by, CONCEPT);
    await untilPageSays(/✅ final mapping/);
    expect(await page(CONCEPT)).toMatch(/^✅ korenaar: concept 1, approved/);
  });

  test('has left nothing readable in Temporal of what was typed', async () => {
    const history = await world.temporal.client.workflow.getHandle(ID).fetchHistory();
    const texts = [...collectTexts(history).all].join('\n');
    expect(texts).toContain('known-exceptions');
    for (const typed of [QUESTION, ANSWER, COMMENT]) expect(texts).not.toContain(typed);
  });
});

function tomorrow(): string {
  return new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
}
