import { posix } from 'node:path';
import { DamagedWorkbook, EmptyWorkbook, NotAWorkbook } from '../errors.js';
import type { Archive } from './archive.js';
import { readXml } from './xml.js';

/** What of a workbook is read, by the names of its parts. */
export interface WorkbookParts {
  readonly sheet: string;
  readonly sharedStrings: string | null;
  readonly styles: string | null;
  /** Dates count from 1904, as in workbooks that began on an old Mac. */
  readonly is1904: boolean;
}

/** Bytes of a part that lists others. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Finds the first sheet, in the order of the tabs, that is a table and not hidden.
 * @throws NotAWorkbook, EmptyWorkbook, DamagedWorkbook, WorkbookTooLarge
 */
export async function findParts(archive: Archive): Promise<WorkbookParts> {
  const workbook = await findWorkbook(archive);
  const { sheets, is1904 } = await readWorkbook(archive, workbook);
  const related = await relationsOf(archive, workbook);
  const tables = sheets.filter(({ relation }) => related.get(relation)?.type === 'worksheet');
  const first = tables.find(({ isVisible }) => isVisible);
  const sheet = first && related.get(first.relation)?.target;
  if (sheet === undefined) throw new EmptyWorkbook('no sheet');
  const ofType = (wanted: string): string | null =>
    [...related.values()].find(({ type }) => type === wanted)?.target ?? null;
  return { sheet, is1904, sharedStrings: ofType('sharedStrings'), styles: ofType('styles') };
}

async function findWorkbook(archive: Archive): Promise<string> {
  const { names } = archive;
  if (!names.has('[Content_Types].xml') || !names.has('_rels/.rels')) throw new NotAWorkbook(otherKind(names));
  const document = [...(await relationsOf(archive, '')).values()].find(({ type }) => type === 'officeDocument');
  if (document === undefined || !names.has(document.target) || !/\.xml$/i.test(document.target))
    throw new NotAWorkbook(otherKind(names));
  return document.target;
}

function otherKind(names: ReadonlySet<string>): string {
  if (names.has('xl/workbook.bin')) return 'a binary Excel workbook (.xlsb)';
  if (names.has('word/document.xml')) return 'a Word document (.docx)';
  if (names.has('ppt/presentation.xml')) return 'a presentation (.pptx)';
  return names.has('content.xml') && names.has('mimetype') ? 'an OpenDocument file (.ods)' : 'a zip archive';
}

interface Sheet {
  readonly relation: string;
  readonly isVisible: boolean;
}

async function readWorkbook(archive: Archive, part: string): Promise<{ sheets: readonly Sheet[]; is1904: boolean }> {
  const sheets: Sheet[] = [];
  let is1904 = false;
  let root: string | null = null;
  await readXml(archive.read(part, MOST_BYTES), {
    open(name, attributes) {
      root ??= name;
      if (name === 'workbookPr') is1904 = isTrue(attributes['date1904']);
      if (name !== 'sheet') return;
      sheets.push({ relation: attributes['id'] ?? '', isVisible: (attributes['state'] ?? 'visible') === 'visible' });
    },
  });
  if (root !== 'workbook') throw new NotAWorkbook(otherKind(archive.names));
  return { sheets, is1904 };
}

/** As XML Schema writes a boolean. */
function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

interface Relation {
  /** The last word of its type, which is the same in both variants of the format. */
  readonly type: string;
  /** Name of the part, from the root of the archive. */
  readonly target: string;
}

/** What a part points to; '' is the archive itself. */
async function relationsOf(archive: Archive, part: string): Promise<ReadonlyMap<string, Relation>> {
  const folder = posix.dirname(part);
  const list = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const relations = new Map<string, Relation>();
  if (!archive.names.has(list)) throw new DamagedWorkbook('the list of its parts is missing');
  await readXml(archive.read(list, MOST_BYTES), {
    open(name, { Id, Type = '', Target = '', TargetMode }) {
      if (name !== 'Relationship' || Id === undefined || TargetMode === 'External') return;
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
      relations.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), target });
    },
  });
  return relations;
}
