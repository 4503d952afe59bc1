import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Course } from '../../support/course.js';
import { addCustomer } from '../../support/customers.js';
import { openWorld, type World } from '../../support/world.js';

/** The Temporal UI lets a person start anything with nothing, and lists the signals that only workflows should send. */
let world: World;

beforeAll(async () => {
  world = await openWorld({ customer: 'other' });
  await world.startWorker();
});

afterAll(() => world.close());

test('an onboarding that is started without a value ends with a sentence that shows one', async () => {
  const handle = await world.temporal.client.workflow.start('onboarding', {
    workflowId: 'onboarding/nobody',
    taskQueue: world.config.taskQueue,
  });
  expect(await failureOf(handle)).toMatch(/cannot be read\. Nothing was started\. .*\{"customer": "korenaar"/);
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['a-text', 'text'],
  ['half-of-it', { kind: 'approved' }],
])('a signal that only workflows send changes nothing when a person sends %s', async (name, value) => {
  const course = new Course(world, await addCustomer(world, `korenaar-${name}`));
  await course.start({ start: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) });
  const before = await course.until('began', ({ schedule }) => schedule !== null);
  await course.handle.signal('conceptNews', ...(value === undefined ? [] : [value]));
  await course.say('ask', { by: course.contacts.manager, to: course.contacts.hr, text: 'Are you there?' });
  expect((await course.state()).mapping).toEqual(before.mapping);
  await course.handle.terminate();
});

async function failureOf(handle: WorkflowHandle): Promise<string> {
  try {
    return `It ended well: ${JSON.stringify(await handle.result())}`;
  } catch (error) {
    return error instanceof WorkflowFailedError ? (error.cause?.message ?? error.message) : String(error);
  }
}
