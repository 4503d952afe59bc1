import { RateLimited, ServerError, Unreachable, type NetworkError } from '../errors.js';

export interface RetryLimits {
  readonly maxAttempts: number;
  readonly maxWaitMs: number;
}

/** What one call has been through. */
export interface Tried {
  /** Attempts without an answer or with a 5xx. */
  readonly failed: number;
  /** Waited because of 429, in milliseconds. */
  readonly heldBackMs: number;
}

/** A network that says "0 seconds" is not asked again in a tight loop. */
const LEAST_PAUSE_MS = 100;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;
/** All workers keep a pause that was asked for, and nobody ends it: what is longer than a day was meant otherwise. */
const LONGEST_PAUSE_MS = 86_400_000;

/**
 * How long to wait before the next attempt; null: give up. A 429 was surely without effect, so every call is repeated after
 * it, until the waits of this call add up to more than `maxWaitMs`.
 */
export function waitBeforeNext(
  error: NetworkError,
  repeatable: boolean,
  tried: Tried,
  limits: RetryLimits,
): number | null {
  if (error instanceof RateLimited) {
    const pause = Math.max(LEAST_PAUSE_MS, error.retryAfterMs);
    return tried.heldBackMs + pause <= limits.maxWaitMs ? pause : null;
  }
  const passing = error instanceof Unreachable || error instanceof ServerError;
  if (!passing || !(repeatable || error.effect === 'no')) return null;
  return tried.failed < limits.maxAttempts ? growingWait(tried.failed) : null;
}

/** Doubles from a quarter of a second; the jitter (half to whole) keeps workers from coming back together. */
export function growingWait(failed: number, random: () => number = Math.random): number {
  const whole = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failed - 1));
  return whole * (0.5 + random() / 2);
}

/** `Retry-After` in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3), at most a day; one second when absent or unreadable. */
export function retryAfterMs(header: string | null, now: Date): number {
  const text = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(LONGEST_PAUSE_MS, Math.ceil(Number(text) * 1000));
  const at = Date.parse(text);
  return Number.isNaN(at) ? 1_000 : Math.min(LONGEST_PAUSE_MS, Math.max(0, at - now.getTime()));
}
