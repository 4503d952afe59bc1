import { expect, test } from 'vitest';
import { goLiveInstant, nextDaytime, UnusableGoLive } from '../../src/release/hours.js';
import { beyondTolerance, excessWords } from '../../src/release/tolerance.js';
import { EVERYBODY_ELSE, partsOf, UnusableWaves, Waves, type NamedWish } from '../../src/release/waves.js';

const people = Array.from({ length: 2_000 }, (_, index) => ({ xid: `p-${index}`, units: [`unit ${index % 7}`] }));

const LAYOUTS: readonly (readonly NamedWish[])[] = [
  [],
  [
    { name: 'pilot', whom: { kind: 'people', xids: ['p-1', 'p-8', 'p-1999', 'nobody'] } },
    { name: 'first', whom: { kind: 'unit', units: ['unit 1', 'unit 2'] } },
    { name: 'second', whom: { kind: 'unit', units: ['unit 2', 'unit 3'] } },
  ],
  [
    { name: 'pilot', whom: { kind: 'share', percent: 5 } },
    { name: 'half', whom: { kind: 'share', percent: 45 } },
    { name: 'rest of it', whom: { kind: 'share', percent: 50 } },
  ],
  [
    { name: 'pilot', whom: { kind: 'share', percent: 10 } },
    { name: 'unit', whom: { kind: 'unit', units: ['unit 4'] } },
    { name: 'more', whom: { kind: 'share', percent: 30 } },
  ],
];

function wavesOf(wishes: readonly NamedWish[], all = people) {
  const waves = new Waves(wishes);
  for (const person of all) waves.add(person);
  return waves.result();
}

test.each(LAYOUTS.map((wishes) => [wishes.map(({ name }) => name).join(', ') || 'no wave', wishes] as const))(
  'waves divide the people exactly: nobody twice, nobody forgotten (%s)',
  (_, wishes) => {
    const members = wavesOf(wishes).flatMap(({ xids }) => xids);
    expect(members).toHaveLength(people.length);
    expect(new Set(members)).toEqual(new Set(people.map(({ xid }) => xid)));
    for (const size of [1, 7, 100, 5_000]) {
      for (const { xids } of wavesOf(wishes)) {
        const parts = partsOf(xids, size);
        expect(parts.flat()).toEqual(xids);
        expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(size);
      }
    }
  },
);

test('the same people are in a share whatever the order, and about as many as were asked for', () => {
  const [, , shares = []] = LAYOUTS;
  const forward = wavesOf(shares);
  const backward = wavesOf(shares, [...people].reverse());
  for (const [index, { name, xids }] of forward.entries()) {
    expect(new Set(backward[index]?.xids)).toEqual(new Set(xids));
    expect(name).not.toBe(EVERYBODY_ELSE);
  }
  expect(forward[0]?.xids.length).toBeGreaterThan(60);
  expect(forward[0]?.xids.length).toBeLessThan(140);
});

test('a person is in the first wave that fits', () => {
  const waves = wavesOf(LAYOUTS[1] ?? []);
  expect(waves.map(({ name }) => name)).toEqual(['pilot', 'first', 'second', EVERYBODY_ELSE]);
  expect(waves[0]?.xids).toEqual(['p-1', 'p-8', 'p-1999']);
  expect(waves[1]?.xids).toContain('p-2');
  expect(waves[2]?.xids).not.toContain('p-2');
});

test('shares of more than everybody, and two waves of one name, are refused', () => {
  const share = (name: string, percent: number): NamedWish => ({ name, whom: { kind: 'share', percent } });
  expect(() => new Waves([share('a', 60), share('b', 50)])).toThrow(UnusableWaves);
  expect(() => new Waves([share('a', 0)])).toThrow(/more than 0/);
  expect(() => new Waves([share('a', 10), share('a', 10)])).toThrow(/"a"/);
});

const DAY = { from: '08:00', until: '19:00' };

