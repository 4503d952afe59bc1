import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BYTE_ORDER_MARK } from '../../report/csv.js';
import type { Output } from '../output.js';
import { unwritable } from '../read-file.js';

/** Writes a report to a file for its owner only, since it holds names, or to standard output. @throws CommandFailed */
export async function writePieces(
  output: Output,
  pieces: AsyncIterable<string>,
  path: string | null,
  format: string,
): Promise<void> {
  if (path === null) {
    for await (const piece of pieces) await output.writePiece(piece);
    return;
  }
  const file = createWriteStream(path, { mode: 0o600 });
  if (format === 'csv') file.write(BYTE_ORDER_MARK);
  try {
    await pipeline(Readable.from(pieces), file);
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? unwritable(path, error) : error;
  }
  output.note(`The report is in ${path}.`);
}
