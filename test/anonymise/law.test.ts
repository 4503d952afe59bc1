import { describe, expect, it } from 'vitest';
import { anonymise, readCsv, readText } from './rosters.js';

describe('the law, on public rosters', () => {
  for (const day of ['day-1', 'day-2']) {
    it(`Woodgrove, ${day}: every person has the same groups, roles, audience and active state`, () => {
      const rows = readCsv(`../../examples/woodgrove/${day}.csv`);
      const { breaches, rows: disguised } = anonymise({
        mapping: readText('../../examples/woodgrove/mapping.yaml'),
        rows,
      });
      expect(breaches).toEqual([]);
      expect(disguised).toHaveLength(rows.length);
    });
  }
});
