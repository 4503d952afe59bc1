import { afterEach, beforeEach, expect, test } from 'vitest';
import { readReport } from '../../src/cli/sync/read-report.js';
import { renderText } from '../../src/report/text.js';
import { NotGivenUp, retryGivenUp } from '../../src/store/given-up.js';
import { findRun } from '../../src/store/runs.js';
import type { RunResult } from '../../src/workflows/messages.js';
import { usersync } from '../cli/support.js';
import { csvOf, madeUpPeople, MAPPING, type MadeUpPerson } from '../support/people.js';
import { openWorld, type World } from '../support/world.js';

const AFTER_TWO = `${MAPPING.trimEnd()}\n  giveUpAfter: 2\n`;
const others = madeUpPeople(2, 5);
let world: World;

beforeEach(async () => {
  world = await openWorld();
  await world.useMapping(AFTER_TWO);
  await world.startWorker();
  await sync([...madeUpPeople(1, 1), ...others]);
});

afterEach(() => world.close());

/** A run on what HR delivers that day. */
async function sync(people: readonly MadeUpPerson[]): Promise<RunResult> {
  await world.deliver(csvOf(people));
  return (await world.start('live', { delivery: 'last' })).result();
}

/** Whoever changes is refused from now on. */
function refuseUpdates(): void {
  const fault = { kind: 'status', status: 400, method: 'PUT', path: '/scim/v2/Users/*' } as const;
  world.sandbox.control.addFault({ network: world.networkEid, ...fault });
}

function aChief(more: Partial<MadeUpPerson> = {}): readonly MadeUpPerson[] {
  return [{ id: '1', title: 'Chief', ...more }, ...others];
}

function title(): string | undefined {
  return world.network().people.find(({ xid }) => xid === '1')?.profile.title ?? undefined;
}

async function failing(): Promise<readonly { kind: string; runs: number; isGivenUp: boolean }[]> {
  const sql = 'SELECT kind, runs, given_up_at IS NOT NULL AS "isGivenUp" FROM failure ORDER BY xid, kind';
  return (await world.database.pool.query<{ kind: string; runs: number; isGivenUp: boolean }>(sql)).rows;
}

async function newestReport() {
  const run = await findRun(world.database, world.customer, null);
  if (run === null) throw new Error('There is no run.');
  return readReport(world.database, run, { changes: 10, warnings: 10 });
}

async function giveUpOnTheChief(): Promise<void> {
  refuseUpdates();
  await sync(aChief());
  await sync(aChief());
}

test('what failed is tried again by the next run, though no row changed, and is done when the trouble is over', async () => {
  refuseUpdates();
  expect(await sync(aChief())).toMatchObject({ status: 'done', failed: 1 });
  expect(await failing()).toEqual([{ kind: 'update', runs: 1, isGivenUp: false }]);
  world.sandbox.control.clearFaults();
  expect(await sync(aChief())).toMatchObject({ status: 'done', failed: 0 });
  expect(title()).toBe('Chief');
  expect(await failing()).toEqual([]);
});

test('feature 16: what failed in as many runs as the mapping says is given up: no run tries it, and reports list it with its reason', async () => {
  await giveUpOnTheChief();
  expect(await failing()).toEqual([{ kind: 'update', runs: 2, isGivenUp: true }]);
  expect(await sync(aChief())).toMatchObject({ status: 'done', failed: 0 });
  const report = await newestReport();
  expect(report.failures).toEqual([]);
  expect(report.givenUp).toMatchObject([
    { xid: '1', kind: 'update', runs: 2, problem: expect.stringMatching(/^Speakap refuses this request/) as string },
  ]);
  expect(report.givenUp[0]?.since.getTime()).toBeLessThan(report.givenUp[0]?.givenUpAt.getTime() ?? 0);
  expect(renderText(report)).toMatch(/1 change given up[^]*Speakap refuses[^]*usersync sync retry korenaar --by/);
  const held = await usersync(['sync', 'held', world.customer], { env: { DATABASE_URL: world.databaseUrl } });
  expect(held.stdout).toMatch(
    /^Nothing is held[^]*1 change given up[^]*Speakap refuses[^]*usersync sync retry korenaar --by/,
  );
});

test('what is given up is tried once more when the row changes, and whenever the mapping does', async () => {
  await giveUpOnTheChief();
  expect(await sync(aChief({ first: 'Other' }))).toMatchObject({ failed: 1 });
  expect(await failing()).toEqual([{ kind: 'update', runs: 3, isGivenUp: true }]);
  expect(await sync(aChief({ first: 'Other' }))).toMatchObject({ failed: 0 });
  world.sandbox.control.clearFaults();
  await world.useMapping(`${AFTER_TWO}  whenHeld: wait\n`);
  expect(await sync(aChief({ first: 'Other' }))).toMatchObject({ status: 'done', failed: 0 });
  expect(title()).toBe('Chief');
  expect(await failing()).toEqual([]);
});

test('a person can have it tried again, which counts from the beginning', async () => {
  await giveUpOnTheChief();
  const { database, customer } = world;
  await expect(retryGivenUp(database, customer, { by: 'p.jansen', xids: ['1', '2'] })).rejects.toThrow(NotGivenUp);
  expect(await sync(aChief())).toMatchObject({ failed: 0 });
  expect(await retryGivenUp(database, customer, { by: 'p.jansen', xids: ['1'] })).toBe(1);
  expect(await sync(aChief())).toMatchObject({ failed: 1 });
  expect(await failing()).toEqual([{ kind: 'update', runs: 1, isGivenUp: false }]);
  world.sandbox.control.clearFaults();
  expect(await sync(aChief())).toMatchObject({ failed: 0 });
  expect(title()).toBe('Chief');
  expect(await retryGivenUp(database, customer, { by: 'p.jansen' })).toBe(0);
});

test('somebody for whom a change is given up is suspended all the same when they leave', async () => {
  await giveUpOnTheChief();
  world.sandbox.control.clearFaults();
  expect(await sync(others)).toMatchObject({ status: 'done', failed: 0 });
  expect(world.network().people.find(({ xid }) => xid === '1')?.active).toBe(false);
  expect(await failing()).toEqual([]);
});

test('a run that was stopped because most changes failed counts for nobody', async () => {
  const many = madeUpPeople(1, 60);
  await world.useMapping(`${AFTER_TWO}  creations: none\n  invitations: none\n`);
  await sync(many);
  refuseUpdates();
  await world.deliver(csvOf(many.map((person) => ({ ...person, title: 'Baker' }))));
  await expect((await world.start('live', { delivery: 'last' })).result()).rejects.toThrow();
  expect(await failing()).toEqual([]);
});
