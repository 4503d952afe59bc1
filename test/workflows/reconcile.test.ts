import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ActivityParts } from '../../src/activities/parts.js';
import { createVerifyActivities } from '../../src/activities/verify-activities.js';
import type { Network } from '../../src/network/network.js';
import { readWarningRows } from '../../src/store/report-rows.js';
import { findRun } from '../../src/store/runs.js';
import { toXid, type Eid } from '../../src/sync/ids.js';
import { startRun } from '../../src/temporal/runs.js';
import { deleteWeekly, describeWeekly, moveWeekly, saveWeekly } from '../../src/temporal/weekly-schedule.js';
import type { RunOrder } from '../../src/workflows/messages.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { until } from '../support/until.js';
import { networkOf } from '../support/network-of.js';
import { openWorld, type World } from '../support/world.js';

let world: World;
let network: Network;

beforeAll(async () => {
  world = await openWorld();
  await world.useMapping(MAPPING);
  await world.startWorker();
  network = await networkOf(world);
  await world.deliver(csvOf(madeUpPeople(1, 30)));
  expect(await (await world.start('live')).result()).toMatchObject({ status: 'done', failed: 0 });
});

afterAll(() => world.close());

async function reconcile(reconcile: 'report' | 'repair') {
  const kind = reconcile === 'report' ? 'dry' : 'live';
  const order: RunOrder = { customer: world.customer, kind, requestedBy: 'pm-1', reconcile };
  const run = await startRun(world.temporal.client, world.config.taskQueue, order, `${reconcile}-${Date.now()}`);
  return run.result();
}

/** Differences that a run told, as `code xid`. */
async function told(number: number): Promise<readonly string[]> {
  const run = await findRun(world.database, world.customer, number);
  const { warnings } = await readWarningRows(world.database, run?.id ?? 0, 100);
  return warnings.map(({ code, xid }) => `${code} ${xid ?? ''}`.trim()).sort();
}

async function planned(number: number): Promise<readonly string[]> {
  const run = await findRun(world.database, world.customer, number);
  const { rows } = await world.database.pool.query<{ text: string }>(
    `SELECT kind || ' ' || xid AS text FROM change WHERE run_id = $1 ORDER BY seq`,
    [run?.id],
  );
  return rows.map(({ text }) => text);
}

async function linkOf(xid: string): Promise<{ readonly eid: Eid; readonly scimId: string; readonly userName: string }> {
  const { rows } = await world.database.pool.query<{ eid: Eid; scimId: string; userName: string }>(
    `SELECT user_eid AS eid, scim_id AS "scimId", user_name AS "userName" FROM link WHERE xid = $1`,
    [xid],
  );
  if (rows[0] === undefined) throw new Error('There is no link.');
  return rows[0];
}

/** People of the network by XID, with what a repair is to bring back. */
function people() {
  const shown = world.network().people.map(({ xid, active, profile, networkRole, groups }) => ({
    ...{ xid, active, networkRole, profile },
    groups: groups.map(({ name, role }) => `${name} ${role}`).sort(),
  }));
  return new Map(shown.map((person) => [person.xid, person]));
}

test('a network that nobody touched has nothing to tell', async () => {
  const { run } = await reconcile('report');
  expect([await told(run), await planned(run)]).toEqual([[], []]);
});

test('what a run reads back otherwise than it wrote it is told with the command that mends it, since the next run does not', async () => {
  const { eid } = await linkOf('3');
  const before = people().get('3')?.groups;
  await network.leave(eid, (await network.person(eid))?.groups ?? []);
  const runId = (await findRun(world.database, world.customer, 1))?.id ?? 0;
  const networks = { of: () => Promise.resolve(network) };
  const { verifyRun } = createVerifyActivities({ database: world.database, networks } as unknown as ActivityParts);
  expect(await new MockActivityEnvironment().run(verifyRun, { runId })).toMatchObject({ checked: 90, different: 2 });
  const { warnings } = await readWarningRows(world.database, runId, 100);
  const command = `"usersync sync reconcile ${world.customer} --repair" writes it again.`;
  expect(warnings.find(({ xid }) => xid === '3')?.text).toContain(command);

  await (await world.start('live', { delivery: 'last' })).result();
  expect(people().get('3')?.groups).toEqual([]);
  expect(await reconcile('repair')).toMatchObject({ status: 'done', failed: 0 });
  expect(people().get('3')?.groups).toEqual(before);
});

test('feature 21: what people changed by hand is told, then mended, and then there is nothing to tell but what is theirs', async () => {
  const before = people();
  const suspended = await linkOf('1');
  await network.setActive(suspended.scimId, suspended.userName, false);
  const renamed = await linkOf('2');
  const profile = { givenName: 'By', familyName: 'Hand', email: 'p2@people.example', jobTitle: 'Clerk' };
  await network.updateAccount(renamed.scimId, { userName: renamed.userName, xid: toXid('2'), profile });
  const taken = await linkOf('3');
  const groups = (await network.person(taken.eid))?.groups ?? [];
  await network.leave(taken.eid, groups.slice(0, 1));
  const promoted = await linkOf('4');
  const [group] = (await network.person(promoted.eid))?.groups ?? [];
  if (group === undefined) throw new Error('The person is in no group.');
  await network.setGroupRole(promoted.eid, group, 'admin');
  const swapped = await linkOf('5');
  const old = { givenName: 'First5', familyName: 'Last5', email: 'p5@people.example', jobTitle: 'Clerk' };
  await network.updateAccount(swapped.scimId, { userName: swapped.userName, xid: toXid('other-5'), profile: old });
  await network.createAccount({ userName: 'stranger', xid: toXid('stranger'), profile: { familyName: 'Stranger' } });
  const touched = people();

  const drift = ['drift-gone 1', 'drift-profile 2', 'drift-membership 3', 'drift-role 4', 'drift-conflict 5'];
  const strangers = ['drift-unmanaged other-5', 'drift-unmanaged stranger'];
  const report = await reconcile('report');
  expect(await told(report.run)).toEqual([...drift, ...strangers].sort());
  const changes = ['restore 1', 'update 2', 'join 3', 'change_role 4', 'invite 1'];
  expect(await planned(report.run)).toEqual(changes);
  expect(people()).toEqual(touched);

  const repair = await reconcile('repair');
  expect(repair).toMatchObject({ status: 'done', held: 0, failed: 0, skipped: 0, done: changes.length });
  const after = people();
  for (const xid of ['1', '2', '3', '4']) expect(after.get(xid)).toEqual(before.get(xid));
  expect(after.get('other-5')).toEqual(touched.get('other-5'));
  expect(after.get('stranger')).toEqual(touched.get('stranger'));

  const again = await reconcile('report');
  expect([await told(again.run), await planned(again.run)]).toEqual([['drift-conflict 5', ...strangers], []]);
});

