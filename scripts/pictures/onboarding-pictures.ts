import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { TemporalUi } from '../../test/support/temporal-ui.js';
import { collapse, openPage, take } from './camera.js';
import type { DemoStack } from './demo-stack.js';
import { startTwenty } from './twenty-customers.js';

const LIST = ['Customer', 'Health', 'Phase', 'WaitingOn', 'DueDate', 'GoLive'];
const WIDE = 1_400;

/** A project manager's day with twenty customers: the list, one that is late, a message to send, a concept, a chart. */
export async function takeOnboardings(browser: Browser, stack: DemoStack, folder: string): Promise<void> {
  await startTwenty(stack.dataFolder);
  const page = await openPage(browser);
  const ui = new TemporalUi(page, stack.addresses.temporalUi);

  await untilLate(ui, 'duinzicht');
  await ui.openList(LIST, 'WorkflowType="onboarding"');
  await page.getByRole('link', { name: 'korenaar' }).or(page.getByText('korenaar')).first().waitFor();
  await collapse(page, 'Collapse Navigation');
  await collapse(page, 'Collapse saved views');
  await take(page, 'onboarding-list', 1_110, 1_560);

  await ui.openDetails('onboarding/duinzicht');
  await take(page, 'onboarding-late', 1_130, WIDE);

  const [answer] = (await ui.offers('onboarding/duinzicht')).filter(({ name }) => name === 'answer');
  if (answer === undefined) throw new Error('The page offers no answer to the question that was asked.');
  const value = answer.json.replace('the answer', 'It is a location of its own.');
  await ui.fillIn('onboarding/duinzicht', 'Send an Update', answer.name, value);
  await take(page, 'onboarding-update', 800, WIDE);
  await page.reload();

  await ui.openDetails('onboarding/korenaar/mapping/1');
  await take(page, 'onboarding-concept', 1_100, WIDE);

  await takeDocument(page, stack, folder);
  await takeGantt(page, stack, folder);
}

async function untilLate(ui: TemporalUi, customer: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (/^🔴/.test(await ui.readDetails(`onboarding/${customer}`))) return;
    await ui.page.waitForTimeout(2_000);
  }
  throw new Error(`${customer} never got late. No more pictures were taken.`);
}

/** What the customer gets. */
async function takeDocument(page: Page, stack: DemoStack, folder: string): Promise<void> {
  const path = join(folder, 'concept.html');
  await stack.usersync('onboarding', 'mapping', 'show', 'korenaar', '--format', 'html', '--out', path);
  await page.goto(pathToFileURL(path).href);
  await take(page, 'concept-document', 1_100, 1_000);
}

async function takeGantt(page: Page, stack: DemoStack, folder: string): Promise<void> {
  const path = join(folder, 'gantt.svg');
  await stack.usersync('onboarding', 'gantt', 'duinzicht', '--format', 'svg', '--out', path);
  await page.setContent(`<body style="margin:0">${await readFile(path, 'utf8')}</body>`);
  const box = await page.locator('svg').boundingBox();
  await take(page, 'gantt', Math.ceil(box?.height ?? 700), Math.ceil(box?.width ?? 1_000));
}
