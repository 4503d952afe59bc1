import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellText } from '../../src/formats/workbook/cell-text.js';
import { parseFormat } from '../../src/formats/workbook/number-format.js';
import { numberText } from '../../src/formats/workbook/number-text.js';
import { momentText } from '../../src/formats/workbook/serial-dates.js';
import { SharedStrings } from '../../src/formats/workbook/shared-strings.js';

/** What a number says under a format. */
function shown(value: number | string, code: string, is1904 = false): string {
  const context = { strings: new SharedStrings(), formats: [parseFormat(code)], is1904 };
  return cellText({ type: 'n', style: 0, value: String(value), inline: '' }, context);
}

describe('a number', () => {
  it.each([
    ['4711', '4711'],
    ['4711.0', '4711'],
    ['1E3', '1000'],
    ['1.0E+3', '1000'],
    ['-1.5e-3', '-0.0015'],
    ['0.30000000000000004', '0.3'],
    ['1.1000000000000001', '1.1'],
    ['12345678901234567', '12345678901234567'],
    ['1.2345678901234567E16', '12345678901234600'],
    ['1e21', '1000000000000000000000'],
    ['0.1', '0.1'],
    ['-0', '0'],
    ['-0.0', '0'],
    ['1e-7', '0.0000001'],
    ['', ''],
    ['abc', 'abc'],
    ['1E999', '1E999'],
  ])('%s is written as %s', (written, text) => {
    expect(numberText(written)).toBe(text);
  });

  it('has no exponent and no zeros at its end, and is the same to 15 digits', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e25, max: 1e25 }), (value) => {
        const text = numberText(value.toExponential());
        expect(text).toMatch(/^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/);
        expect(Number(text)).toBe(Number(value.toPrecision(15)) + 0);
      }),
    );
  });
});

describe('a format', () => {
  it.each([
    ['00000000', 4711, '00004711'],
    ['00000000', '4711.0', '00004711'],
    ['00000000', 123456789, '123456789'],
    ['00000000', 4711.5, '4711.5'],
    ['00000000', -4711, '-4711'],
    ['[Red]0000', 12, '0012'],
    ['"P"00000', 4711, 'P04711'],
    ['"P"0', 4711, 'P4711'],
    ['\\N\\L0000', 7, 'NL0007'],
    ['000-00-0000', 123456789, '123-45-6789'],
    ['00##-######', 612345678, '0612-345678'],
    ['0000;-0000;"none"', 5, '0005'],
    ['0', 4711, '4711'],
    ['#', 4711, '4711'],
    ['#,##0', 4711, '4711'],
    ['0.00', 12.5, '12.5'],
    ['0.00E+00', 1200, '1200'],
    ['0%', 0.25, '0.25'],
    ['# ?/?', 0.5, '0.5'],
    ['[<=9999]0000;000000', 5, '5'],
    ['"€" #,##0.00', 5, '5'],
    ['General', 4711, '4711'],
    ['General "days"', 5, '5'],
    ['@', 4711, '4711'],
  ])('%s shows %s as %s', (code, value, text) => {
    expect(shown(value, code)).toBe(text);
  });

  it.each([
    ['d-m-yyyy', 46082, '2026-03-01'],
    ['[$-413]d mmmm yyyy;@', 46082, '2026-03-01'],
    ['[$-F800]dddd, mmmm dd, yyyy', 46082, '2026-03-01'],
    ['[Red]yyyy-mm-dd', 46082, '2026-03-01'],
    ['YYYY/MM/DD', 46082, '2026-03-01'],
    ['mmm-yy', 46082, '2026-03-01'],
    ['mmmm', 46082, '2026-03-01'],
    ['yyyy-mm-dd', 46082.75, '2026-03-01'],
    ['yyyy-mm-dd hh:mm', 46082.75, '2026-03-01T18:00:00'],
    ['yyyy-mm-dd hh:mm', 46082, '2026-03-01'],
    ['yyyy-mm-dd hh:mm', 46081.999999999, '2026-03-01'],
    ['m/d/yy h:mm AM/PM', 46082.5, '2026-03-01T12:00:00'],
    ['hh:mm', 0.354166666666667, '08:30:00'],
    ['h:mm AM/PM', 0.5, '12:00:00'],
    ['[h]:mm', 1.5, '36:00:00'],
    ['[mm]:ss', 0.0625, '01:30:00'],
    ['yyyy-mm-dd', -1, '-1'],
    ['yyyy-mm-dd', 2958465, '9999-12-31'],
    ['yyyy-mm-dd', 2958467, '2958467'],
    ['"day" 0', 5, 'day 5'],
    ['"d"0000', 5, 'd0005'],
    ['\\d0000', 5, 'd0005'],
    ['[Yellow]0', 5, '5'],
    ['0 _d', 5, '5 '],
  ])('%s shows %s as %s: days and times by their letters, and not by letters that are quoted', (code, value, text) => {
    expect(shown(value, code)).toBe(text);
  });

  it('counts from 1904 where the workbook does', () => {
    expect([shown(0, 'yyyy-mm-dd', true), shown(44620, 'yyyy-mm-dd', true)]).toEqual(['1904-01-01', '2026-03-01']);
  });
});

describe('a day', () => {
  it('is counted with the 29 February of 1900 that never was', () => {
    const days = [0, 1, 59, 60, 61, 366, 367].map((serial) => momentText(serial, 'date', false));
    expect(days).toEqual([
      ...['1900-01-00', '1900-01-01', '1900-02-28', '1900-02-29', '1900-03-01', '1900-12-31', '1901-01-01'],
    ]);
  });

  it('is the same in both ways of counting, 1462 days apart', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1462, max: 2_957_003 }), (serial) => {
        expect(momentText(serial, 'date', false)).toBe(momentText(serial - 1462, 'date', true));
      }),
    );
  });
});
