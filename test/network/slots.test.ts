import { expect, test } from 'vitest';
import type { RateBudget, Reserved } from '../../src/network/budget.js';
import { LongPause, Pace } from '../../src/network/speakap/pace.js';
import { HandClock, settled } from './hand-clock.js';
import { failureOf } from './server.js';

const RATE = 100;
/** Half a second's worth, as many as one worker holds. */
const LOT = 49;

/** The row in Postgres, as a thing of this process. */
class BudgetInMemory implements RateBudget {
  readonly lots: number[] = [];
  private freeAt = 0;
  private pausedUntil = 0;

  constructor(private readonly clock: HandClock) {}

  async reserve(slots: number, everyMs: number): Promise<Reserved> {
    const now = this.clock.now();
    const at = Math.max(now, this.freeAt, this.pausedUntil);
    this.freeAt = at + slots * everyMs;
    this.lots.push(slots);
    return { inMs: at - now, pausedMs: Math.max(0, this.pausedUntil - now) };
  }

  async pause(ms: number): Promise<void> {
    this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + ms);
  }
}

function world(workers: number, { maxWaitMs = 10_000 } = {}) {
  const clock = new HandClock();
  const budget = new BudgetInMemory(clock);
  const settings = { requestsPerSecond: RATE, concurrency: 1_000, maxWaitMs, clock, budget };
  return { clock, budget, paces: Array.from({ length: workers }, () => new Pace(settings)) };
}

/** So many ask all the time; answers when each request was let in. */
function askOnAndOn(pace: Pace, clock: HandClock, askers: number): number[] {
  const entered: number[] = [];
  const ask = async (): Promise<void> => {
    for (;;) {
      await pace.enter();
      entered.push(clock.now());
      pace.leave();
    }
  };
  for (let asker = 0; asker < askers; asker += 1) void ask();
  return entered;
}

function mostIn(windowMs: number, times: readonly number[]): number {
  const sorted = [...times].sort((one, other) => one - other);
  let first = 0;
  let most = 0;
  for (const [index, time] of sorted.entries()) {
    while ((sorted[first] ?? time) <= time - windowMs) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

test('two who share a budget use all of it together, and never more', async () => {
  const { clock, paces } = world(2);
  const entered = paces.map((pace) => askOnAndOn(pace, clock, 8));
  await clock.move(30_000);
  const all = entered.flat();
  expect(mostIn(10_000, all)).toBeLessThanOrEqual(10 * RATE);
  expect(all.length).toBeGreaterThanOrEqual(0.97 * 30 * RATE);
  for (const { length } of entered) expect(length).toBeGreaterThan(all.length / 3);
});

test('slots that were missed while the process stood still are gone, and make no crowd', async () => {
  const { clock, paces } = world(1);
  const entered = paces.map((pace) => askOnAndOn(pace, clock, 16));
  await clock.move(1_000);
  clock.stall(200);
  await clock.move(0);
  const atOnce = entered.flat().filter((at) => at === clock.now());
  expect(atOnce.length).toBeLessThanOrEqual(1 + 0.05 * RATE);
});

test('the budget is asked a few times a second, however many requests there are', async () => {
  const { clock, budget, paces } = world(1);
  for (const pace of paces) askOnAndOn(pace, clock, 16);
  await clock.move(10_000);
  expect(budget.lots.length).toBeLessThanOrEqual(10 * 5);
  expect(Math.max(...budget.lots)).toBeLessThanOrEqual(LOT);
});

test('who asks rarely takes little from the others', async () => {
  const { clock, budget, paces } = world(1);
  for (let second = 0; second < 10; second += 1) {
    for (const pace of paces) void pace.enter().then(() => pace.leave());
    await clock.move(1_000);
  }
  const reserved = budget.lots.reduce((sum, slots) => sum + slots, 0);
  expect(reserved).toBeLessThanOrEqual(20);
});

test('a worker that dies with slots of its own takes no more than a lot with it', async () => {
  const { clock, paces, budget } = world(2);
  const [dying, living] = paces;
  if (dying === undefined || living === undefined) throw new Error('Two are needed.');
  for (let asker = 0; asker < 40; asker += 1) void dying.enter();
  const entered: number[] = [];
  await clock.move(100);
  const reserved = budget.lots.reduce((sum, slots) => sum + slots, 0);
  expect(reserved).toBeGreaterThan(10);
  // From here on the first one asks for nothing more.
  void living.enter().then(() => entered.push(clock.now()));
  await clock.move(2_000);
  expect(entered[0]).toBeLessThanOrEqual(100 + 510);
});

test('a pause that one is asked for holds the others, from their next lot on', async () => {
  const { clock, paces } = world(2);
  const [told, other] = paces;
  if (told === undefined || other === undefined) throw new Error('Two are needed.');
  const entered = askOnAndOn(other, clock, 8);
  await clock.move(1_000);
  await told.pause(5_000);
  await clock.move(20_000);
  const during = entered.filter((at) => at > 1_000 && at < 6_000);
  expect(during.length).toBeLessThanOrEqual(LOT);
  expect(entered.some((at) => at >= 6_000 && at < 6_100)).toBe(true);
});

test('a pause that is too long refuses the others as well', async () => {
  const { clock, paces } = world(2, { maxWaitMs: 1_000 });
  const [told, other] = paces;
  if (told === undefined || other === undefined) throw new Error('Two are needed.');
  await told.pause(60_000);
  const refused = [failureOf(other.enter()), failureOf(other.enter())];
  await settled();
  for (const one of refused) expect(await one).toBeInstanceOf(LongPause);
  await clock.move(60_000);
  const entered = other.enter();
  await clock.move(500);
  await entered;
});

test('a budget that cannot be asked is said to everybody who waits, and asked again by the next', async () => {
  const { clock, budget, paces } = world(1);
  const [pace] = paces;
  if (pace === undefined) throw new Error('One is needed.');
  const reserve = budget.reserve.bind(budget);
  budget.reserve = () => Promise.reject(new Error('Postgres is away.'));
  const refused = [failureOf(pace.enter()), failureOf(pace.enter())];
  for (const one of refused) expect((await one).message).toBe('Postgres is away.');
  budget.reserve = reserve;
  const entered = pace.enter();
  await clock.move(100);
  await entered;
});
