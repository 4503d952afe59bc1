import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

const CHUNK_BYTES = 1 << 20;

/** Calls `onLine` with every line that ends with a line end. Answers how many bytes they take; what follows was cut off. */
export function readLines(path: string, onLine: (line: string) => void): number {
  const file = openSync(path, 'r');
  try {
    const decoder = new StringDecoder('utf8');
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest = '';
    let bytes = 0;
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      const lines = (rest + decoder.write(chunk.subarray(0, read))).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        onLine(line);
        bytes += Buffer.byteLength(line) + 1;
      }
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}

/** Writes the whole text: one `write` may write less than it was given. Answers the number of bytes. */
export function writeWhole(file: number, text: string): number {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
  return bytes.length;
}
