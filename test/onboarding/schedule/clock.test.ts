import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPlanTime, toRealTime, type PlanClock } from '../../../src/onboarding/schedule/clock.js';

const DAY = 86_400_000;
const origin = Date.parse('2026-11-26T12:00:00.000Z');
const planOrigin = Date.parse('2026-11-30T08:00:00.000Z');

describe('the clock of a plan', () => {
  it('is the real one at speed 1 from the same origin', () => {
    const clock = { origin, planOrigin: origin, speed: 1 };
    expect([toPlanTime(clock, origin + 12_345), toRealTime(clock, origin + 12_345)]).toEqual([
      origin + 12_345,
      origin + 12_345,
    ]);
  });

  it('runs six weeks in a minute', () => {
    const clock = { origin, planOrigin, speed: (42 * DAY) / 60_000 };
    expect(toPlanTime(clock, origin + 60_000)).toBe(planOrigin + 42 * DAY);
    expect(toRealTime(clock, planOrigin + 42 * DAY)).toBe(origin + 60_000);
  });

  it('rings never early and less than a real millisecond late', () => {
    const clocks: fc.Arbitrary<PlanClock> = fc.record({
      origin: fc.constant(origin),
      planOrigin: fc.integer({ min: planOrigin - 365 * DAY, max: planOrigin + 365 * DAY }),
      speed: fc.double({ min: 0.1, max: 1_000_000, noNaN: true }),
    });
    fc.assert(
      fc.property(clocks, fc.integer({ min: 0, max: 200 * DAY }), (clock, after) => {
        const moment = clock.planOrigin + after;
        const real = toRealTime(clock, moment);
        expect(Number.isInteger(real)).toBe(true);
        expect(toPlanTime(clock, real)).toBeGreaterThanOrEqual(moment);
        expect(toPlanTime(clock, real - 1)).toBeLessThan(moment + 1);
      }),
      { numRuns: 2_000 },
    );
  });
});
