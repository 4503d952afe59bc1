import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { asDiskFull, refuseWithoutRoom } from './disk-space.js';
import { FileTooLarge, Tampered } from './errors.js';
import type { KeyRing, MasterKey } from './master-key.js';
import { syncFolder } from './private-file.js';
import { Marks } from './same-content.js';
import { toBuffer } from './to-buffer.js';
import { FRAME_BYTES, Frames, HEADER_BYTES, TAG_BYTES } from './sealed-frames.js';

const UNFINISHED = '.part';
/** So many bytes are brought to disk at a time, so that the end does not wait for all of them. */
const SYNC_BYTES = 8 * 1024 * 1024;

export interface SealedFileRequest {
  readonly key: MasterKey;
  /** Its folder must exist. A file of this name is replaced, at once and only at the end. */
  readonly path: string;
  /** Where the file belongs (`delivery/korenaar/17`): it opens under no other. */
  readonly context: string;
  readonly content: Readable;
  /** The most bytes that are accepted. */
  readonly limit?: number;
  /** Bytes that are announced, so that a full disk is seen before anything is written. */
  readonly expected?: number | null;
  /** Told of every byte, for whoever wants to compare later content with this. */
  readonly marks?: Marks;
}

export interface SealedFile {
  /** Of the content, not of the file on disk. */
  readonly bytes: number;
  /** Of the content, hexadecimal. */
  readonly sha256: string;
}

/**
 * Encrypts a stream to disk in constant memory. The file appears under its name when it is whole and safe on disk, or not at all.
 * @throws DiskFull, FileTooLarge, and whatever the content fails with.
 */
export async function writeSealedFile(request: SealedFileRequest): Promise<SealedFile> {
  const unfinished = `${request.path}.${randomBytes(6).toString('hex')}${UNFINISHED}`;
  const written = { bytes: 0 };
  try {
    if (request.expected !== undefined && request.expected !== null)
      await refuseWithoutRoom(dirname(request.path), request.expected);
    const sealed = await writeFrames(unfinished, request, written);
    await rename(unfinished, request.path);
    await syncFolder(dirname(request.path));
    return sealed;
  } catch (error) {
    request.content.destroy();
    await rm(unfinished, { force: true });
    throw await asDiskFull(error, dirname(request.path), Math.max(request.expected ?? 0, written.bytes));
  }
}

/**
 * The content of a sealed file. Every byte that comes out is verified, but that the file is whole is only known at the end:
 * what was read counts for nothing when the stream fails with Tampered or WrongKey.
 */
export function readSealedFile(request: { key: KeyRing; path: string; context: string }): Readable {
  return Readable.from(readFrames(request), { objectMode: false, highWaterMark: FRAME_BYTES });
}

/** Removes what a killed process left half written. Answers how many files. */
export async function removeUnfinished(folder: string, olderThanMs: number): Promise<number> {
  let removed = 0;
  for (const name of await readdir(folder)) {
    if (!/\.[0-9a-f]{12}\.part$/.test(name)) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found === null || Date.now() - found.mtimeMs < olderThanMs) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}

async function writeFrames(path: string, request: SealedFileRequest, written: { bytes: number }): Promise<SealedFile> {
  const frames = Frames.create(request.key, request.context);
  const marks = request.marks ?? new Marks();
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(frames.header);
    let writing = Promise.resolve();
    const early = syncingEarly(file);
    let number = 0;
    for await (const { plaintext, last } of framesOf(request)) {
      marks.update(plaintext);
      const sealed = frames.seal(number++, last, plaintext);
      await writing;
      written.bytes += plaintext.length;
      writing = file.writeFile(sealed);
      writing.catch(() => undefined); // It is awaited a frame later; until then its failure must not end the process.
      early.wrote(plaintext.length);
    }
    await writing;
    await early.end();
  } finally {
    await file.close();
  }
  return { bytes: written.bytes, sha256: marks.sha256 };
}

/** The disk works while the next bytes come. */
function syncingEarly(file: FileHandle) {
  let syncing: Promise<void> | null = null;
  let waiting = 0;
  return {
    wrote(bytes: number): void {
      waiting += bytes;
      if (waiting < SYNC_BYTES || syncing !== null) return;
      waiting = 0;
      syncing = file.datasync();
      // A failure stays, for the end to meet: the disk says it once, and the last sync would know nothing of it.
      syncing.then(
        () => (syncing = null),
        () => undefined,
      );
    },
    async end(): Promise<void> {
      await syncing;
      await file.sync();
    },
  };
}

/** The buffer of a frame is used again for the next one. The last frame is known only when the content has ended. */
async function* framesOf({ content, context, limit = Infinity }: SealedFileRequest): AsyncGenerator<Frame> {
  const frame = Buffer.allocUnsafe(FRAME_BYTES);
  let filled = 0;
  let total = 0;
  for await (const chunk of content) {
    let rest = toBuffer(chunk);
    total += rest.length;
    if (total > limit) throw new FileTooLarge(context, limit);
    while (rest.length > 0) {
      if (filled === FRAME_BYTES) {
        yield { plaintext: frame, last: false };
        filled = 0;
      }
      const copied = rest.copy(frame, filled);
      filled += copied;
      rest = rest.subarray(copied);
    }
  }
  yield { plaintext: frame.subarray(0, filled), last: true };
}

interface Frame {
  readonly plaintext: Buffer;
  readonly last: boolean;
}

async function* readFrames(request: { key: KeyRing; path: string; context: string }): AsyncGenerator<Buffer> {
  const file = await open(request.path, 'r');
  try {
    const { size } = await file.stat();
    if (size < HEADER_BYTES + TAG_BYTES) throw new Tampered(request.context, 'the file is cut off');
    const frames = Frames.of(request.key, await readAt(file, 0, Buffer.alloc(HEADER_BYTES)), request.context);
    let position = HEADER_BYTES;
    const frame = Buffer.allocUnsafeSlow(FRAME_BYTES + TAG_BYTES);
    for (let number = 0; position < size; number += 1) {
      const length = Math.min(FRAME_BYTES + TAG_BYTES, size - position);
      // What comes out of the cipher is memory of its own.
      const sealed = await readAt(file, position, frame.subarray(0, length));
      position += length;
      if (length < TAG_BYTES) throw new Tampered(request.context, 'the file is cut off');
      const plaintext = frames.open(number, position === size, sealed);
      if (plaintext.length > 0) yield plaintext;
    }
  } finally {
    await file.close();
  }
}

/** Shorter than asked for only when the file became shorter meanwhile, which then does not open. */
async function readAt(file: FileHandle, position: number, bytes: Buffer): Promise<Buffer> {
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, position + done);
    if (bytesRead === 0) return bytes.fill(0, done);
    done += bytesRead;
  }
  return bytes;
}
