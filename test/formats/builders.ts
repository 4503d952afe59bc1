import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import Papa from 'papaparse';
import { openContent } from '../../src/formats/open-content.js';
import type { PgpKeys } from '../../src/formats/pgp/open-message.js';
import { makeZip, type ZipPart } from './make-zip.js';

export const NO_KEYS: PgpKeys = { own: [], sender: null };

export function fixture(name: string): Promise<Buffer> {
  return readFile(new URL(`fixtures/${name}`, import.meta.url));
}

/** What becomes of a file that comes in pieces. */
export async function opened(bytes: Buffer, keys: PgpKeys = NO_KEYS, pieces = 1_000): Promise<string> {
  return text(await openContent(inPieces(bytes, pieces), () => Promise.resolve(keys)));
}

export function inPieces(bytes: Buffer, size: number): Readable {
  return Readable.from(cut(bytes, size), { objectMode: false });
}

function* cut(bytes: Buffer, size: number): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

/** The cells of a CSV text, by a reader that is not ours. */
export function cellsOf(csv: string): readonly (readonly string[])[] {
  return Papa.parse<string[]>(csv.replace(/\r\n$/, ''), { delimiter: ',', newline: '\r\n' }).data;
}

export interface WorkbookParts {
  /** XML of what stands in `sheetData`, else of the whole sheet. */
  readonly rows?: string;
  readonly sheet?: string;
  readonly sheets?: string;
  readonly workbook?: string;
  readonly strings?: readonly string[];
  /** Codes of number formats: the style `1` is the first of them. */
  readonly formats?: readonly string[];
  readonly is1904?: boolean;
  /** Instead of parts, or beside them. */
  readonly parts?: readonly ZipPart[];
}

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook by hand: `<row><c t="inlineStr">...` as a test wants it. */
export function aWorkbook({ rows = '', strings = [], formats = [], is1904 = false, ...given }: WorkbookParts): Buffer {
  const sheets = given.sheets ?? '<sheet name="People" sheetId="1" r:id="rId1"/>';
  const xml: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': relations([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml':
      given.workbook ??
      `<workbook ${MAIN} xmlns:r="${OFFICE}"><workbookPr date1904="${is1904}"/><sheets>${sheets}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
      ['rId2', 'worksheet', '/xl/worksheets/sheet2.xml'],
      ['rId3', 'chartsheet', 'chartsheets/sheet1.xml'],
      ['rId4', 'sharedStrings', 'sharedStrings.xml'],
      ['rId5', 'styles', 'styles.xml'],
    ]),
    'xl/worksheets/sheet1.xml': given.sheet ?? `<worksheet ${MAIN}><sheetData>${rows}</sheetData></worksheet>`,
    'xl/worksheets/sheet2.xml': `<worksheet ${MAIN}><sheetData><row><c t="inlineStr"><is><t>second</t></is></c></row></sheetData></worksheet>`,
    'xl/sharedStrings.xml': `<sst ${MAIN}>${strings.map((each) => `<si>${each}</si>`).join('')}</sst>`,
    'xl/styles.xml': stylesOf(formats),
  };
  const parts = Object.entries(xml).map(([name, each]) => ({ name, bytes: Buffer.from(each) }));
  const other = given.parts ?? [];
  return makeZip([...parts.filter(({ name }) => !other.some((part) => part.name === name)), ...other]);
}

/** A row of texts in the cells themselves. */
export function textRow(...cells: readonly string[]): string {
  return `<row>${cells.map((cell) => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`).join('')}</row>`;
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function stylesOf(formats: readonly string[]): string {
  const codes = formats.map((code, index) => `<numFmt numFmtId="${200 + index}" formatCode="${escaped(code)}"/>`);
  const cells = formats.map((_, index) => `<xf numFmtId="${200 + index}"/>`);
  return (
    `<styleSheet ${MAIN}><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
    `<cellXfs><xf numFmtId="0"/>${cells.join('')}<xf numFmtId="14"/></cellXfs></styleSheet>`
  );
}

function relations(all: readonly (readonly [string, string, string])[]): string {
  const each = all.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`;
}
