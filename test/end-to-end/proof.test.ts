import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkActivation, checkDaily } from '../../src/proof/checks/checks.js';
import type { CheckResult } from '../../src/proof/checks/result.js';
import { readDelivery, writeDelivery, type DeliveredRow } from '../../src/proof/delivery.js';
import { readExpectations } from '../../src/proof/expectations.js';
import type { FoundInvitation, FoundNetwork } from '../../src/proof/found.js';
import { dropThird, makeNextDay } from '../../src/proof/next-day/make.js';
import { readFoundNetwork } from '../../src/proof/read-network.js';
import { readRules } from '../../src/proof/rules.js';
import type { Expectations } from '../../src/proof/state.js';
import { staff, STORES } from '../proof/stores.js';
import { networkOf } from '../support/network-of.js';
import { openWorld, type World } from '../support/world.js';

const COLUMNS = Object.keys(staff(1)[0]?.fields ?? {});
const rules = readRules(STORES);
const today = new Date().toISOString().slice(0, 10);
const first = staff(300);
const made = makeNextDay({ document: STORES, rows: first, today, seed: 11, days: { second: today, third: today } });
const deliveries = [first, made.rows, made.thirdDay.rows] as const;

let world: World;
let before: FoundNetwork;
let expected: Expectations;

beforeAll(async () => {
  world = await openWorld({ customer: 'stores', roles: ['Planner'] });
  await world.useMapping(STORES);
  await world.startWorker();
  before = await readNetwork();
});
afterAll(() => world.close());

/** Over the API, but for how often an invitation was sent, which only the sandbox tells. */
async function readNetwork(): Promise<FoundNetwork> {
  const { invitations, people } = world.network();
  const sent = invitations.map(({ xid, address, by }): FoundInvitation => ({ xid, address, by, times: 1 }));
  const letters = people.flatMap(({ xid, hasTemporaryPassword }) =>
    hasTemporaryPassword && xid !== null ? [xid] : [],
  );
  return readFoundNetwork(await networkOf(world), { sent, letters });
}

async function sync(rows: readonly DeliveredRow[]) {
  await world.deliver(writeDelivery(COLUMNS, 'Id', rows));
  return (await world.start('live')).result();
}

const differences = (results: readonly CheckResult[]) => results.flatMap((result) => result.differences);

test('a file is read as it was written, with the row that nobody can read', () => {
  for (const rows of deliveries) expect(readDelivery(writeDelivery(COLUMNS, 'Id', rows), 'Id')).toEqual(rows);
});

test('the activation of a network is as the second evaluator expects', async () => {
  expect(await sync(first)).toMatchObject({ status: 'done', failed: 0, held: 0 });
  expected = readExpectations({ document: STORES, rows: first, today });
  const found = await readNetwork();
  const results = checkActivation(rules, { expected, before, found });
  expect(differences(results)).toEqual([]);
  expect(results.every(({ lookedAt }) => lookedAt > 0)).toBe(true);
  before = found;
});

test.each([
  ['second', made.rows],
  ['third', made.thirdDay.rows],
])('so is the %s day, which was made', async (_, rows) => {
  expect(await sync(rows)).toMatchObject({ status: 'done', failed: 0, held: 0 });
  const next = readExpectations({ document: STORES, rows, today, previous: expected });
  const found = await readNetwork();
  expect(differences(checkDaily(rules, { expected: next, previous: expected, before, found }))).toEqual([]);
  [expected, before] = [next, found];
});

test('a delivery with a third of its people missing would suspend them, and is held', async () => {
  const rows = dropThird(made.thirdDay.rows);
  const next = readExpectations({ document: STORES, rows, today, previous: expected });
  const leaving = [...next.values()].filter(({ event }) => event === 'suspended').length;
  expect(leaving).toBeGreaterThan(60);
  await world.deliver(writeDelivery(COLUMNS, 'Id', rows));
  expect(await (await world.start('dry')).result()).toMatchObject({ held: leaving });
});
