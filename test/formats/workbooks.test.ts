import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aWorkbook, cellsOf, escaped, fixture, opened, textRow } from './builders.js';

const PEOPLE = [
  'Personnel no,First name,Last name,E-mail,Start,Changed,FTE,Active',
  '00004711,Sanne,de Vries,sanne.devries@korenaar.example,2026-03-01,2026-01-02T08:30:00,0.8,TRUE',
  '00004712,Zoë,"Bakker ""jr""",zoe.bakker@korenaar.example,DATE,2026-01-02,1,FALSE',
  '00004713,Łukasz,"Nowak, Piotr",lukasz.nowak@korenaar.example,2024-02-29,2026-12-31T23:59:59,0.3,TRUE',
  '12345678,"Line\nbreak",😀,,2036-12-08,2030-06-05T04:03:02,0.001,TRUE',
  '',
].join('\r\n');

describe('feature 20: an Excel workbook', () => {
  it('of XlsxWriter becomes CSV: padded numbers, dates, 15 digits', async () => {
    expect(await opened(await fixture('people-1900.xlsx'))).toBe(PEOPLE.replace('DATE', '1900-03-01'));
  });

  it('that counts its dates from 1904 says the same', async () => {
    expect(await opened(await fixture('people-1904.xlsx'))).toBe(PEOPLE.replace('DATE', '1904-01-02'));
    expect(await opened(await fixture('mac.xlsx'))).toBe('Id,Start\r\n1,1904-01-01\r\n2,2026-03-01\r\n');
  });

  it('of openpyxl with all that people do by hand is read by its first visible sheet', async () => {
    const rows = cellsOf(await opened(await fixture('odd.xlsx')));
    const said = Object.fromEntries(rows.slice(1).map(([, what = '', value = '']) => [what, value] as const));
    expect(said).toMatchObject({
      ...{ text: '0004711', 'rich text': 'van der Berg', exponent: '1000', noise: '0.3', negative: '-12.5' },
      ...{ time: '08:30:00', duration: '36:00:00', month: '2026-03-01', error: '#N/A', blanks: '  kept  ' },
      ...{ red: '0004711', letters: 'P-004711', parts: '1234.56.782', money: '12.5', 'quoted letters': '5 days' },
      ...{ 'false leap day': '1900-02-29', 'day zero': '1900-01-00', escaped: 'a\rb', newline: 'a\nb' },
    });
    expect(rows.at(-1)).toEqual(['after a gap', '', 'x']);
    expect(rows.filter((cells) => cells.join('') === '')).toHaveLength(2);
  });

  it('gives the values that its formulas had when it was saved', async () => {
    expect(await opened(await fixture('formulas.xlsx'))).toBe('Id,Number,Text,Truth,Error\r\n1,4711,ab,TRUE,#N/A\r\n');
  });

  it.each(['openpyxl', 'xlsxwriter'])('of %s with texts of all letters is equal cell by cell', async (writer) => {
    const lines = (await fixture('random.txt')).toString().trimEnd().split('\n');
    const expected = lines.map((line) => JSON.parse(line) as string[]);
    const rows = cellsOf(await opened(await fixture(`random-${writer}.xlsx`)));
    expect(rows).toEqual(expected);
  });

  it('is equal cell by cell to any table of texts, in cells of their own or shared, however it comes in pieces', async () => {
    const letter = fc.constantFrom(...'ab"\',;\t|\n &<>_x]0é中😀');
    const cell = fc.string({ unit: letter, maxLength: 8 });
    const table = fc.integer({ min: 1, max: 5 }).chain((width) => {
      const row = fc.array(cell, { minLength: width, maxLength: width }).filter((cells) => cells.join('') !== '');
      return fc.array(row, { minLength: 1, maxLength: 6 }).filter(([header]) => header?.at(-1) !== '');
    });
    await fc.assert(
      fc.asyncProperty(table, fc.boolean(), fc.integer({ min: 1, max: 200 }), async (rows, isShared, pieces) => {
        const book = isShared ? shared(rows) : aWorkbook({ rows: rows.map((row) => textRow(...row)).join('') });
        expect(cellsOf(await opened(book, undefined, pieces))).toEqual(rows);
      }),
      { numRuns: 100 },
    );
  });

  it('takes cells by their reference, rows that are missing as empty lines, and cells without a header as surplus', async () => {
    const rows =
      '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>' +
      '<row r="3"/><row r="5"><c r="C5" t="s"><v>2</v></c></row><row r="6"><c r="AA6"><v>1</v></c></row><row r="9"/>';
    const csv = await opened(aWorkbook({ rows, strings: ['<t>Id</t>', '<t>Name</t>', '<t>Sanne</t>'] }));
    expect(csv).toBe(`\r\nId,,Name\r\n\r\n\r\n,,Sanne\r\n${','.repeat(26)}1\r\n`);
  });

  it('takes a text in pieces as one, without how it is pronounced', async () => {
    const strings = [
      '<r><rPr><b/></rPr><t>Ta</t></r><r><t xml:space="preserve">ro </t></r><rPh><t>x</t></rPh>',
      '<t/>',
    ];
    const rows = '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>';
    expect(await opened(aWorkbook({ rows, strings }))).toBe('Taro ,ab\r\n');
  });

  it('may name its elements with a prefix, and be of the strict variant', async () => {
    const sheet =
      '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row><x:c t="d"><x:v>2026-03-01T00:00:00</x:v></x:c>' +
      '<x:c t="d"><x:v>2026-03-01T08:30:00</x:v></x:c><x:c t="str"><x:f>""</x:f><x:v></x:v></x:c><x:c t="b"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    expect(await opened(aWorkbook({ sheet }))).toBe('2026-03-01,2026-03-01T08:30:00,,TRUE\r\n');
  });

  it('begins with a sheet that is a table and not hidden', async () => {
    const sheets =
      '<sheet r:id="rId3"/><sheet state="veryHidden" r:id="rId1"/><sheet state="visible" r:id="rId2"/><sheet r:id="rId1"/>';
    expect(await opened(aWorkbook({ sheets, rows: textRow('first') }))).toBe('second\r\n');
  });

  it('whose only style is a date by its number has dates', async () => {
    expect(await opened(aWorkbook({ rows: '<row><c s="1"><v>46082</v></c></row>' }))).toBe('2026-03-01\r\n');
  });
});

/** As most programs write texts: once each, and cells point to them. */
function shared(rows: readonly (readonly string[])[]): Buffer {
  const all = [...new Set(rows.flat())];
  const cells = (row: readonly string[]): string =>
    row.map((cell) => (cell === '' ? '<c/>' : `<c t="s"><v>${all.indexOf(cell)}</v></c>`)).join('');
  return aWorkbook({
    rows: rows.map((row) => `<row>${cells(row)}</row>`).join(''),
    strings: all.map((text) => `<t xml:space="preserve">${escaped(text)}</t>`),
  });
}
