import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UnexpectedAnswer } from '../../src/network/errors.js';
import { pagesOf, type ReadPage } from '../../src/network/speakap/paging.js';
import { collect, eid, failureOf } from './server.js';

interface Thing {
  readonly EID: string;
}
const things = (count: number): Thing[] => Array.from({ length: count }, (_, index) => ({ EID: eid(index) }));
const changing = () => new UnexpectedAnswer('GET /', 'changing');

/** Reads from a list that `meddle` may change before each page. */
function readerOf(list: Thing[], meddle: (read: number) => void = () => undefined) {
  let reads = 0;
  const read: ReadPage<Thing> = (offset, limit) => {
    meddle((reads += 1));
    return Promise.resolve(list.slice(offset, offset + limit));
  };
  return { read, reads: () => reads };
}

describe('paging', () => {
  test('gives everything once and in order, whatever the size of the collection', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 2, max: 10 }), async (count, limit) => {
        const all = things(count);
        expect(await collect(pagesOf(readerOf(all).read, changing, limit))).toEqual(all);
      }),
    );
  });

  test('ends at the first short page', async () => {
    const reader = readerOf(things(9));
    await collect(pagesOf(reader.read, changing, 10));
    expect(reader.reads()).toBe(1);
  });

  test('passes over nobody when somebody before them goes away meanwhile', async () => {
    const list = things(30);
    const reader = readerOf(list, (read) => read === 2 && list.splice(3, 1));
    const read = await collect(pagesOf(reader.read, changing, 10));
    expect(new Set(read.map(({ EID }) => EID))).toEqual(new Set(things(30).map(({ EID }) => EID)));
    expect(read).toHaveLength(30);
  });

  test('gives nobody twice when somebody is added before them meanwhile', async () => {
    const list = things(30);
    const reader = readerOf(list, (read) => read === 3 && list.unshift({ EID: eid(99) }));
    const read = await collect(pagesOf(reader.read, changing, 10));
    expect(read).toHaveLength(31);
    expect(new Set(read.map(({ EID }) => EID)).size).toBe(31);
  });

  test('gives up on a collection that never holds still, instead of giving half of it', async () => {
    const list = things(30);
    const reader = readerOf(list, () => list.unshift({ EID: eid(1_000 + reader.reads()) }));
    expect(await failureOf(collect(pagesOf(reader.read, changing, 10)))).toBeInstanceOf(UnexpectedAnswer);
  });

  test('gives up on a server that repeats its first page for ever', async () => {
    const first: ReadPage<Thing> = (_, limit) => Promise.resolve(things(limit));
    expect(await failureOf(collect(pagesOf(first, changing, 10)))).toBeInstanceOf(UnexpectedAnswer);
  });
});
