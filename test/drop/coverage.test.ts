import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Coverage } from '../../src/drop/coverage.js';

describe('the coverage of a file', () => {
  it('is whole exactly when no byte before its end is missing, in whatever order the pieces come', () => {
    const piece = fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 10 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const coverage = new Coverage();
        const written = new Set<number>();
        for (const [start, length] of pieces) {
          coverage.add(start, start + length);
          for (let at = start; at < start + length; at += 1) written.add(at);
        }
        const end = Math.max(0, ...pieces.map(([start, length]) => start + length));
        expect(coverage.isWhole).toBe(written.size === end);
      }),
    );
  });
});
