/**
 * Takes the pictures in docs/pictures from the running system with a real browser: `npx tsx scripts/pictures.ts`, or only
 * some of them with `daily`, `letters`, `onboarding` or `journey` behind it. It starts the demo in a folder of its own. For the daily sync it
 * delivers a third day in which a whole region is missing, so that a guard holds the leavers; for the onboarding it connects
 * twenty made-up customers, and for the journey one of 10,000 people. Then it looks at them as a project manager would. Chromium: CHROMIUM_PATH, else where Linux
 * systems put it.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../test/support/chromium.js';
import { collapse, openPage, take, TALL } from './pictures/camera.js';
import { DemoStack } from './pictures/demo-stack.js';
import { takeJourney } from './pictures/journey-pictures.js';
import { takeLetters } from './pictures/letters-pictures.js';
import { takeOnboardings } from './pictures/onboarding-pictures.js';

/** What a person sets once under "Configure columns". */
const SHOW_OUR_COLUMNS = `localStorage.setItem('namespace-workflow-table-columns', ${JSON.stringify(
  JSON.stringify({
    default: ['Status', 'Workflow ID', 'Phase', 'WaitingOn', 'Health'].map((label) => ({ label })),
  }),
)})`;

const folder = await mkdtemp(join(tmpdir(), 'usersync-pictures-'));
try {
  const wanted = process.argv[2];
  if (wanted === undefined || wanted === 'journey')
    await withBrowser((browser) => takeJourney(browser, join(folder, 'journey')));
  if (wanted !== 'journey') await takeDemo(wanted);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function takeDemo(wanted: string | undefined): Promise<void> {
  const stack = await DemoStack.start(join(folder, 'data'));
  try {
    if (wanted === undefined || wanted === 'letters') await withBrowser((browser) => takeLetters(browser, stack));
    if (wanted === undefined || wanted === 'daily') {
      await deliverWithoutRegion(stack, 'Middle East');
      await withBrowser((browser) => takeAll(browser, stack));
    }
    if (wanted === undefined || wanted === 'onboarding')
      await withBrowser((browser) => takeOnboardings(browser, stack, folder));
  } finally {
    await stack.close();
  }
}

/** Too many leavers for the guard: the run stays, waiting for a decision. */
async function deliverWithoutRegion(stack: DemoStack, region: string): Promise<void> {
  const record = await readFile(new URL('../examples/woodgrove/day-2.csv', import.meta.url), 'utf8');
  const rows = record.split('\n').filter((row) => !row.includes(`,${region},`));
  await stack.deliver(rows.join('\n'));
  const { code, output } = await stack.usersync('sync', 'run', 'woodgrove', '--by', 'pm-demo');
  if (code !== 3) throw new Error(`The run of the third day should wait for a decision, and did not:\n${output}`);
}

async function withBrowser(work: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await openBrowser();
  try {
    await work(browser);
  } finally {
    await browser.close();
  }
}

async function takeAll(browser: Browser, { addresses: { temporalUi, sandbox } }: DemoStack): Promise<void> {
  const page = await openPage(browser);
  await page.goto(temporalUi);
  await page.evaluate(SHOW_OUR_COLUMNS);
  await openList(page, temporalUi);
  await take(page, 'workflow-list', 480);

  await openRun(page, 'first');
  await page.getByRole('tab', { name: 'User Metadata' }).click();
  await page.locator('#user-metadata-current-details[src*="To%20decide"]').waitFor();
  await take(page, 'run-waiting', 1240);

  await openList(page, temporalUi);
  await openRun(page, 'last');
  await page.getByText('issue the run number').waitFor();
  await take(page, 'run-timeline', 1400);

  await page.goto(sandbox);
  await take(page, 'sandbox', 760);
}

async function openList(page: Page, temporalUi: string): Promise<void> {
  const query = encodeURIComponent('WorkflowType="dailySync"');
  await page.goto(`${temporalUi}/namespaces/default/workflows?query=${query}`);
  await page.getByRole('link', { name: 'daily-sync/woodgrove' }).first().waitFor();
  await collapse(page, 'Collapse Navigation');
  await collapse(page, 'Collapse saved views');
}

/** The list shows the newest first. */
async function openRun(page: Page, which: 'first' | 'last'): Promise<void> {
  await page.setViewportSize(TALL);
  await page.getByRole('link', { name: 'daily-sync/woodgrove', exact: true })[which]().click();
  await page.getByRole('tab', { name: 'Timeline' }).waitFor();
}
