import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { compareContent, MARK_BYTES, Marks } from '../../src/secrets/same-content.js';

function inPieces(content: Buffer, size = 65_536): Readable {
  const pieces = Array.from({ length: Math.ceil(content.length / size) }, (_, index) =>
    content.subarray(index * size, (index + 1) * size),
  );
  return Readable.from(pieces);
}

function atRest(content: Buffer) {
  const marks = new Marks();
  for (let at = 0; at < content.length; at += 100_003) marks.update(content.subarray(at, at + 100_003));
  let reads = 0;
  const read = () => {
    reads += 1;
    return inPieces(content);
  };
  return { sha256: marks.sha256, marks: marks.bytesOfMarks, read, reads: () => reads };
}

const SIZES = [0, 1, MARK_BYTES - 1, MARK_BYTES, MARK_BYTES + 1, 2 * MARK_BYTES + 17];

test.each(SIZES)(
  'content of %i bytes that is the same is known to be so, and is read from nowhere else',
  async (length) => {
    const content = randomBytes(length);
    const rest = atRest(content);
    expect(rest.sha256).toBe(createHash('sha256').update(content).digest('hex'));
    expect(await compareContent(inPieces(content), rest)).toEqual({ isSame: true, bytes: length });
    expect(rest.reads()).toBe(0);
  },
);

test.each([0, 5, MARK_BYTES - 1, MARK_BYTES, 2 * MARK_BYTES + 16])(
  'content that differs at byte %i comes out as a whole, whatever was read of it',
  async (place) => {
    const before = randomBytes(2 * MARK_BYTES + 17);
    const content = Buffer.from(before);
    content[place] = (content[place] ?? 0) ^ 1;
    const compared = await compareContent(inPieces(content), atRest(before));
    if (compared.isSame) throw new Error('It is not the same.');
    expect((await buffer(compared.content)).equals(content)).toBe(true);
  },
);

test.each([0, 10, MARK_BYTES, MARK_BYTES + 1, 3 * MARK_BYTES])(
  'content that begins as the other and has %i bytes is another one',
  async (length) => {
    const before = randomBytes(2 * MARK_BYTES + 17);
    const content = Buffer.concat([before, before]).subarray(0, length);
    const compared = await compareContent(inPieces(content), atRest(before));
    if (compared.isSame) throw new Error('It is not the same.');
    expect((await buffer(compared.content)).equals(content)).toBe(true);
  },
);

test('content that fails fails the comparison, or whoever reads on', async () => {
  async function* failing(bytes: number): AsyncGenerator<Buffer> {
    yield randomBytes(bytes);
    throw new Error('lost');
  }
  const rest = atRest(randomBytes(2 * MARK_BYTES));
  await expect(compareContent(Readable.from(failing(10)), rest)).rejects.toThrow('lost');
  const compared = await compareContent(Readable.from(failing(MARK_BYTES)), rest);
  if (compared.isSame) throw new Error('It is not the same.');
  await expect(buffer(compared.content)).rejects.toThrow('lost');
});
