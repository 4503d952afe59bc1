import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DiskFull, FileTooLarge, Tampered, WrongKey } from '../../src/secrets/errors.js';
import { parseMasterKey } from '../../src/secrets/master-key.js';
import { FRAME_BYTES, HEADER_BYTES, TAG_BYTES } from '../../src/secrets/sealed-frames.js';
import { readSealedFile, removeUnfinished, writeSealedFile } from '../../src/secrets/sealed-file.js';

const SEALED_FRAME = FRAME_BYTES + TAG_BYTES;
const key = parseMasterKey(randomBytes(32).toString('hex'), 'test');
const context = 'delivery/korenaar/17';
let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealed-file-'));
  path = join(folder, '17.sealed');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a sealed file', () => {
  it.each([0, 1, FRAME_BYTES - 1, FRAME_BYTES, FRAME_BYTES + 1, 3 * FRAME_BYTES, 3 * FRAME_BYTES + 17])(
    'gives back its %i bytes, and knows their number and hash',
    async (length) => {
      const content = randomBytes(length);
      const written = await writeSealedFile({ key, path, context, content: inPieces(content, 100_003) });
      expect(written).toEqual({ bytes: length, sha256: createHash('sha256').update(content).digest('hex') });
      expect((await read()).equals(content)).toBe(true);
      expect(await readdir(folder)).toEqual(['17.sealed']);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
    },
  );

  it('shows nothing of its content on disk', async () => {
    await writeSealedFile({ key, path, context, content: Readable.from(['id;name\n4711;Marker-Name\n']) });
    expect((await readFile(path)).includes('Marker-Name')).toBe(false);
  });

  it.each<[string, (file: Buffer) => Buffer]>([
    ['one bit is changed', (file) => flip(file, HEADER_BYTES + 5)],
    ['a bit of the header is changed', (file) => flip(file, HEADER_BYTES - 1)],
    ['it is cut in a frame', (file) => file.subarray(0, file.length - 1)],
    ['it is cut between frames', (file) => file.subarray(0, HEADER_BYTES + 2 * SEALED_FRAME)],
    ['it is cut after the header', (file) => file.subarray(0, HEADER_BYTES)],
    ['it is empty', () => Buffer.alloc(0)],
    ['bytes are added', (file) => Buffer.concat([file, Buffer.alloc(40)])],
    ['two frames are swapped', (file) => Buffer.concat([header(file), frame(file, 1), frame(file, 0), frame(file, 2)])],
    ['a frame is repeated', (file) => Buffer.concat([header(file), frame(file, 0), frame(file, 0), frame(file, 2)])],
    ['a frame is missing', (file) => Buffer.concat([header(file), frame(file, 0), frame(file, 2)])],
    ['it is something else', () => randomBytes(5000)],
  ])('is not believed when %s', async (_what, change) => {
    await writeSealedFile({ key, path, context, content: Readable.from([randomBytes(2.5 * FRAME_BYTES)]) });
    await writeFile(path, change(await readFile(path)));
    await expect(read()).rejects.toThrow(Tampered);
  });

  it('does not take a frame of another file with the same key and context', async () => {
    const other = join(folder, 'other.sealed');
    for (const target of [path, other]) {
      await writeSealedFile({ key, path: target, context, content: Readable.from([Buffer.alloc(2 * FRAME_BYTES)]) });
    }
    const [mine, theirs] = [await readFile(path), await readFile(other)];
    await writeFile(path, Buffer.concat([header(mine), frame(theirs, 0), frame(mine, 1)]));
    await expect(read()).rejects.toThrow(Tampered);
  });

  it('does not open in the place of another, nor with another key', async () => {
    await writeSealedFile({ key, path, context, content: Readable.from(['x']) });
    const otherKey = parseMasterKey(randomBytes(32).toString('hex'), 'test');
    await expect(buffer(readSealedFile({ key, path, context: 'delivery/rival/1' }))).rejects.toThrow(Tampered);
    await expect(buffer(readSealedFile({ key: otherKey, path, context }))).rejects.toThrow(WrongKey);
    expect(await buffer(readSealedFile({ key: [otherKey, key], path, context }))).toEqual(Buffer.from('x'));
  });

  it('leaves the earlier file, and nothing else, when the content fails in the middle', async () => {
    await writeSealedFile({ key, path, context, content: Readable.from(['yesterday']) });
    const failing = async function* () {
      yield randomBytes(2 * FRAME_BYTES);
      await Promise.resolve();
      throw new Error('cut');
    };
    await expect(writeSealedFile({ key, path, context, content: Readable.from(failing()) })).rejects.toThrow('cut');
    expect(await readdir(folder)).toEqual(['17.sealed']);
    expect((await read()).toString()).toBe('yesterday');
  });

  it('is not begun when it is announced as larger than allowed, and not kept when it turns out larger', async () => {
    const content = () => Readable.from([Buffer.alloc(1001)]);
    const request = { key, path, context, limit: 1000 };
    await expect(writeSealedFile({ ...request, content: content() })).rejects.toThrow(FileTooLarge);
    await expect(writeSealedFile({ ...request, expected: 1001, content: content() })).rejects.toThrow(FileTooLarge);
    expect(await readdir(folder)).toEqual([]);
  });

  it('says that the disk is too small before it begins, when the size is announced', async () => {
    const content = Readable.from(['x']);
    const attempt = writeSealedFile({ key, path, context, content, expected: Number.MAX_SAFE_INTEGER });
    await expect(attempt).rejects.toThrow(DiskFull);
    await expect(attempt).rejects.toThrow(folder);
    expect(content.destroyed).toBe(true);
  });

  it('leaves nothing on a disk that becomes full, and is written once there is room', async (test) => {
    const small = join(folder, 'small');
    if (!(await mountSmallDisk(small))) return test.skip('needs root, to mount a tmpfs of 1 MB');
    try {
      const onSmall = { key, path: join(small, '17.sealed'), context };
      const attempt = writeSealedFile({ ...onSmall, content: inPieces(randomBytes(3_000_000), 65_536) });
      await expect(attempt).rejects.toThrow(DiskFull);
      await expect(attempt).rejects.toThrow(/small is full: \d+ bytes are needed.*Make room/);
      expect(await readdir(small)).toEqual([]);
      await expect(writeSealedFile({ ...onSmall, content: Readable.from(['fits']) })).resolves.toMatchObject({
        bytes: 4,
      });
    } finally {
      execFileSync('umount', [small]);
    }
  });

  it('is cleaned of what a killed process left, and of nothing else', async () => {
    const left = join(folder, '18.sealed.0123456789ab.part');
    for (const name of [path, left, join(folder, '19.sealed.ba9876543210.part')]) await writeFile(name, 'x');
    await utimes(left, 0, 0);
    expect(await removeUnfinished(folder, 60_000)).toBe(1);
    expect(await readdir(folder)).toEqual(['17.sealed', '19.sealed.ba9876543210.part']);
  });
});

function read(): Promise<Buffer> {
  return buffer(readSealedFile({ key, path, context }));
}

function inPieces(content: Buffer, size: number): Readable {
  const pieces: Buffer[] = [];
  for (let at = 0; at < content.length; at += size) pieces.push(content.subarray(at, at + size));
  return Readable.from(pieces);
}

function header(file: Buffer): Buffer {
  return file.subarray(0, HEADER_BYTES);
}

function frame(file: Buffer, number: number): Buffer {
  return file.subarray(HEADER_BYTES).subarray(number * SEALED_FRAME, (number + 1) * SEALED_FRAME);
}

function flip(file: Buffer, at: number): Buffer {
  const changed = Buffer.from(file);
  changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
  return changed;
}

async function mountSmallDisk(path: string): Promise<boolean> {
  await mkdir(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
