/**
 * Takes the pictures in docs/pictures from the running system with a real browser: `npx tsx scripts/pictures.ts`.
 * It starts the demo in a folder of its own, delivers a third day in which a whole region is missing, so that a guard
 * holds the leavers, and looks at it as a project manager would. Chromium: CHROMIUM_PATH, else /usr/bin/chromium.
 */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { DemoStack } from './pictures/demo-stack.js';

const FOLDER = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const SIZE = { width: 1200, height: 780 };
/** In a low window a click would scroll the head of the page away. */
const TALL = { width: 1200, height: 1400 };
/** The UI draws its tables and bars a moment after their data came. */
const SETTLE_MS = 1_000;
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What a person sets once under "Configure columns". */
const SHOW_OUR_COLUMNS = `localStorage.setItem('namespace-workflow-table-columns', ${JSON.stringify(
  JSON.stringify({
    default: ['Status', 'Workflow ID', 'Phase', 'WaitingOn', 'Health'].map((label) => ({ label })),
  }),
)})`;

const folder = await mkdtemp(join(tmpdir(), 'usersync-pictures-'));
try {
  const stack = await DemoStack.start(join(folder, 'data'));
  try {
    await deliverWithoutRegion(stack, 'Middle East');
    await withBrowser((browser) => takeAll(browser, stack));
  } finally {
    await stack.close();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
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
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  try {
    await work(browser);
  } finally {
    await browser.close();
  }
}

async function takeAll(browser: Browser, { addresses: { temporalUi, sandbox } }: DemoStack): Promise<void> {
  const page = await browser.newPage({ viewport: SIZE, colorScheme: 'light', reducedMotion: 'reduce' });
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

/** The browser remembers some of it from page to page. */
async function collapse(page: Page, name: string): Promise<void> {
  const button = page.getByTitle(name).or(page.getByLabel(name)).first();
  if (await button.isVisible()) await button.click();
}

/** The list shows the newest first. */
async function openRun(page: Page, which: 'first' | 'last'): Promise<void> {
  await page.setViewportSize(TALL);
  await page.getByRole('link', { name: 'daily-sync/woodgrove', exact: true })[which]().click();
  await page.getByRole('tab', { name: 'Timeline' }).waitFor();
}

async function take(page: Page, name: string, height: number): Promise<void> {
  await page.setViewportSize({ ...SIZE, height });
  await page.waitForTimeout(SETTLE_MS);
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  console.log(`docs/pictures/${name}.png  ${Math.round((await stat(path)).size / 1024)} KB`);
}
