import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveContacts } from '../../src/store/contacts.js';
import { describeSchedule, saveSchedule } from '../../src/temporal/schedule.js';
import { mailsTo } from '../support/outbox.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { openWorld, type World } from '../support/world.js';

let world: World;
const everybody = madeUpPeople(1, 60);

beforeAll(async () => {
  world = await openWorld();
  await saveContacts(world.database, world.customer, [
    {
      id: 'pm-1',
      side: 'speakap',
      role: 'project manager',
      name: 'Joris Peeters',
      email: 'joris@speakap.example',
      approves: true,
      owns: [],
    },
  ]);
  const { customer, config } = world;
  const schedule = { customer, dailyAt: '05:30', timeZone: 'Europe/Amsterdam', taskQueue: config.taskQueue };
  await saveSchedule(world.temporal.client, { ...schedule, paused: false });
  await world.useMapping(MAPPING);
  await world.startWorker();
});

afterAll(() => world.close());

async function run() {
  return (await world.start('live')).result();
}

function mails() {
  return mailsTo(join(world.config.dataFolder, 'outbox'), 'run-trouble', 'pm-1');
}

async function schedule() {
  const description = await describeSchedule(world.temporal.client, world.customer);
  return description?.state;
}

test('feature 17: when most changes fail the run stops, is marked, the schedule pauses, and somebody is told', async () => {
  world.sandbox.control.addFault({ kind: 'status', status: 400, method: 'POST', path: '/users/*/groups/add' });
  await world.deliver(csvOf(everybody));
  await expect(run()).rejects.toThrow();
  world.sandbox.control.clearFaults();
  const { rows } = await world.database.pool.query('SELECT status, cause FROM run ORDER BY id DESC LIMIT 1');
  expect(rows).toEqual([{ status: 'failed', cause: 'TooManyFailures' }]);
  expect(await schedule()).toMatchObject({ paused: true });
  expect((await schedule())?.note).toMatch(/^paused by run 1: .*usersync schedule resume korenaar/);
  const [mail] = await mails();
  expect(mail?.content).toMatch(/The daily sync needs you: run 1/);
  expect(mail?.content).toMatch(/schedule is paused/);
});

test('feature 17: the same trouble is told once however many days it lasts, another one anew, and again after a good day', async () => {
  await world.deliver(csvOf(everybody.slice(1)));
  expect(await run()).toMatchObject({ status: 'done' });
  await world.deliver('');
  expect(await run()).toMatchObject({ status: 'rejected' });
  expect(await mails()).toHaveLength(2);
  await world.deliver('');
  expect(await run()).toMatchObject({ status: 'rejected' });
  expect(await mails()).toHaveLength(2);
  await world.deliver(csvOf(everybody.slice(2)).replace('Unit', 'Place'));
  expect(await run()).toMatchObject({ status: 'rejected' });
  expect(await mails()).toHaveLength(3);
  await world.deliver(csvOf(everybody.slice(2)));
  expect(await run()).toMatchObject({ status: 'done' });
  await world.deliver(csvOf(everybody.slice(3)).replace('Unit', 'Place'));
  expect(await run()).toMatchObject({ status: 'rejected' });
  expect(await mails()).toHaveLength(4);
});
