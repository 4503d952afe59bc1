import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { openPage, take } from './camera.js';
import type { DemoStack } from './demo-stack.js';

const Made = z.object({ link: z.string() });

/** The letters of the sample's second day as its contact sees them, after the button. */
export async function takeLetters(browser: Browser, stack: DemoStack): Promise<void> {
  const { output } = await stack.usersync('letters', 'woodgrove', '--run', '2', '--to', 'c-hr', '--link', '--json');
  const { link } = Made.parse(JSON.parse(output));
  const page = await openPage(browser);
  await page.goto(link);
  await page.getByRole('button').click();
  await page.locator('article.sheet').first().waitFor();
  await take(page, 'letters', 1750, 1000);
}
