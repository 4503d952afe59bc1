import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestSpaces } from '../../../src/connections/test/test-spaces.js';
import { loadKeys } from '../../../src/secrets/keys.js';
import { saveContacts } from '../../../src/store/contacts.js';
import { openTest, readTest } from '../../../src/store/tests.js';
import { decideTest, startTest, type StartedTest } from '../../../src/temporal/tests.js';
import { until } from '../../support/until.js';
import { woodgroveFile } from '../../support/woodgrove.js';
import { openWorld, type World } from '../../support/world.js';

let world: World;
let spaces: TestSpaces;

beforeEach(async () => {
  world = await openWorld();
  const keys = await loadKeys(world.config);
  const { dataFolder, maxDeliveryBytes } = world.config;
  spaces = new TestSpaces(world.database, keys, { databaseUrl: world.databaseUrl, dataFolder, maxDeliveryBytes });
  await saveContacts(world.database, world.customer, [
    contact('c-hr', 'customer', 'hr@customer.example'),
    contact('pm-1', 'speakap', 'pm@speakap.example'),
  ]);
  await world.startWorker();
  await world.useMapping((await woodgroveFile('mapping.yaml')).toString());
  await world.deliver(await woodgroveFile('day-1.csv'));
  expect(await (await world.start('dry', { delivery: 'newest' })).result()).toMatchObject({ status: 'done' });
});

afterEach(async () => {
  await spaces.close();
  await world.close();
});

function contact(id: string, side: 'customer' | 'speakap', email: string) {
  return { id, side, role: 'contact', name: id, email, approves: true, owns: [] } as const;
}

async function begin(): Promise<{ number: number; test: StartedTest }> {
  const { customer, database } = world;
  const number = await openTest(database, {
    ...{ customer, requestKey: `test/${Date.now()}`, requestedBy: 'pm-1', mappingVersion: 1 },
    ...{ key: spaces.newKey(customer), limitMs: 3_600_000 },
  });
  return { number, test: await startTest(world.temporal.client, world.config.taskQueue, { customer, number }) };
}

test('the mapping is proven on an anonymised copy, approved by both sides, and nothing of it is left', async () => {
  const { number, test: run } = await begin();
  await until(async () => {
    const progress = await run.progress();
    return progress?.step === 'waiting for approval' || progress?.step === 'over';
  }, 120);
  const progress = await run.progress();
  expect(progress?.step).toBe('waiting for approval');
  const decide = (by: string) => decideTest(world.temporal.client, world.customer, number, { by, test: number }, true);
  expect(await decide('c-hr')).toContain('One approval is missing');
  expect(await decide('pm-1')).toContain('approved by both sides');
  expect(await run.result()).toMatchObject({ outcome: 'approved', isRemoved: true });
  const kept = await readTest(world.database, world.customer, number);
  expect(kept.tornDownAt).not.toBeNull();
}, 400_000);
