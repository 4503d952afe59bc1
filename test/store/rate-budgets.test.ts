import { afterEach, beforeEach, expect, test } from 'vitest';
import { Pace } from '../../src/network/speakap/pace.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { pauseSlots, reserveSlots, type ReservedSlots } from '../../src/store/rate-budgets.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const NET = 'aaaaaaaaaaaaaaaa';
/** Of Postgres' clock, in milliseconds: it tells microseconds. */
const ROUNDING = 0.01;

let place: TestDatabase;
/** As two workers have them: each its own pool. */
let workers: readonly [Database, Database];

beforeEach(async () => {
  place = await createTestDatabase();
  workers = [openDatabase(place.url), openDatabase(place.url)];
});

afterEach(async () => {
  for (const worker of workers) await worker.close();
  await place.close();
});

test('feature 19: two workers that reserve at the same time never get the same moment', async () => {
  const lots = await Promise.all(
    Array.from({ length: 60 }, async (_, index) => {
      const slots = 1 + (index % 7);
      const { at } = await reserveSlots(workers[index % 2 === 0 ? 0 : 1], NET, slots, 5);
      return { from: at, to: at + slots * 5 };
    }),
  );
  lots.sort((one, other) => one.from - other.from);
  for (const [index, { from }] of lots.entries())
    expect(from).toBeGreaterThanOrEqual((lots[index - 1]?.to ?? 0) - ROUNDING);
});

test('requests of two workers are no more than the slots between the first and the last that were reserved', async () => {
  const everyMs = 1000 / (200 * 0.98);
  const granted: ReservedSlots[] = [];
  let slotsGranted = 0;
  const paces = workers.map((worker) => {
    const budget = {
      async reserve(slots: number, every: number) {
        const reserved = await reserveSlots(worker, NET, slots, every);
        granted.push(reserved);
        slotsGranted += slots;
        return reserved;
      },
      pause: (ms: number) => pauseSlots(worker, NET, ms),
    };
    return new Pace({ requestsPerSecond: 200, budget, concurrency: 8, maxWaitMs: 10_000 });
  });
  let entered = 0;
  await Promise.all(
    Array.from({ length: 300 }, async (_, index) => {
      const pace = paces[index % 2];
      await pace?.enter();
      entered += 1;
      pace?.leave();
    }),
  );
  const { rows } = await workers[0].pool.query<{ end: number }>(
    'SELECT (extract(epoch FROM free_at) * 1000)::float8 AS "end" FROM rate_budget',
  );
  const first = Math.min(...granted.map(({ at }) => at));
  expect(entered).toBe(300);
  expect(slotsGranted).toBeGreaterThanOrEqual(entered);
  expect(slotsGranted * everyMs).toBeLessThanOrEqual((rows[0]?.end ?? 0) - first + ROUNDING);
});

test('a pause that one worker was asked for is before every slot of the other, and a shorter one does not end it', async () => {
  const before = await reserveSlots(workers[0], NET, 1, 5);
  await pauseSlots(workers[0], NET, 60_000);
  await pauseSlots(workers[1], NET, 1_000);
  const after = await reserveSlots(workers[1], NET, 1, 5);
  expect(after.at).toBeGreaterThanOrEqual(before.at + 60_000);
  expect(after.pausedMs).toBeGreaterThan(1_000);
  expect(after.inMs).toBeGreaterThanOrEqual(after.pausedMs - ROUNDING);
});

test('a network that is paused before anybody asked it has its pause, and another network has none', async () => {
  await pauseSlots(workers[0], NET, 60_000);
  expect((await reserveSlots(workers[1], NET, 1, 5)).pausedMs).toBeGreaterThan(1_000);
  expect(await reserveSlots(workers[1], 'bbbbbbbbbbbbbbbb', 1, 5)).toMatchObject({ pausedMs: 0 });
});
