import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';

/** The content of a small file; what is handed over in week 1 has a few rows. */
export function readWhole(content: Readable): Promise<Buffer> {
  return buffer(content);
}
