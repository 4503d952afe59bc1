import { Buffer } from 'node:buffer';

/** A file that is no text, and how to deliver the same instead. */
export interface OtherKind {
  /** `a picture (PNG)` */
  readonly what: string;
  readonly instead: string;
}

const PICTURE = 'Deliver the rows themselves: export them from the HR system, or save the sheet as "CSV UTF-8".';
const SHEET = 'Open it and save the sheet as "CSV UTF-8 (comma delimited)".';
const DOCUMENT = 'Deliver the rows as a file of their own: export them from the HR system as CSV UTF-8.';
const ARCHIVE = 'Unpack it and deliver the CSV file that is inside.';

const KINDS: readonly (readonly [start: string | readonly number[], what: string, instead: string])[] = [
  [[0x89, 0x50, 0x4e, 0x47], 'a picture (PNG)', PICTURE],
  [[0xff, 0xd8, 0xff], 'a picture (JPEG)', PICTURE],
  ['GIF8', 'a picture (GIF)', PICTURE],
  ['BM', 'a picture (BMP)', PICTURE],
  [[0x49, 0x49, 0x2a, 0x00], 'a picture (TIFF)', PICTURE],
  [[0x4d, 0x4d, 0x00, 0x2a], 'a picture (TIFF)', PICTURE],
  ['%PDF', 'a PDF document', DOCUMENT],
  ['{\\rtf', 'a text document (RTF)', DOCUMENT],
  [[0x1f, 0x8b], 'a gzip archive', ARCHIVE],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a 7-Zip archive', ARCHIVE],
  ['Rar!', 'a RAR archive', ARCHIVE],
  [
    '-----BEGIN PGP',
    'an encrypted message (PGP)',
    'Deliver it without this encryption: the way to us is encrypted already.',
  ],
];

/** What the bytes of a file are when they are no text; null when they may be. */
export function otherKindOf(bytes: Uint8Array): OtherKind | null {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = KINDS.find(([signature]) => beginsWith(start, signature));
  if (kind && !(kind[0] === 'BM' && isText(start))) return { what: kind[1], instead: kind[2] };
  if (beginsWith(start, 'PK')) return zipKind(start);
  if (beginsWith(start, [0xd0, 0xcf, 0x11, 0xe0])) return oldOfficeKind(start);
  return markupKind(start);
}

/** Office documents are zip archives, told apart by the folders in them. */
function zipKind(bytes: Buffer): OtherKind | null {
  if (isText(bytes)) return null;
  if (bytes.includes('xl/')) return { what: 'an Excel workbook (.xlsx)', instead: SHEET };
  if (bytes.includes('word/')) return { what: 'a Word document (.docx)', instead: DOCUMENT };
  if (bytes.includes('opendocument.spreadsheet')) return { what: 'an OpenDocument spreadsheet (.ods)', instead: SHEET };
  return { what: 'a zip archive', instead: ARCHIVE };
}

function oldOfficeKind(bytes: Buffer): OtherKind {
  const isWord = bytes.includes(Buffer.from('WordDocument', 'utf16le'));
  return isWord
    ? { what: 'an old Word document (.doc)', instead: DOCUMENT }
    : { what: 'an old Excel workbook (.xls)', instead: SHEET };
}

/** Programs write web pages and XML and call them .xls, which a spreadsheet opens without a word. */
function markupKind(bytes: Buffer): OtherKind | null {
  const start = bytes
    .subarray(0, 512)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .toLowerCase();
  if (/^(?:<!doctype html|<html|<table)/.test(start))
    return { what: 'a web page, perhaps called .xls', instead: SHEET };
  if (start.startsWith('<?xml') || start.startsWith('<workbook')) return { what: 'an XML document', instead: SHEET };
  return /^[[{]\s*["{[]/.test(start) ? { what: 'a JSON document', instead: DOCUMENT } : null;
}

function beginsWith(bytes: Buffer, signature: string | readonly number[]): boolean {
  const wanted = typeof signature === 'string' ? Buffer.from(signature, 'latin1') : Buffer.from(signature);
  return bytes.subarray(0, wanted.length).equals(wanted);
}

function isText(bytes: Buffer): boolean {
  return !bytes.subarray(0, 512).includes(0) && !/[\u0001-\u0008]/.test(bytes.subarray(0, 512).toString('latin1'));
}
