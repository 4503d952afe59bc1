/** A token bucket as a value; times in milliseconds of any steadily growing clock. */
export interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

export interface Rate {
  readonly perSecond: number;
  /** Tokens that can be saved up while nothing is asked. */
  readonly burst: number;
}

/** Rounding must not make a request wait for a token that is there. */
const ROUNDING = 1e-9;

/**
 * The pace to keep so that a network with this limit never counts more than it in any ten seconds, and never more than one
 * second's worth on top of it in any shorter window, although requests arrive more bunched than they were sent: 2 % below
 * the limit, with 50 ms saved up at most.
 */
export function paceFor(requestsPerSecond: number): Rate {
  return { perSecond: requestsPerSecond * 0.98, burst: 1 + requestsPerSecond * 0.05 };
}

export function fullBucket(rate: Rate, now: number): Bucket {
  return { tokens: rate.burst, at: now };
}

/** Takes one token, or says how long to wait before asking again; the bucket is to be kept in both cases. */
export function takeToken(
  bucket: Bucket,
  rate: Rate,
  now: number,
): { readonly bucket: Bucket; readonly waitMs: number } {
  const elapsed = Math.max(0, now - bucket.at);
  const tokens = Math.min(rate.burst, bucket.tokens + (elapsed / 1000) * rate.perSecond);
  if (tokens >= 1 - ROUNDING) return { bucket: { tokens: tokens - 1, at: now }, waitMs: 0 };
  return { bucket: { tokens, at: now }, waitMs: ((1 - tokens) / rate.perSecond) * 1000 };
}
