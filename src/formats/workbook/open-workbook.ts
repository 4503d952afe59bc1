import { Readable } from 'node:stream';
import { csvLine } from '../csv-line.js';
import { EmptyWorkbook, LockedWorkbook, MergedCells, OldWorkbook, WorkbookTooLarge } from '../errors.js';
import { BYTES } from '../first-bytes.js';
import { openArchive, type Archive } from './archive.js';
import type { CellContext } from './cell-text.js';
import { findParts } from './parts.js';
import { readSharedStrings } from './shared-strings.js';
import { SheetRows, type SheetRow } from './sheet-rows.js';
import { readStyles } from './styles.js';

/** A workbook is held in memory as it was delivered: what is in it stands at its end. Ten times that of 100,000 people. */
const MOST_BYTES = 128 * 1024 * 1024;
/** Bytes of XML of one sheet; they only pass by. */
const MOST_SHEET_BYTES = 2 * 1024 * 1024 * 1024;
const PIECE_LETTERS = 64 * 1024;

/**
 * The first visible sheet of an Excel workbook as CSV, in UTF-8 and with commas. Rows that hold nothing are empty lines, so
 * that rows keep the numbers that the sheet shows. The stream fails with CannotOpen where the sheet turns out not to be usable.
 * @throws CannotOpen
 */
export async function openWorkbook(content: Readable): Promise<Readable> {
  const archive = await openArchive(await gather(content));
  const parts = await findParts(archive);
  const context: CellContext = {
    strings: await readSharedStrings(archive, parts.sharedStrings),
    formats: await readStyles(archive, parts.styles),
    is1904: parts.is1904,
  };
  return Readable.from(csvOf(archive, parts.sheet, context), BYTES);
}

/** What became of Office files before they were zip archives: a workbook of that time, or an envelope around an encrypted one. */
export async function refuseOldOffice(content: Readable): Promise<never> {
  const bytes = await gather(content);
  throw bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? new LockedWorkbook() : new OldWorkbook();
}

async function gather(content: Readable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of content as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > MOST_BYTES) throw new WorkbookTooLarge(`it has more than ${MOST_BYTES} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

async function* csvOf(archive: Archive, part: string, context: CellContext): AsyncGenerator<Buffer> {
  const sheet = new SheetRows(context);
  const lines = new Lines();
  for await (const piece of archive.read(part, MOST_SHEET_BYTES)) {
    for (const row of sheet.push(piece)) lines.add(row);
    if (lines.letters >= PIECE_LETTERS) yield lines.take();
  }
  sheet.end();
  refuseMerged(sheet.merged, lines.headerRow);
  yield lines.take();
}

/** Makes lines of rows, each as wide as the header at least. */
class Lines {
  /** 0: no row with a filled cell was there yet. */
  headerRow = 0;
  private width = 0;
  private row = 0;
  private text = '';

  get letters(): number {
    return this.text.length;
  }

  add({ row, cells }: SheetRow): void {
    let filled = cells.length;
    while (filled > 0 && cells[filled - 1] === '') filled--;
    if (filled === 0) return;
    if (this.headerRow === 0) {
      this.headerRow = row;
      this.width = filled;
    }
    this.text += '\r\n'.repeat(row - this.row - 1);
    this.row = row;
    const line = cells.slice(0, Math.max(filled, this.width));
    while (line.length < this.width) line.push('');
    this.text += csvLine(line);
  }

  take(): Buffer {
    const bytes = Buffer.from(this.text);
    this.text = '';
    return bytes;
  }
}

/** @throws EmptyWorkbook, MergedCells */
function refuseMerged(ranges: readonly string[], headerRow: number): void {
  if (headerRow === 0) throw new EmptyWorkbook('an empty first sheet');
  const range = ranges.find((each) => Number(/(\d+)$/.exec(each)?.[1]) > headerRow);
  if (range !== undefined) throw new MergedCells(range);
}
