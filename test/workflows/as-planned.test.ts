import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { renderText } from '../../src/report/text.js';
import { readReport } from '../../src/cli/sync/read-report.js';
import { countDue } from '../../src/store/due.js';
import { savePilot } from '../../src/store/pilots.js';
import type { Run } from '../../src/store/prisma/client.js';
import { findRun } from '../../src/store/runs.js';
import { startRun } from '../../src/temporal/runs.js';
import type { RunOrder } from '../../src/workflows/messages.js';
import { csvOf, madeUpPeople, MAPPING, type MadeUpPerson } from '../support/people.js';
import { networkOf } from '../support/network-of.js';
import { openWorld, type World } from '../support/world.js';

let world: World;
const everybody = madeUpPeople(1, 12);
const QUIET = MAPPING.concat('  delivery: { repeated: accept }\n');

beforeAll(async () => {
  world = await openWorld();
  await world.useMapping(QUIET);
  await world.startWorker();
});

afterAll(() => world.close());

/** Whatever a test before left to be done is done. */
beforeEach(async () => {
  await world.useMapping(QUIET);
  await deliver();
  await (await start({ kind: 'live', delivery: 'last' })).result();
});

async function start(order: Pick<RunOrder, 'kind'> & Partial<RunOrder>) {
  const whole: RunOrder = { customer: world.customer, requestedBy: 'pm-1', ...order };
  return startRun(world.temporal.client, world.config.taskQueue, whole, `run-${Math.random()}`);
}

async function deliver(...others: readonly MadeUpPerson[]): Promise<void> {
  await world.deliver(csvOf([...everybody.filter(({ id }) => others.every((other) => other.id !== id)), ...others]));
}

/** Answers the number of the dry run. */
async function plan(order: Partial<RunOrder> = {}): Promise<number> {
  return (await (await start({ kind: 'dry', ...order })).result()).run;
}

async function applyAsPlanned(asPlanned: number): Promise<Run> {
  await (await start({ kind: 'live', asPlanned })).result().catch(() => undefined);
  const run = await findRun(world.database, world.customer, null);
  if (run === null) throw new Error('There is no run.');
  return run;
}

async function changesOf(run: number): Promise<readonly object[]> {
  const { rows } = await world.database.pool.query<object>(
    `SELECT c.kind, c.xid, c.change FROM change c JOIN run r ON r.id = c.run_id WHERE r.number = $1 ORDER BY c.seq`,
    [run],
  );
  return rows;
}

const titleOf = (id: string) => world.network().people.find(({ xid }) => xid === id)?.profile.title;

test('feature 1: the plan of a dry run is applied exactly as it was shown', async () => {
  await deliver({ id: '1', title: 'Baker' }, { id: '12', status: 'Left' }, { id: '13' });
  const dry = await plan();
  const run = await applyAsPlanned(dry);
  expect(run).toMatchObject({ status: 'done', problem: null, asPlanned: dry });
  expect(await changesOf(run.number)).toEqual(await changesOf(dry));
  expect(titleOf('1')).toBe('Baker');
  expect(await countDue(world.database, world.customer)).toBe(0);
  const report = renderText(await readReport(world.database, run, { changes: 10, warnings: 10 }));
  expect(report).toContain(`live run as planned by run ${dry}, done`);
});

test('a delivery that came in between is told of, and nothing is changed', async () => {
  await deliver({ id: '1', title: 'Manager' });
  const dry = await plan();
  await deliver({ id: '1', title: 'Manager' }, { id: '2', title: 'Seller' });
  const before = world.network();
  const run = await applyAsPlanned(dry);
  expect(run.status).toBe('canceled');
  expect(run.problem).toMatch(/is planned from snapshot \d+, and was from snapshot \d+/);
  expect(run.problem).toContain('changes of the kind "update": 1 that the dry run did not have');
  expect(world.network()).toEqual(before);
  expect(await countDue(world.database, world.customer)).toBe(2);
});

test('another version of the mapping is told of, and nothing is changed', async () => {
  await deliver({ id: '1', title: 'Driver' });
  const dry = await plan();
  await world.useMapping(QUIET.replace('email: Mail', 'email: Mail\n  infix: Department'));
  const before = world.network();
  const run = await applyAsPlanned(dry);
  expect(run.problem).toMatch(/version \d+ of the mapping is active, and it was version \d+/);
  expect(world.network()).toEqual(before);
});

test('a group that somebody made in the network in between is told of: the dry run would have made it', async () => {
  await deliver({ id: '1', unit: 'Harbour' });
  const dry = await plan();
  await (await networkOf(world)).createGroup({ group: { kind: 'business_unit', name: 'Harbour' } });
  const run = await applyAsPlanned(dry);
  expect(run.problem).toContain('changes of the kind "create group": 1 fewer of those that it had');
});

test('what another run did meanwhile is not done twice', async () => {
  await deliver({ id: '1', title: 'Cook' });
  const dry = await plan();
  await (await start({ kind: 'live', delivery: 'last' })).result();
  const run = await applyAsPlanned(dry);
  expect(run.problem).toContain('changes of the kind "update": 1 fewer of those that it had');
});

test('somebody who is due only by now is told of', async () => {
  await deliver({ id: '1', title: 'Chef' });
  await world.database.pool.query(
    `UPDATE link SET written = jsonb_set(written, '{profile,jobTitle}', '"Old"') WHERE xid = '2'`,
  );
  const dry = await plan();
  await world.database.pool.query(
    `INSERT INTO due (customer_id, xid, reason) VALUES ('${world.customer}', '2', 'date') ON CONFLICT DO NOTHING`,
  );
  expect((await applyAsPlanned(dry)).problem).toContain('"update": 1 that the dry run did not have');
});

test('guards that judge otherwise are told of: what waited for a person is not let through', async () => {
  await deliver(...['1', '2', '3', '4'].map((id) => ({ id, status: 'Left' })));
  const dry = await plan();
  await world.database.pool.query(`UPDATE change SET held_with = NULL WHERE run_id = (SELECT max(id) FROM run)`);
  expect((await applyAsPlanned(dry)).problem).toContain('4 that guards judge otherwise');
});

test('the plan of a pilot is applied to the people of that pilot alone', async () => {
  await deliver({ id: '1', title: 'Painter' }, { id: '2', title: 'Painter' });
  await plan();
  const only = await savePilot(world.database, world.customer, { by: 'pm-1', xids: ['1'] });
  const run = await applyAsPlanned(await plan({ only }));
  expect(run).toMatchObject({ status: 'done', pilotId: only });
  expect([titleOf('1'), titleOf('2')]).toEqual(['Painter', 'Clerk']);
});

test('a run that planned nothing of this kind is refused before anything begins', async () => {
  const live = await findRun(world.database, world.customer, null);
  for (const asPlanned of [live?.number ?? 0, 4711]) {
    const run = await start({ kind: 'live', asPlanned });
    await expect(run.result()).rejects.toThrow();
  }
  expect(await findRun(world.database, world.customer, null)).toEqual(live);
  await expect(start({ kind: 'live', asPlanned: 1, mapping: 1 })).rejects.toThrow();
});