test.each([
  ['in the night', '2026-11-30T02:00:00Z', 5, '2026-11-30T07:00:00.000Z'],
  ['in the morning', '2026-11-30T08:30:00Z', 60, '2026-11-30T08:30:00.000Z'],
  ['when it ends just before the evening', '2026-11-30T17:00:00Z', 60, '2026-11-30T17:00:00.000Z'],
  ['when it would last into the evening', '2026-11-30T17:01:00Z', 60, '2026-12-01T07:00:00.000Z'],
  ['in the evening', '2026-11-30T20:00:00Z', 1, '2026-12-01T07:00:00.000Z'],
  ['before the clocks go forward', '2027-03-27T20:00:00Z', 1, '2027-03-28T06:00:00.000Z'],
  ['before the clocks go back', '2026-10-24T20:00:00Z', 1, '2026-10-25T07:00:00.000Z'],
  ['when it is longer than a day', '2026-11-30T03:00:00Z', 2_000, '2026-11-30T07:00:00.000Z'],
])('nobody is invited at night: a wave that could begin %s', (_, at, minutes, expected) => {
  expect(nextDaytime(at, 'Europe/Amsterdam', DAY, minutes)).toBe(expected);
});

test('every minute of a year has its next hour of the day, which is never at night and never before', () => {
  const [from, until] = ['08:00', '19:00'];
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/New_York', hour: '2-digit', minute: '2-digit' });
  for (let ms = Date.parse('2026-01-01T00:00:00Z'); ms < Date.parse('2027-01-01T00:00:00Z'); ms += 97 * 60_000) {
    const at = new Date(ms).toISOString();
    const next = nextDaytime(at, 'America/New_York', { from, until }, 30);
    const shown = clock.format(new Date(next));
    expect(next >= at && shown >= from && shown <= '18:30', `${at} ${next} ${shown}`).toBe(true);
    expect(nextDaytime(next, 'America/New_York', { from, until }, 30)).toBe(next);
  }
});

const NOW = new Date('2026-11-30T12:00:00Z');

test('a go-live is meant on the clocks of the customer', () => {
  expect(goLiveInstant('2026-12-01 10:00', 'Europe/Amsterdam', NOW)).toBe('2026-12-01T09:00:00.000Z');
  expect(goLiveInstant('2026-11-30 13:01', 'Europe/Amsterdam', NOW)).toBe('2026-11-30T12:01:00.000Z');
  expect(goLiveInstant('now', 'Europe/Amsterdam', NOW)).toBeNull();
});

test.each([
  ['2026-11-30 13:00', /in the past/],
  ['2025-01-01 10:00', /in the past/],
  ['2026-02-30 10:00', /no moment/],
  ['tomorrow', /no moment/],
  ['2026-12-01 25:00', /no moment/],
])('a go-live of %s is refused with a sentence', (text, sentence) => {
  expect(() => goLiveInstant(text, 'Europe/Amsterdam', NOW)).toThrow(UnusableGoLive);
  expect(() => goLiveInstant(text, 'Europe/Amsterdam', NOW)).toThrow(sentence);
});

const tolerance = { percent: 10, floor: 3 };

test.each([
  [{ create: 100 }, { create: 110 }, []],
  [{ create: 100 }, { create: 111 }, ['create']],
  [{ create: 100 }, { create: 89 }, ['create']],
  [{ create: 10 }, { create: 13 }, []],
  [{ create: 10 }, { create: 14 }, ['create']],
  [{ create: 10 }, { create: 10, suspend: 4 }, ['suspend']],
  [{ create: 10, join: 20 }, { create: 10 }, ['join']],
  [{}, {}, []],
])('of %j approved and %j planned now, %j is beyond the tolerance', (approved, fresh, kinds) => {
  expect(beyondTolerance(approved, fresh, tolerance).map(({ kind }) => kind)).toEqual(kinds);
});

test('what is beyond the tolerance is said with its numbers', () => {
  expect(excessWords(beyondTolerance({ create: 100 }, { create: 120 }, tolerance))).toBe(
    'create: 120 instead of the approved 100, where 10 more or fewer are let through',
  );
});
