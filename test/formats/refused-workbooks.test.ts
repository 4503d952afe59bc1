import { describe, expect, it } from 'vitest';
import {
  CannotOpen,
  DamagedWorkbook,
  EmptyWorkbook,
  FormulaWithoutValue,
  LockedWorkbook,
  MergedCells,
  NotAWorkbook,
  OldWorkbook,
  WorkbookTooLarge,
} from '../../src/formats/errors.js';
import { aWorkbook, fixture, opened, textRow, type WorkbookParts } from './builders.js';
import { makeZip } from './make-zip.js';

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const HEADER = textRow('Id', 'Name');

describe('feature 20: a workbook that cannot be used is refused', () => {
  it.each([
    ['an old one', () => Buffer.concat([OLE, Buffer.alloc(2_000)]), OldWorkbook],
    [
      'one with a password',
      () => Buffer.concat([OLE, Buffer.alloc(2_000), Buffer.from('EncryptedPackage', 'utf16le')]),
      LockedWorkbook,
    ],
    [
      'a zip archive with a record',
      () => makeZip([{ name: 'people.csv', bytes: Buffer.from('Id\n1\n') }]),
      NotAWorkbook,
    ],
    ['an empty zip archive', () => makeZip([]), NotAWorkbook],
    ['a sheet without a filled cell', () => fixture('empty.xlsx'), EmptyWorkbook],
    ['hidden sheets alone', () => aWorkbook({ sheets: '<sheet state="hidden" r:id="rId1"/>' }), EmptyWorkbook],
    ['merged cells in the rows of people', () => fixture('merged.xlsx'), MergedCells],
    ['a formula that nobody computed', () => fixture('formula.xlsx'), FormulaWithoutValue],
    ['the beginning of one', async () => (await fixture('odd.xlsx')).subarray(0, 4_000), DamagedWorkbook],
    ['four bytes', () => Buffer.from('PK\x03\x04'), DamagedWorkbook],
  ])('%s', async (_, make, kind) => {
    const refusal = await opened(await make()).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(kind);
    expect(refusal).toBeInstanceOf(CannotOpen);
    expect((refusal as Error).message).toMatch(/Nothing was changed\.$/);
  });

  it('other documents, by what they are', async () => {
    const binary = relationsOnly('xl/workbook.bin');
    await expect(opened(binary)).rejects.toThrow('a binary Excel workbook (.xlsb) and no Excel workbook');
    await expect(opened(relationsOnly('word/document.xml'))).rejects.toThrow('a Word document (.docx)');
    const ods = makeZip(['mimetype', 'content.xml'].map((name) => ({ name, bytes: Buffer.from('x') })));
    await expect(opened(ods)).rejects.toThrow('an OpenDocument file (.ods)');
  });

  const damaged: readonly (readonly [string, WorkbookParts, string])[] = [
    ['a text that is not there', { rows: '<row><c t="s"><v>7</v></c></row>' }, 'a text that is not there'],
    ['rows out of order', { rows: '<row r="3"/><row r="2"/>' }, 'not in order'],
    ['a cell that is no place', { rows: '<row><c r="1A"><v>1</v></c></row>' }, 'outside of the sheet'],
    ['XML that breaks off', { sheet: '<worksheet><sheetData>' }, 'no well-formed XML'],
    ['an entity of its own', { rows: '<row><c t="str"><v>&lol;</v></c></row>' }, 'no well-formed XML'],
    ['a document type', { sheet: '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>' }, 'document type'],
    ['a first sheet that is none', { sheet: '<chart/>' }, 'its first sheet is none'],
  ];
  it.each(damaged)('that is damaged: %s', async (_, parts, words) => {
    await expect(opened(aWorkbook(parts))).rejects.toThrow(DamagedWorkbook);
    await expect(opened(aWorkbook(parts))).rejects.toThrow(words);
  });

  it('a bit that changed on its way, by the checksum', async () => {
    const bytes = Buffer.from(`<worksheet><sheetData>${HEADER}</sheetData></worksheet>`);
    const part = { name: 'xl/worksheets/sheet1.xml', bytes, crc: 1 };
    await expect(opened(aWorkbook({ parts: [part] }))).rejects.toThrow('does not fit its checksum');
  });

  it('a part that unpacks to more than it says, to too much, or to a thousand times its size', async () => {
    const part = (size: number, said: number) => ({
      parts: [{ name: 'xl/sharedStrings.xml', bytes: Buffer.alloc(size, ' '), size: said }],
      rows: HEADER,
    });
    await expect(opened(aWorkbook(part(100_000, 10)))).rejects.toThrow(DamagedWorkbook);
    await expect(opened(aWorkbook(part(10, 300_000_000)))).rejects.toThrow(WorkbookTooLarge);
    await expect(opened(aWorkbook(part(20_000_000, 20_000_000)))).rejects.toThrow('more than 200 times its size');
  });

  it('merged cells of a header are left as they are', async () => {
    const sheet = (ref: string) =>
      aWorkbook({
        sheet: `<worksheet><sheetData>${HEADER}${textRow('1', 'x')}</sheetData><mergeCells><mergeCell ref="${ref}"/></mergeCells></worksheet>`,
      });
    expect(await opened(sheet('A1:B1'))).toBe('Id,Name\r\n1,x\r\n');
    await expect(opened(sheet('A1:A2'))).rejects.toThrow('(A1:A2)');
  });

  it('and no refusal holds what stands in a cell', async () => {
    const rows = HEADER + textRow('4711', 'Geheim') + '<row r="1"/>';
    const refusal = await opened(aWorkbook({ rows })).catch(String);
    expect(refusal).not.toMatch(/4711|Geheim/);
  });
});

function relationsOnly(document: string): Buffer {
  const list = `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="${document}"/></Relationships>`;
  return makeZip([
    { name: '[Content_Types].xml', bytes: Buffer.from('<Types/>') },
    { name: '_rels/.rels', bytes: Buffer.from(list) },
    { name: document, bytes: Buffer.from('<x/>') },
  ]);
}
