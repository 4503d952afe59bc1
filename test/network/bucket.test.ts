import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fullBucket, paceFor, takeToken } from '../../src/network/speakap/bucket.js';

/** The times at which requests go when somebody always wants to send one, woken as late as `lateness` says. */
function timesOf(requestsPerSecond: number, lateness: readonly number[], untilMs: number): number[] {
  const rate = paceFor(requestsPerSecond);
  const times: number[] = [];
  let now = 0;
  let bucket = fullBucket(rate, now);
  for (let turn = 0; now < untilMs;) {
    const taken = takeToken(bucket, rate, now);
    bucket = taken.bucket;
    if (taken.waitMs === 0) times.push(now);
    else now += taken.waitMs + (lateness[turn++ % lateness.length] ?? 0);
  }
  return times;
}

function mostWithin(times: readonly number[], windowMs: number): number {
  let most = 0;
  for (let first = 0, last = 0; last < times.length; last += 1) {
    while ((times[last] ?? 0) - (times[first] ?? 0) >= windowMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** Whole numbers and tenths: ten seconds then have room for a whole number of requests. */
const rates = fc.oneof(
  fc.integer({ min: 1, max: 400 }),
  fc.integer({ min: 5, max: 200 }).map((tenths) => tenths / 10),
);
const latenesses = fc.array(fc.oneof(fc.double({ min: 0, max: 5, noNaN: true }), fc.constant(700)), { minLength: 1 });

describe('the token bucket', () => {
  test('never lets through more than the limit in any ten seconds, however late its timers are', () => {
    fc.assert(
      fc.property(rates, latenesses, (rate, lateness) => {
        expect(mostWithin(timesOf(rate, lateness, 25_000), 10_000)).toBeLessThanOrEqual(Math.round(rate * 10));
      }),
      { numRuns: 60 },
    );
  });

  test('never lets through more than two seconds worth in any second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), latenesses, (rate, lateness) => {
        expect(mostWithin(timesOf(rate, lateness, 5_000), 1_000)).toBeLessThanOrEqual(rate * 2);
      }),
      { numRuns: 60 },
    );
  });

  test('uses at least 95 % of the limit, with timers that are up to 5 ms late', () => {
    for (const rate of [10, 50, 200]) {
      const sent = timesOf(rate, [0.4, 1.2, 5, 0.1], 20_000).length;
      expect(sent / (rate * 20)).toBeGreaterThanOrEqual(0.95);
    }
  });

  test('saves up no more than its burst, and a clock that goes back gives nothing', () => {
    const rate = { perSecond: 10, burst: 2 };
    const empty = { tokens: 0, at: 1_000 };
    expect(takeToken(empty, rate, 61_000).bucket.tokens).toBe(1);
    expect(takeToken(empty, rate, 0)).toEqual({ bucket: { tokens: 0, at: 0 }, waitMs: 100 });
  });
});
