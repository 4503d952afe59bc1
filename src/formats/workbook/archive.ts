import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { DamagedWorkbook, NotAWorkbook, WorkbookTooLarge } from '../errors.js';

/** The parts of a zip file, by name. */
export interface Archive {
  readonly names: ReadonlySet<string>;
  /**
   * The bytes of a part as they are unpacked, `most` of them at most.
   * @throws WorkbookTooLarge, DamagedWorkbook, the latter also when the checksum at its end does not fit
   */
  read(name: string, most: number): AsyncIterable<Buffer>;
}

/** A workbook has some dozens of parts, one more for each picture. */
const MOST_PARTS = 10_000;
/** XML of a sheet shrinks to a tenth, rarely to a fiftieth; what was made to fill a memory or a disk, to a thousandth. */
const MOST_SHRUNK = 200;
/** Small parts may shrink as they like. */
const SMALL = 8 * 1024 * 1024;

/** Reads the directory of a zip file that is in memory. @throws DamagedWorkbook, WorkbookTooLarge, NotAWorkbook */
export async function openArchive(bytes: Buffer): Promise<Archive> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true, autoClose: false }).catch(refuse);
  if (zip.entryCount > MOST_PARTS) throw new WorkbookTooLarge(`it has more than ${MOST_PARTS} parts`);
  const entries = await entriesOf(zip);
  return {
    names: new Set(entries.keys()),
    read: (name, most) => unpack(zip, entries.get(name), most),
  };
}

async function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.has(entry.fileName)) throw new DamagedWorkbook('it has two parts of one name');
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    return refuse(error);
  }
  return entries;
}

async function* unpack(zip: ZipFile, entry: Entry | undefined, most: number): AsyncGenerator<Buffer> {
  if (entry === undefined) throw new DamagedWorkbook('a part is missing that another one names');
  if (entry.isEncrypted()) throw new NotAWorkbook('a zip archive with a password');
  refuseLarge(entry, most);
  let checksum = 0;
  const stream: Readable = await zip.openReadStreamPromise(entry).catch(refuse);
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      checksum = crc32(piece, checksum);
      yield piece;
    }
  } catch (error) {
    refuse(error);
  } finally {
    stream.destroy();
  }
  if (checksum !== entry.crc32) throw new DamagedWorkbook('a part does not fit its checksum');
}

/** The sizes are those of the directory; that a part is not larger than announced is seen while it is unpacked. */
function refuseLarge({ compressedSize, uncompressedSize }: Entry, most: number): void {
  if (uncompressedSize > most)
    throw new WorkbookTooLarge(`a part of it unpacks to ${uncompressedSize} bytes, and ${most} are allowed`);
  if (uncompressedSize > SMALL && uncompressedSize > compressedSize * MOST_SHRUNK)
    throw new WorkbookTooLarge(`a part of it unpacks to more than ${MOST_SHRUNK} times its size`);
}

/** The words of the library name places in the file, and may name a part. */
function refuse(error: unknown): never {
  if (error instanceof DamagedWorkbook) throw error;
  throw new DamagedWorkbook('its zip file cannot be unpacked');
}
