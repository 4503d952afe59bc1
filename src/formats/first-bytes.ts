import { Readable } from 'node:stream';

export interface Begun {
  /** At least as many bytes as were asked for, fewer when there are no more. */
  readonly start: Buffer;
  /** All of it, the start included: the stream itself wherever it can be. */
  readonly content: Readable;
}

/** Looks at how content begins without taking anything from it, and without a copy of what follows. @throws what the content fails with */
export async function lookAtStart(content: Readable, bytes: number): Promise<Begun> {
  // It reads ahead from here on. Whoever reads on meets its failure; until then that must not end the process.
  content.on('error', () => undefined);
  const pieces: Buffer[] = [];
  for (let seen = 0; seen < bytes && !content.readableEnded;) {
    const piece: unknown = content.read();
    if (piece === null) await moreOrEnd(content);
    else {
      pieces.push(toBytes(piece));
      seen += pieces.at(-1)?.length ?? 0;
    }
  }
  const start = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
  if (content.readableEnded) return { start, content: Readable.from(start.length > 0 ? [start] : [], BYTES) };
  content.unshift(start);
  return { start, content };
}

export const BYTES = { objectMode: false } as const;

function toBytes(piece: unknown): Buffer {
  return Buffer.isBuffer(piece) ? piece : Buffer.from(piece as string | Uint8Array);
}

function moreOrEnd(content: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null): void => {
      for (const event of ['readable', 'end'] as const) content.off(event, more);
      content.off('error', done).off('close', closed);
      if (error) reject(error);
      else resolve();
    };
    const more = (): void => done();
    const closed = (): void => done(content.errored ?? new Error('The content was closed before it began.'));
    if (content.destroyed) closed();
    else content.on('readable', more).on('end', more).on('error', done).on('close', closed);
  });
}
