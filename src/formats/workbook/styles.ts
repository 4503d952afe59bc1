import type { Archive } from './archive.js';
import { builtInFormat, parseFormat, type NumberFormat } from './number-format.js';
import { readXml } from './xml.js';

/** Bytes of XML. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The number formats of cells, by the number of their style. @throws DamagedWorkbook, WorkbookTooLarge */
export async function readStyles(archive: Archive, part: string | null): Promise<readonly NumberFormat[]> {
  if (part === null) return [];
  const own = new Map<number, NumberFormat>();
  const ids: number[] = [];
  let isOfCells = false;
  await readXml(archive.read(part, MOST_BYTES), {
    open(name, attributes) {
      if (name === 'cellXfs') isOfCells = true;
      else if (name === 'xf' && isOfCells) ids.push(Number(attributes['numFmtId'] ?? 0));
      else if (name === 'numFmt') own.set(Number(attributes['numFmtId']), parseFormat(attributes['formatCode'] ?? ''));
    },
    close(name) {
      if (name === 'cellXfs') isOfCells = false;
    },
  });
  return ids.map((id) => own.get(id) ?? builtInFormat(id));
}
