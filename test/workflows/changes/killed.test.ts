import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { addContacts, Change, CONTACTS, RELEASED } from '../../support/change.js';
import { csvOf, MAPPING } from '../../support/people.js';
import { killWorkersWhile } from '../../support/kill-workers.js';
import { startWorkerProcess, type WorkerProcess } from '../../support/worker-process.js';
import { openWorld, type World } from '../../support/world.js';

const { hr, manager, engineer } = CONTACTS;
const KILLS = 6;
const WITH_A_COUNTER = MAPPING.replace(
  'roles:',
  '  - department: { name: Counter }\n    when: Unit == "Unit 1"\nroles:',
);

let world: World;

beforeAll(async () => {
  world = await openWorld();
  await addContacts(world);
  await world.useMapping(MAPPING);
  const worker = await world.startWorker();
  await world.deliver(csvOf(RELEASED));
  await (await world.start('live')).result();
  await worker.close();
});

afterAll(() => world.close());

test(
  'workers that are killed at every stage: one version, one run, one group, one mail of each kind to each contact',
  { timeout: 400_000 },
  async () => {
    // A code whose mail is in doubt is not mailed again.
    const start = (): WorkerProcess => startWorkerProcess(world, { USERSYNC_TRUST_TEMPORAL_UI: 'yes' });
    const moment = () => sleep(500 + Math.random() * 2_000);
    const result = await killWorkersWhile({ kills: KILLS, start, moment }, tell);

    expect(result).toMatchObject({ status: 'done' });
    const { prisma } = world.database;
    const groups = world.network().groups.filter(({ name }) => name === 'Counter');
    expect(groups).toHaveLength(1);
    expect(await prisma.changeRequest.count()).toBe(1);
    expect((await prisma.mapping.findMany({ where: { status: 'active' } })).map(({ version }) => version)).toEqual([2]);
    expect(await prisma.run.count({ where: { kind: 'live', requestedBy: 'change 1' } })).toBe(1);
    const mails = await prisma.mail.findMany();
    expect(mails.filter(({ tries }) => tries > 1)).toEqual([]);
    const events = await prisma.changeRequestEvent.findMany({ where: { what: 'approved' } });
    expect(events).toHaveLength(1);
  },
);

/** Every step is sent once: what was accepted is done by whoever comes back. */
async function tell(beforeTheLast: () => Promise<void>) {
  const change = await Change.begin(world, { kind: 'add-department', text: 'x', recordedBy: manager });
  const version = await change.draft(WITH_A_COUNTER);
  await patiently(change, 'was proposed', () => change.say('propose', { version, by: engineer, test: true }));
  await patiently(change, 'was approved', () => change.say('approve', { version, by: hr }));
  const test = await change.reportOfTest(version);
  await patiently(change, 'had its test approved by the customer', () => change.approveTest(test, hr, false));
  await beforeTheLast();
  await patiently(change, 'had its test approved by Speakap', () => change.approveTest(test, manager, false));
  return change.handle.result();
}

/** As a person does whose connection broke: sent again until it is done. */
async function patiently(change: Change, words: string, say: () => Promise<string>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await say();
      return;
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
        throw new Error(`Change ${change.number} never ${words}: ${error.cause.message}`, { cause: error });
      }
      if (attempt === 10) throw error;
      await sleep(1_000);
    }
  }
}
