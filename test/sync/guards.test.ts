import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedChanges } from '../../src/sync/guards/allowed-changes.js';
import { guardSuspensions, heldChanges } from '../../src/sync/guards/guard-suspensions.js';
import type { PersonChange } from '../../src/sync/change.js';
import { ann } from './builders.js';

const limit = { percent: 10, count: 200, floor: 5 };
const reason = { rule: 'missing', text: '', rows: [] };

describe('how many may be suspended', () => {
  it.each([
    [0, 5],
    [20, 5],
    [59, 5],
    [60, 6],
    [383, 38],
    [2_000, 200],
    [1_000_000, 200],
  ])('of %i managed people: %i', (managed, allowed) => {
    expect(allowedChanges(limit, managed)).toBe(allowed);
  });

  it('a guard never lets through more than its limit', () => {
    const limits = fc.record({
      percent: fc.double({ min: 0, max: 100, noNaN: true }),
      count: fc.nat(500),
      floor: fc.nat(20),
    });
    fc.assert(
      fc.property(limits, fc.nat(5_000), fc.nat(5_000), (any, managedPeople, suspensions) => {
        const verdict = guardSuspensions({ limit: any, managedPeople, suspensions });
        if (!verdict.isHeld) expect(suspensions).toBeLessThanOrEqual(allowedChanges(any, managedPeople));
        else expect(suspensions).toBeGreaterThan(Math.max(any.floor, 0));
      }),
    );
  });
});

describe('the guard of suspensions', () => {
  const changes: readonly PersonChange[] = [
    { kind: 'restore', xid: ann, reason },
    { kind: 'suspend', xid: ann, reason },
  ];

  it('holds all suspensions and nothing else', () => {
    const verdict = guardSuspensions({ limit, managedPeople: 383, suspensions: 39 });
    expect(heldChanges(verdict, changes).map(({ kind }) => kind)).toEqual(['suspend']);
    expect(verdict.text).toBe(
      '39 of 383 managed people (10.2 %) would be suspended, and 38 are allowed: 10 % or 200, whichever is fewer, and at least 5. ' +
        'All suspensions of this run are held until a person approves or refuses them; everything else goes on.',
    );
  });

  it('lets through what is exactly allowed', () => {
    const verdict = guardSuspensions({ limit, managedPeople: 383, suspensions: 38 });
    expect(heldChanges(verdict, changes)).toEqual([]);
    expect(verdict.text).toContain('38 are allowed');
  });

  it('has nothing to hold in a first run', () => {
    expect(guardSuspensions({ limit, managedPeople: 0, suspensions: 0 })).toMatchObject({ isHeld: false });
  });
});
