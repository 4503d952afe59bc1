import { describe, expect, test } from 'vitest';
import * as errors from '../../src/network/errors.js';
import { growingWait, retryAfterMs, waitBeforeNext } from '../../src/network/speakap/retry.js';

const NOW = new Date('2026-11-23T12:00:00Z');
const LIMITS = { maxAttempts: 4, maxWaitMs: 10_000 };
const FIRST = { failed: 1, heldBackMs: 0 };

describe('Retry-After', () => {
  test.each([
    ['3', 3_000],
    [' 0 ', 0],
    ['Mon, 23 Nov 2026 12:00:07 GMT', 7_000],
    ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
    ['soon', 1_000],
    [null, 1_000],
    ['86400', 86_400_000],
    // Seconds since 1970 in place of seconds from now, which would hold the network back for half a century.
    ['1795435200', 86_400_000],
    ['9'.repeat(400), 86_400_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 86_400_000],
  ])('%j is %d ms', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });
});

describe('feature 16: whether a call is repeated', () => {
  const lost = new errors.Unreachable('GET /', 'lost');
  const notSent = new errors.Unreachable('GET /', 'refused', false);
  const failed = new errors.ServerError('GET /', 'failed', 500);

  test('a repeatable call is, after a lost answer and after a 5xx', () => {
    expect(waitBeforeNext(lost, true, FIRST, LIMITS)).toBeGreaterThan(0);
    expect(waitBeforeNext(failed, true, FIRST, LIMITS)).toBeGreaterThan(0);
  });

  test('another one is not, unless it surely was not sent', () => {
    expect(waitBeforeNext(lost, false, FIRST, LIMITS)).toBeNull();
    expect(waitBeforeNext(failed, false, FIRST, LIMITS)).toBeNull();
    expect(waitBeforeNext(notSent, false, FIRST, LIMITS)).toBeGreaterThan(0);
  });

  test('attempts are bounded', () => {
    expect(waitBeforeNext(lost, true, { failed: 4, heldBackMs: 0 }, LIMITS)).toBeNull();
  });

  test('a refusal is never repeated', () => {
    for (const refusal of [
      errors.Refused,
      errors.Conflict,
      errors.NotFound,
      errors.Forbidden,
      errors.UnexpectedAnswer,
    ]) {
      expect(waitBeforeNext(new refusal('GET /', 'no'), true, FIRST, LIMITS)).toBeNull();
    }
  });

  test('after a 429 every call is, as long as its waits stay short in all', () => {
    const limited = new errors.RateLimited('POST /', 'slow', 4_000);
    expect(waitBeforeNext(limited, false, { failed: 0, heldBackMs: 0 }, LIMITS)).toBe(4_000);
    expect(waitBeforeNext(limited, false, { failed: 0, heldBackMs: 8_000 }, LIMITS)).toBeNull();
  });

  test('"wait 0 seconds" is not taken as an invitation to ask in a tight loop', () => {
    const limited = new errors.RateLimited('POST /', 'slow', 0);
    expect(waitBeforeNext(limited, false, { failed: 0, heldBackMs: 0 }, LIMITS)).toBeGreaterThan(0);
  });

  test('waits grow, with jitter, to a limit', () => {
    expect([1, 2, 3, 10].map((failures) => growingWait(failures, () => 1))).toEqual([250, 500, 1_000, 5_000]);
    expect(growingWait(3, () => 0)).toBe(500);
  });
});
