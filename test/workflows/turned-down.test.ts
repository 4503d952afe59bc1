import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveMapping } from '../../src/store/mappings.js';
import { decide, startRun } from '../../src/temporal/runs.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { until } from '../support/until.js';
import { openWorld, type World } from '../support/world.js';

let world: World;
let version: number;
let active: number;
const everybody = madeUpPeople(1, 12);

/** Another title for everybody, and nothing for number 13. */
const NEXT = `${MAPPING.replace('jobTitle: Title', 'jobTitle: Unit')}exceptions:\n  - externalIds: ["13"]\n    leaveAlone: true\n`;

beforeAll(async () => {
  world = await openWorld();
  active = await world.useMapping(MAPPING);
  await world.startWorker();
  await world.deliver(csvOf(everybody));
  await (await world.start('live')).result();
  const { database, customer } = world;
  version = await saveMapping(database, { customer, document: NEXT, importedBy: 'test', comment: '' });
  expect(await (await world.start('dry', { mapping: version })).result()).toMatchObject({ status: 'done' });
});

afterAll(() => world.close());

test('whom only the version leaves alone that was turned down is looked at by the next run of the active one', async () => {
  await world.deliver(csvOf([...everybody, { id: '13' }]));
  const { client } = world.temporal;
  const order = { customer: world.customer, kind: 'live', requestedBy: 'change 1', delivery: 'last' } as const;
  const activate = { version, instead: active, approvedBy: 'c-hr', limits: { update: 0 } };
  const run = await startRun(client, world.config.taskQueue, { ...order, activate }, 'change');
  await until(async () => (await run.progress())?.step === 'waiting for approval');
  await decide(client, world.customer, { by: 'pm-1', comment: 'not these titles' }, false);
  expect(await run.result()).toMatchObject({ status: 'done', done: 0, held: 0 });

  expect(await (await world.start('live', { delivery: 'last' })).result()).toMatchObject({ status: 'done' });
  const people = world.network().people.filter((person) => person.active && person.xid !== null);
  expect(people.map(({ xid }) => xid)).toContain('13');
});
