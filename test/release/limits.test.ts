import { describe, expect, test } from 'vitest';
import { judgePlan } from '../../src/sync/guards/judge-plan.js';
import { tighterGuards } from '../../src/sync/guards/tighter-guards.js';
import { aMapping, KORENAAR } from '../sync/builders.js';

const written = aMapping(`${KORENAAR}guards:\n  creations: { percent: 30, count: 1000, floor: 5 }\n`).guards;
const usual = aMapping(KORENAAR).guards;

function wave(people: number, approved: number | null) {
  const figures = { managed: 0, arriving: people, isFirst: true, changed: people, approved };
  return judgePlan(written, { ...figures, people: new Map([['create', people]] as const) }).kinds.get('create') ?? null;
}

describe('in a wave the share of a limit is taken of the approved people, and not of the zero managed ones', () => {
  test.each([
    [30, 100, true],
    [31, 100, false],
    [100, 1_000, true],
    [100, 100, false],
    [100, null, false],
  ])('%i new accounts in a wave of a release for %s: goes through is %s', (people, approved, goesThrough) => {
    expect(wave(people, approved) === null).toBe(goesThrough);
  });

  test('what is held says of whom the share was taken', () => {
    expect(wave(31, 100)).toContain('31 of 100 people whom the release was approved for');
    expect(wave(31, null)).toContain('31 of 31 people whom the mapping brings in');
  });
});

describe('as long as the first days are watched, limits are tighter', () => {
  const suspended = (people: number, percent: number): boolean => {
    const figures = { managed: 1_000, arriving: 0, isFirst: false, changed: people };
    const guards = tighterGuards(usual, percent);
    return judgePlan(guards, { ...figures, people: new Map([['suspend', people]] as const) }).kinds.has('suspend');
  };

  test.each([
    [100, 100, false],
    [101, 100, true],
    [50, 50, false],
    [51, 50, true],
    [1, 1, false],
    [11, 1, true],
  ])('%i suspensions with limits of %i percent: held is %s', (people, percent, isHeld) => {
    expect(suspended(people, percent)).toBe(isHeld);
  });

  test('all of a limit is the limit itself, and a small network may still change', () => {
    expect(tighterGuards(usual, 100)).toBe(usual);
    expect(tighterGuards(usual, 1).limits.suspend).toMatchObject({ floor: 1, count: 2 });
  });
});
