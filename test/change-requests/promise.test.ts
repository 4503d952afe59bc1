import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figureOf } from '../../src/change-requests/figures.js';
import {
  clockNews,
  keepPause,
  nextClockMoment,
  openPromises,
  pausedMs,
  type Pause,
} from '../../src/change-requests/promise.js';
import { after, aRequest, FILED_AT } from './builders.js';

const HOUR = 3_600_000;

describe('the promise', () => {
  test('small: 48 hours from the filing, nights and weekends included', () => {
    expect(openPromises(aRequest('add-location'), FILED_AT)).toEqual([
      { promise: 'done', words: '48 hours', dueAt: after(48), warnAt: after(36) },
    ]);
  });

  test('structural: a date within 48 hours, and done within 14 days; then by the date that was agreed', () => {
    const state = aRequest('structure');
    expect(openPromises(state, FILED_AT).map(({ promise, dueAt }) => [promise, dueAt])).toEqual([
      ['date', after(48)],
      ['done', after(14 * 24)],
    ]);
    state.agreement = { on: '', dueAt: after(104), by: 'c-hr', side: 'customer', at: after(3), agreed: null };
    expect(openPromises(state, FILED_AT)).toHaveLength(2);
    state.agreement.agreed = { by: 'staff-17', at: after(4) };
    expect(openPromises(state, FILED_AT)).toEqual([
      { promise: 'done', words: 'the agreed date', dueAt: after(104), warnAt: after(79) },
    ]);
  });

  test('hours in which the customer is waited for do not count, now and afterwards', () => {
    const state = aRequest();
    keepPause(state.pauses, 'an answer', after(10));
    const [paused] = openPromises(state, after(30));
    expect(paused).toMatchObject({ dueAt: after(68) });
    keepPause(state.pauses, null, after(40));
    const [resumed] = openPromises(state, after(45));
    expect(resumed).toMatchObject({ dueAt: after(78), warnAt: after(66) });
  });

  test('a law: whatever pauses there were, the hours that counted until the end are 48', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })), { maxLength: 6 }),
        (spans) => {
          const state = aRequest();
          let hour = 0;
          for (const [runs, waits] of spans) {
            keepPause(state.pauses, 'x', after(hour + runs));
            keepPause(state.pauses, null, after(hour + runs + waits));
            hour += runs + waits;
          }
          const { dueAt } = openPromises(state, after(hour))[0] ?? { dueAt: '' };
          const whole = Date.parse(dueAt) - Date.parse(FILED_AT);
          expect(whole - pausedMs(state.pauses, FILED_AT, after(hour))).toBe(48 * HOUR);
        },
      ),
    );
  });

  test('pausing twice, or going on twice, is one thing', () => {
    const pauses: Pause[] = [];
    expect(keepPause(pauses, null, after(1))).toBeNull();
    expect(keepPause(pauses, 'a', after(1))).toBe('paused');
    expect(keepPause(pauses, 'b', after(2))).toBeNull();
    expect(keepPause(pauses, null, after(3))).toBe('resumed');
    expect(keepPause(pauses, null, after(4))).toBeNull();
    expect(pauses).toEqual([{ from: after(1), to: after(3), reason: 'a' }]);
  });
});

describe('what is told of the clock', () => {
  test('a warning at three quarters, a breach at the end, each once; never while it stands still', () => {
    const state = aRequest();
    expect(clockNews(state, after(35.9))).toEqual([]);
    const [warning] = clockNews(state, after(36));
    expect(warning).toMatchObject({ kind: 'warning', key: 'done/48 hours/warning' });
    state.told.push(warning?.key ?? '');
    expect(clockNews(state, after(47.9))).toEqual([]);
    keepPause(state.pauses, 'x', after(47.9));
    expect(clockNews(state, after(60))).toEqual([]);
    keepPause(state.pauses, null, after(60));
    expect(clockNews(state, after(60))).toEqual([]);
    expect(clockNews(state, after(61))).toMatchObject([{ kind: 'breach', promise: { promise: 'done' } }]);
  });

  test('what became due before it stood still is told when it goes on', () => {
    const state = aRequest();
    keepPause(state.pauses, 'x', after(40));
    expect(clockNews(state, after(41))).toEqual([]);
    keepPause(state.pauses, null, after(50));
    expect(clockNews(state, after(50))).toMatchObject([{ kind: 'warning' }]);
  });

  test('the next moment is the first that is left, and none while it stands still', () => {
    const state = aRequest('structure');
    expect(nextClockMoment(state, FILED_AT)).toMatchObject({
      at: after(36),
      summary: 'three quarters of a date within 48 hours',
    });
    expect(nextClockMoment(state, after(40))).toMatchObject({ at: after(48) });
    expect(nextClockMoment(state, after(50))).toMatchObject({ at: after(252) });
    expect(nextClockMoment(state, after(400))).toBeNull();
    keepPause(state.pauses, 'x', after(40));
    expect(nextClockMoment(state, after(40))).toBeNull();
  });
});

test('the figure counts what was done, and nothing that was rejected, withdrawn or is open', () => {
  const ended = [
    { status: 'done', size: 'small', kept: true },
    { status: 'done', size: 'small', kept: true },
    { status: 'done', size: 'structural', kept: false },
    { status: 'withdrawn', size: 'small', kept: null },
    { status: 'open', size: 'small', kept: null },
  ] as const;
  expect(figureOf(ended)).toEqual({ done: 3, kept: 2, percent: 66 });
  expect(figureOf(ended, 'structural')).toEqual({ done: 1, kept: 0, percent: 0 });
  expect(figureOf([])).toEqual({ done: 0, kept: 0, percent: null });
});
