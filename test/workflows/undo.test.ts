import { afterEach, beforeEach, expect, test } from 'vitest';
import { decide, startRun } from '../../src/temporal/runs.js';
import { readWarningRows } from '../../src/store/report-rows.js';
import { findRun } from '../../src/store/runs.js';
import { toXid } from '../../src/sync/ids.js';
import { networkOf } from '../support/network-of.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { until } from '../support/until.js';
import { openWorld, type World } from '../support/world.js';

let world: World;
const dayOne = madeUpPeople(1, 40);
/** One left, one came, one has another job and another place. */
const dayTwo = [{ ...dayOne[0], id: '1', title: 'Director' }, ...dayOne.slice(1, 39), ...madeUpPeople(41, 41)];

beforeEach(async () => {
  world = await openWorld();
  await world.startWorker();
  await world.useMapping(MAPPING);
  await deliverAndRun(dayOne);
});

afterEach(() => world.close());

async function deliverAndRun(people: typeof dayOne): Promise<void> {
  await world.deliver(csvOf(people));
  expect(await (await world.start('live')).result()).toMatchObject({ status: 'done', held: 0, failed: 0 });
}

async function startUndo(undo: number, kind: 'dry' | 'live' = 'live') {
  const order = { customer: world.customer, kind, requestedBy: 'pm-1', undo } as const;
  return startRun(world.temporal.client, world.config.taskQueue, order, `undo-${undo}-${kind}-${Date.now()}`);
}

/** People of the network with their groups and roles, by XID. */
function network() {
  const { people } = world.network();
  return new Map(people.map(({ xid, active, profile, groups }) => [xid, { active, profile, groups }]));
}

async function warningsOf(number: number): Promise<readonly string[]> {
  const run = await findRun(world.database, world.customer, number);
  const { warnings } = await readWarningRows(world.database, run?.id ?? 0, 100);
  return warnings.map(({ text }) => text);
}

test('feature 24: a run is undone: leaver, mover and joiner are as before, and what cannot be taken back is listed', async () => {
  const before = network();
  await deliverAndRun(dayTwo);
  const after = network();
  expect(after).not.toEqual(before);

  expect(await (await startUndo(2, 'dry')).result()).toMatchObject({ status: 'done' });
  expect(network()).toEqual(after);

  expect(await (await startUndo(2)).result()).toMatchObject({ status: 'done', held: 0, failed: 0, skipped: 0 });
  const undone = network();
  expect(undone.get('41')?.active).toBe(false);
  undone.delete('41');
  expect(undone).toEqual(before);
  expect(await warningsOf(4)).toContain('An invitation that was sent cannot be taken back.');

  // The same record again changes nothing: the sync acts when HR changes something.
  expect(await (await world.start('live', { delivery: 'last' })).result()).toMatchObject({ status: 'done' });
  const later = network();
  later.delete('41');
  expect(later).toEqual(before);
});

test('whom an exception protects by now is not touched by undoing either, and is listed', async () => {
  await deliverAndRun(dayTwo);
  const after = network();
  await world.useMapping(`${MAPPING}exceptions:\n  - externalIds: ["1", "40", "41"]\n    leaveAlone: true\n`);
  expect(await (await startUndo(2)).result()).toMatchObject({ status: 'done', done: 0, failed: 0 });
  expect(network()).toEqual(after);
  expect(await warningsOf(3)).toContain(
    'An exception of the mapping leaves this person alone, so what the run did for them stays.',
  );
});

test('whom later runs gave the account back and took it away again, stays as the last of them left them, and is listed', async () => {
  await deliverAndRun(dayTwo);
  await deliverAndRun([...dayOne.slice(0, -1), { id: '40', title: 'Baker' }]);
  await deliverAndRun([...dayTwo.slice(0, -1), { id: '41', title: 'Baker' }]);
  const after = network();
  expect([after.get('40')?.active, after.get('41')?.active]).toEqual([false, true]);
  expect(await (await startUndo(2)).result()).toMatchObject({ status: 'done', held: 0, failed: 0 });
  const undone = network();
  expect(undone.get('40')?.active).toBe(false);
  expect(undone.get('41')).toEqual(after.get('41'));
  const since = expect.stringMatching(/suspended or given back again since/) as string;
  expect((await warningsOf(5)).filter((text) => text.includes('given back again'))).toEqual([since, since]);
});

test('undoing the first run would suspend everybody: a guard holds it until somebody says so', async () => {
  const run = await startUndo(1);
  await until(async () => (await run.progress())?.step === 'waiting for approval');
  expect([...network().values()].filter(({ active }) => active)).toHaveLength(41);
  await decide(world.temporal.client, world.customer, { by: 'pm-1', comment: 'wrong network' }, true);
  expect(await run.result()).toMatchObject({ status: 'done', held: 0, failed: 0 });
  // The administrator, whom the sync does not manage.
  expect([...network().values()].filter(({ active }) => active)).toHaveLength(1);
});

test('who was in the network before the run that took the account over is not suspended by undoing it, and is listed', async () => {
  const own = await networkOf(world);
  await own.createAccount({
    userName: '42',
    xid: toXid('42'),
    profile: { givenName: 'Old', familyName: 'Hand', email: 'old@people.example' },
  });
  await deliverAndRun([...dayOne, { id: '42' }, { id: '43' }]);
  expect(await (await startUndo(2)).result()).toMatchObject({ status: 'done', held: 0, failed: 0, skipped: 0 });
  expect([network().get('42')?.active, network().get('43')?.active]).toEqual([true, false]);
  expect(await warningsOf(3)).toContainEqual(expect.stringMatching(/^The account was there before the run/));
});

test('whom somebody removed in the network since is found gone by undoing, and the next run makes the account again', async () => {
  await deliverAndRun([{ id: '1', unit: 'Unit 9' }, ...dayOne.slice(1)]);
  const own = await networkOf(world);
  await own.setActive((await own.findAccount('1'))?.id ?? '', '1', false);
  expect(await (await startUndo(2)).result()).toMatchObject({ status: 'done' });
  const { rows: gone } = await world.database.pool.query(`SELECT xid FROM link WHERE state = 'creating'`);
  expect(gone).toEqual([{ xid: '1' }]);
  await (await world.start('live', { delivery: 'last' })).result();
  expect(network().get('1')?.active).toBe(true);
  const { rows: due } = await world.database.pool.query('SELECT xid FROM due');
  expect(due).toEqual([]);
});

test('what there is nothing to undo of is refused with a sentence', async () => {
  expect(await refusalOf(7)).toContain('cannot be undone: there is no such run. Nothing was changed.');
  expect(await (await world.start('dry', { delivery: 'last' })).result()).toMatchObject({ status: 'done' });
  expect(await refusalOf(2)).toContain('it was a dry run and changed nothing');
});

/** The sentence with which undoing is refused. */
async function refusalOf(number: number): Promise<string> {
  const run = await startUndo(number);
  const failure: unknown = await run.result().catch((error: unknown) => error);
  return rootOf(failure);
}

function rootOf(error: unknown): string {
  if (!(error instanceof Error)) return 'It was not refused.';
  return error.cause instanceof Error ? rootOf(error.cause) : error.message;
}
