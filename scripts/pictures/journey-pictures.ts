import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { TemporalUi } from '../../test/support/temporal-ui.js';
import { collapse, openPage, take } from './camera.js';
import { startJourney } from './demo-stack.js';

const LIST = ['Workflow ID', 'Status', 'Phase', 'WaitingOn', 'Health'];
const PEOPLE = 10_000;

/** A customer from the first call to the second daily sync: the workflows, the test, its report, the release. */
export async function takeJourney(browser: Browser, dataFolder: string): Promise<void> {
  const journey = await startJourney(dataFolder, PEOPLE);
  try {
    const page = await openPage(browser);
    const ui = new TemporalUi(page, journey.temporalUi);
    await ui.openList(LIST, 'Customer="zonnehof"');
    await page.getByRole('link', { name: 'test/zonnehof/1', exact: true }).first().waitFor();
    await collapse(page, 'Collapse Navigation');
    await collapse(page, 'Collapse saved views');
    await take(page, 'journey-workflows', 1_060, 1_400);

    await ui.openDetails('test/zonnehof/1');
    await take(page, 'journey-test', 1_240, 1_400);
    await ui.openDetails('release/zonnehof/1');
    await take(page, 'journey-release', 1_200, 1_400);
    await ui.openDetails('onboarding/zonnehof');
    await take(page, 'journey-onboarding', 1_200, 1_400);

    await page.goto(pathToFileURL(journey.test.report).href);
    await take(page, 'test-report', 1_500, 1_000);
  } finally {
    await journey.close();
  }
}
