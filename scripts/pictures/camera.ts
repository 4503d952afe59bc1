import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';

const FOLDER = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
/** In a low window a click would scroll the head of the page away. */
export const TALL = { width: 1200, height: 1400 };
/** The UI draws its tables and bars a moment after their data came. */
const SETTLE_MS = 1_000;

/** A browser's page of one look: light, and still. */
export function openPage(browser: Browser): Promise<Page> {
  return browser.newPage({ viewport: TALL, colorScheme: 'light', reducedMotion: 'reduce' });
}

/** What is seen of a page in a window of this size, as docs/pictures/NAME.png. */
export async function take(page: Page, name: string, height: number, width = TALL.width): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.waitForTimeout(SETTLE_MS);
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  console.log(`docs/pictures/${name}.png  ${Math.round((await stat(path)).size / 1024)} KB`);
}

/** The UI's own navigation and lists aside; the browser remembers some of it from page to page. */
export async function collapse(page: Page, name: string): Promise<void> {
  const button = page.getByTitle(name).or(page.getByLabel(name)).first();
  if (await button.isVisible()) await button.click();
}
