import { describe, expect, test } from 'vitest';
import type { Clock } from '../../src/network/speakap/clock.js';
import { LongPause, Pace } from '../../src/network/speakap/pace.js';
import { HandClock, settled } from './hand-clock.js';
import { failureOf } from './server.js';

function aPace(settings: { requestsPerSecond?: number; concurrency?: number; maxWaitMs?: number } = {}) {
  const clock = new HandClock();
  const { requestsPerSecond = null, concurrency = 1_000, maxWaitMs = 10_000 } = settings;
  return { clock, pace: new Pace({ requestsPerSecond, concurrency, maxWaitMs, clock }) };
}

/** Lets so many enter and writes down when each of them was let in. */
function enterAll(pace: Pace, clock: Clock, count: number): number[] {
  const entered: number[] = [];
  for (let one = 0; one < count; one += 1) void pace.enter().then(() => entered.push(clock.now()));
  return entered;
}

describe('the pace of a network', () => {
  test('is kept by all who enter, first come first served', async () => {
    const { clock, pace } = aPace({ requestsPerSecond: 10 });
    const entered = enterAll(pace, clock, 300);
    await clock.move(10_000);
    expect(entered.length).toBeGreaterThanOrEqual(97);
    expect(entered.length).toBeLessThanOrEqual(100);
  });

  test('without a rate only the requests in flight are bounded', async () => {
    const { clock, pace } = aPace({ concurrency: 3 });
    const entered = enterAll(pace, clock, 5);
    await settled();
    expect(entered).toHaveLength(3);
    pace.leave();
    await settled();
    expect(entered).toHaveLength(4);
  });

  test('a pause holds everybody back until it is over', async () => {
    const { clock, pace } = aPace();
    void pace.pause(2_000);
    const entered = enterAll(pace, clock, 4);
    await clock.move(1_999);
    expect(entered).toEqual([]);
    await clock.move(1);
    expect(entered).toHaveLength(4);
  });

  test('a longer pause wins over a shorter one', async () => {
    const { clock, pace } = aPace();
    void pace.pause(5_000);
    void pace.pause(1_000);
    const entered = enterAll(pace, clock, 1);
    await clock.move(4_999);
    expect(entered).toEqual([]);
    await clock.move(1);
    expect(entered).toEqual([5_000]);
  });

  test('a pause that is too long is refused at once, also to those who wait already', async () => {
    const { clock, pace } = aPace({ concurrency: 1, maxWaitMs: 1_000 });
    await pace.enter();
    const waiting = failureOf(pace.enter());
    void pace.pause(60_000);
    expect(await waiting).toBeInstanceOf(LongPause);
    const later = await failureOf(pace.enter());
    expect(later).toBeInstanceOf(LongPause);
    await clock.move(60_000);
    pace.leave();
    await pace.enter();
  });

  test('who is cancelled while waiting leaves the line', async () => {
    const { pace } = aPace({ concurrency: 1 });
    await pace.enter();
    const cancel = new AbortController();
    const cancelled = failureOf(pace.enter(cancel.signal));
    let entered = false;
    const next = pace.enter().then(() => (entered = true));
    cancel.abort(new Error('enough'));
    expect((await cancelled).message).toBe('enough');
    expect(entered).toBe(false);
    pace.leave();
    await next;
  });
});
