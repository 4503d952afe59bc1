import { describe, expect, it } from 'vitest';
import { matches } from '../../src/sources/sftp/pattern.js';

describe('a pattern', () => {
  it.each([
    ['employees.csv', '*.csv'],
    ['EMPLOYEES.CSV', '*.csv'],
    ['employees-2026.csv', 'employees-????.csv'],
    ['a.txt', '*.{csv,txt}'],
    ['a.b.csv', 'a.*.csv'],
    ['abab', '*ab'],
    ['.hidden.csv', '.*.csv'],
    ['x', '*'],
    ['a+b(1).csv', 'a+b(1).csv'],
    ['één.csv', '?én.csv'],
  ])('finds %s by %s', (name, pattern) => {
    expect(matches(name, pattern)).toBe(true);
  });

  it.each([
    ['employees.csv.part', '*.csv'],
    ['.hidden.csv', '*.csv'],
    ['employees.xcsv', '*.csv'],
    ['employees-26.csv', 'employees-????.csv'],
    ['axcsv', 'a.csv'],
    ['', '?'],
    ['a.doc', '*.{csv,txt}'],
  ])('does not find %s by %s', (name, pattern) => {
    expect(matches(name, pattern)).toBe(false);
  });

  it('is not slow for a name that is made to be', () => {
    expect(matches('a'.repeat(250), `${'a*'.repeat(40)}b`)).toBe(false);
  });
});
