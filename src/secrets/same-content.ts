import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { toBuffer } from './to-buffer.js';

/** Content is compared at every so many bytes: what was read since is held in memory. */
export const MARK_BYTES = 4 * 1024 * 1024;
const DIGEST_BYTES = 32;

/** Content that is at rest already. */
export interface ContentAtRest {
  /** Of all of it, hexadecimal. */
  readonly sha256: string;
  /** SHA-256 of everything up to each multiple of `MARK_BYTES`, one after the other. */
  readonly marks: Uint8Array;
  read(): Readable;
}

export type Comparison =
  | { readonly isSame: true; readonly bytes: number }
  /** The content as a whole, for whoever reads on. */
  | { readonly isSame: false; readonly content: Readable };

/**
 * Reads content as long as it is that of `atRest`. When it is the same to its end nothing has to be written, and it cost no more
 * than its hash; when it differs, what went before is read again from what is at rest.
 */
export async function compareContent(content: Readable, atRest: ContentAtRest): Promise<Comparison> {
  const hash = createHash('sha256');
  const pieces: AsyncIterator<unknown> = content[Symbol.asyncIterator]();
  let held: Buffer[] = [];
  let bytes = 0;
  for (;;) {
    const next = await pieces.next();
    if (next.done === true) break;
    let rest = toBuffer(next.value);
    while (rest.length > 0) {
      const piece = rest.subarray(0, MARK_BYTES - (bytes % MARK_BYTES));
      rest = rest.subarray(piece.length);
      hash.update(piece);
      held.push(piece);
      bytes += piece.length;
      if (bytes % MARK_BYTES !== 0) continue;
      if (
        !hash
          .copy()
          .digest()
          .equals(markAt(atRest, bytes / MARK_BYTES))
      )
        return { isSame: false, content: whole(atRest, bytes - MARK_BYTES, [...held, rest], pieces) };
      held = [];
    }
  }
  if (hash.digest('hex') === atRest.sha256) return { isSame: true, bytes };
  const read = bytes - held.reduce((sum, piece) => sum + piece.length, 0);
  return { isSame: false, content: whole(atRest, read, held, pieces) };
}

/** Computes marks while content goes by. */
export class Marks {
  private readonly hash = createHash('sha256');
  private readonly marks: Buffer[] = [];
  private bytes = 0;

  update(content: Buffer): void {
    for (let rest = content; rest.length > 0;) {
      const piece = rest.subarray(0, MARK_BYTES - (this.bytes % MARK_BYTES));
      this.hash.update(piece);
      this.bytes += piece.length;
      rest = rest.subarray(piece.length);
      if (this.bytes % MARK_BYTES === 0) this.marks.push(this.hash.copy().digest());
    }
  }

  /** Of everything until now, hexadecimal. */
  get sha256(): string {
    return this.hash.copy().digest('hex');
  }

  /** As `ContentAtRest` has them. */
  get bytesOfMarks(): Buffer {
    return Buffer.concat(this.marks);
  }
}

function markAt({ marks }: ContentAtRest, number: number): Uint8Array {
  return marks.subarray((number - 1) * DIGEST_BYTES, number * DIGEST_BYTES);
}

/** `known` bytes from what is at rest, what is held, and the rest. */
function whole(
  atRest: ContentAtRest,
  known: number,
  held: readonly Buffer[],
  pieces: AsyncIterator<unknown>,
): Readable {
  return Readable.from(together(atRest, known, held, pieces), { objectMode: false });
}

async function* together(
  atRest: ContentAtRest,
  known: number,
  held: readonly Buffer[],
  pieces: AsyncIterator<unknown>,
): AsyncGenerator<Buffer> {
  try {
    if (known > 0) yield* upTo(atRest.read(), known);
    for (const piece of held) if (piece.length > 0) yield piece;
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield toBuffer(next.value);
  } finally {
    await pieces.return?.();
  }
}

async function* upTo(content: Readable, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const piece of content as AsyncIterable<Buffer>) {
    yield piece.subarray(0, left);
    left -= piece.length;
    if (left <= 0) return;
  }
}
