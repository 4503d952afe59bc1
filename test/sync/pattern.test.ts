import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeMatcher } from '../../src/sync/expression/pattern-matcher.js';
import { fixedParts, PatternError, readPattern } from '../../src/sync/expression/pattern.js';

function fits(pattern: string, text: string): boolean {
  return makeMatcher(readPattern(pattern))(text);
}

/** Patterns that mean the same here and in JavaScript. */
const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '[a-c]', '[-b]', '\\d', '\\D', '\\w', '\\s', '\\.', '', '1'),
    fc.tuple(tie('pattern'), tie('pattern')).map(([one, other]) => one + other),
    fc.tuple(tie('pattern'), tie('pattern')).map(([one, other]) => `(${one}|${other})`),
    fc
      .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,}', '{0,2}', '{0}'))
      .map(([one, times]) => `(${one})${times}`),
  ),
}));
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '.', '-', ' '), maxLength: 8 });

describe('feature 9: a pattern', () => {
  it.each([
    ['00[0-9]{5}', '0004711', true],
    ['00[0-9]{5}', '00047111', false],
    ['(Store|Shop) [A-Z]\\w*', 'Shop Élan', false],
    ['(Store|Shop) \\w+', 'Shop Élan', true],
    ['.', '😀', true],
    ['[^@]+@[a-z]+[.]example', 'ann@shop.example', true],
    ['', '', true],
    ['', 'x', false],
    ['a{0,2}', 'aaa', false],
  ])('%s, held against %s: %s', (source, given, expected) => {
    expect(fits(source, given)).toBe(expected);
  });

  it('fits what the same regular expression fits as a whole', () => {
    fc.assert(
      fc.property(pattern, text, (source, given) => {
        expect(fits(source, given)).toBe(new RegExp(`^(?:${source})$`, 'su').test(given));
      }),
      { numRuns: 2_000 },
    );
  });

  it('that makes others try for ever is read through once', () => {
    let looked = 0;
    const counted = makeMatcher({
      ...{ type: 'repeat', least: 1, most: null },
      part: {
        ...{ type: 'repeat', least: 1, most: null },
        part: { type: 'character', only: null, fits: (letter) => (looked++, letter === 'a') },
      },
    });
    expect(counted(`${'a'.repeat(5_000)}!`)).toBe(false);
    // Written out, the pattern has four places, and each is looked at from a character once.
    expect(looked).toBeLessThanOrEqual(4 * 5_001);
  });

  it('is refused by name, whatever stands in it, or used', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab()[]{}*+?|^$\\-,12.') }), text, (source, given) => {
        try {
          expect(typeof fits(source, given)).toBe('boolean');
        } catch (error) {
          expect(error).toBeInstanceOf(PatternError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('says what stands in it letter by letter', () => {
    expect(fixedParts(readPattern('.*(Van|De) Berg[.]?[0-9]ab'))).toEqual(['Van', 'De', ' Berg', '.', 'ab']);
  });
});