test('feature 21: every week the schedule starts a run that tells what differs, until it is switched off', async () => {
  const { client } = world.temporal;
  const { customer, config } = world;
  const weekly = {
    customer,
    on: 'sunday',
    at: '07:30',
    timeZone: 'Europe/Amsterdam',
    taskQueue: config.taskQueue,
  } as const;
  await saveWeekly(client, { ...weekly, repair: true });
  await saveWeekly(client, { ...weekly, repair: false });
  await moveWeekly(client, { ...weekly, timeZone: 'Europe/Lisbon' });
  const moved = { on: 'sunday', at: '07:30', timeZone: 'Europe/Lisbon', repair: false };
  await until(async () => (await describeWeekly(client, customer))?.timeZone === 'Europe/Lisbon');
  expect(await describeWeekly(client, customer)).toMatchObject(moved);
  await client.schedule.getHandle(`reconcile/${customer}`).trigger();
  await until(async () => {
    const run = await findRun(world.database, customer, null);
    return run?.requestedBy === 'schedule' && run.status === 'done' && run.kind === 'dry' && run.reconciles;
  });
  expect([await deleteWeekly(client, customer), await deleteWeekly(client, customer)]).toEqual([true, false]);
  await moveWeekly(client, weekly);
  expect(await describeWeekly(client, customer)).toBeNull();
});

test('what the record of today does not say any more is not made again by a repair, though no run has taken it back yet', async () => {
  const all = madeUpPeople(1, 30);
  const others = all.filter(({ id }) => id !== '20');
  await world.deliver(csvOf([...others, { id: '20', title: 'Director' }]));
  expect(await (await world.start('live')).result()).toMatchObject({ status: 'done', failed: 0 });
  expect(people().get('20')?.networkRole?.toLowerCase()).toMatch(/^admin/);
  const before = people().get('20')?.groups;
  await world.deliver(csvOf([...others, { id: '20', unit: 'Unit 0' }]));
  expect(await (await world.start('dry')).result()).toMatchObject({ status: 'done' });
  const { eid } = await linkOf('20');
  for await (const page of network.networkMemberships()) {
    for (const { eid: membership, user } of page)
      if (user === eid) await network.changeNetworkRoles(new Map([[membership, 'member']]));
  }
  await network.leave(eid, (await network.person(eid))?.groups ?? []);
  const { run } = await reconcile('repair');
  expect((await told(run)).filter((text) => text.endsWith(' 20'))).toHaveLength(3);
  const changes = (await planned(run)).filter((text) => text.endsWith(' 20'));
  expect(changes).toEqual(['join 20']);
  expect(people().get('20')).toMatchObject({ networkRole: expect.not.stringMatching(/^admin/i) as string });
  expect(people().get('20')?.groups).toEqual(before?.filter((name) => name.startsWith('Department')));
  expect(await (await world.start('live', { delivery: 'last' })).result()).toMatchObject({ status: 'done', failed: 0 });
});

test('who was deleted by hand cannot be restored: the repair fails for them, and the next run makes the account again', async () => {
  const { scimId, userName } = await linkOf('7');
  await network.setActive(scimId, userName, false);
  await world.database.pool.query(`UPDATE link SET scim_id = 'gone', user_name = 'gone-7' WHERE xid = '7'`);
  expect(await reconcile('repair')).toMatchObject({ status: 'done', failed: 1 });
  const { rows } = await world.database.pool.query(`SELECT xid FROM due WHERE due_at <= now()`);
  expect(rows).toEqual([{ xid: '7' }]);
});

test('a guard holds a repair that is about too many people, as any other run', async () => {
  for (const xid of ['10', '11', '12', '13', '14']) {
    const { scimId, userName } = await linkOf(xid);
    await network.setActive(scimId, userName, false);
  }
  await world.useMapping(`${MAPPING}  abort: { percent: 5, count: 3, floor: 1 }\n`);
  const { held } = await reconcile('report');
  expect(held).toBeGreaterThan(0);
});

test('an order that makes no sense is refused before anything is begun', async () => {
  const { client } = world.temporal;
  const start = (order: Partial<RunOrder>) =>
    startRun(
      client,
      world.config.taskQueue,
      { customer: world.customer, kind: 'dry', requestedBy: 'pm-1', ...order },
      `bad-${Date.now()}`,
    ).then((run) => run.result());
  for (const order of [{ reconcile: 'repair' }, { reconcile: 'report', undo: 1 }, { only: 1, mapping: 1 }] as const) {
    const failure: unknown = await start(order).catch((error: unknown) => error);
    expect(String(failure instanceof Error ? failure.cause : failure)).toMatch(/Nothing was changed/);
  }
});
