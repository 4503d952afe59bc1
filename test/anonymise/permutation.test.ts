import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TooFewIds } from '../../src/anonymise/errors.js';
import { ClassedPermutation } from '../../src/anonymise/keyed/classed-permutation.js';
import { Keyed } from '../../src/anonymise/keyed/keyed.js';
import { LargeCycle, TabledCycle } from '../../src/anonymise/keyed/permutation.js';
import { KEY, OTHER_KEY } from './rosters.js';

const keyed = new Keyed(KEY);
const open = { rule: 'externalId', column: 'Id', cuts: [], questions: [] };

function allOf(digits: number): readonly string[] {
  return Array.from({ length: 10 ** digits }, (_, number) => String(number).padStart(digits, '0'));
}

describe('the permutation of ids', () => {
  it('leads through all numbers of every small size on one way', () => {
    for (let size = 2; size <= 300; size += 1) {
      const cycle = new TabledCycle(size, keyed, 'test');
      const seen = new Set<number>();
      for (let rank = 0; !seen.has(rank); rank = cycle.next(rank)) seen.add(rank);
      expect(seen.size).toBe(size);
    }
  });

  it('does so for large sizes too, by another way to compute it', () => {
    for (const size of [5n, 97n, 1_000n]) {
      const cycle = new LargeCycle(size, keyed, 'test');
      const seen = new Set<bigint>();
      for (let rank = 0n; !seen.has(rank); rank = cycle.next(rank)) seen.add(rank);
      expect(seen.size).toBe(Number(size));
    }
  });

  it('gives each of ten thousand ids another one of the same length, and no two the same', () => {
    const permutation = new ClassedPermutation(keyed, 'id', open);
    const ids = allOf(4);
    const disguises = ids.map((id) => permutation.disguise(id));
    expect(new Set(disguises)).toEqual(new Set(ids));
    expect(ids.filter((id, index) => disguises[index] === id)).toEqual([]);
  });

  it('keeps whether an id begins with a zero, and how many there are where enough ids have as many', () => {
    const permutation = new ClassedPermutation(keyed, 'id', open);
    const zeros = (id: string): number => Math.min(/^0*/.exec(id)?.[0].length ?? 0, 3);
    expect(allOf(5).filter((id) => zeros(permutation.disguise(id)) !== zeros(id))).toEqual([]);
  });

  it('keeps prefixes, separators, and the case of letters, of ids of any shape', () => {
    const permutation = new ClassedPermutation(keyed, 'id', open);
    const shape = (id: string) => id.replace(/[0-9]/g, '0').replace(/[a-z]/g, 'a').replace(/[A-Z]/g, 'A');
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9-]{3,40}$/), (id) => {
        fc.pre(/[A-Za-z0-9]/.test(id) && id.replace(/[^A-Za-z0-9]/g, '').length > 1);
        const disguise = permutation.disguise(id);
        expect(shape(disguise)).toBe(shape(id));
        expect(disguise).not.toBe(id);
      }),
    );
    expect(permutation.disguise('EMP0004711')).toMatch(/^EMP000\d{4}$/);
  });

  it('keeps what cuts and questions tell apart, and stays a permutation', () => {
    const includesSeven = (text: string) => text.includes('7');
    const classes = {
      ...open,
      cuts: [{ rule: 'groups[0].when', isBeyond: (text: string) => Number(text) >= 137 }],
      questions: [{ rule: 'groups[1].when', column: 'Id', before: includesSeven, after: includesSeven }],
    };
    const permutation = new ClassedPermutation(keyed, 'id', classes);
    const ids = allOf(4);
    const disguises = ids.map((id) => permutation.disguise(id));
    expect(new Set(disguises).size).toBe(ids.length);
    const classOf = (id: string) => `${Number(id) >= 137} ${includesSeven(id)}`;
    expect(ids.filter((id, index) => disguises[index] === id)).toEqual([]);
    expect(ids.filter((id, index) => classOf(disguises[index] ?? '') !== classOf(id))).toEqual([]);
  });

  it('names the rule that leaves too few ids', () => {
    const cuts = [{ rule: 'groups[3].when', isBeyond: (text: string) => Number(text) >= 9_997 }];
    const permutation = new ClassedPermutation(keyed, 'id', { ...open, cuts });
    expect(() => permutation.disguise('9998')).toThrow(TooFewIds);
    expect(() => permutation.disguise('9998')).toThrow(/"Id".*groups\[3\]\.when/);
    expect(permutation.disguise('9990')).toMatch(/^\d{4}$/);
    const isOdd = (text: string) => text === '4711' || text === '4712';
    const questions = [{ rule: 'roles[0].when', column: 'Id', before: isOdd, after: isOdd }];
    expect(() => new ClassedPermutation(keyed, 'id', { ...open, questions }).disguise('4711')).toThrow(/roles\[0\]/);
  });

  it('is another one under another key', () => {
    const [one, other] = [keyed, new Keyed(OTHER_KEY)].map((each) => new ClassedPermutation(each, 'id', open));
    const same = allOf(4).filter((id) => one?.disguise(id) === other?.disguise(id));
    expect(same.length).toBeLessThan(50);
  });
});
