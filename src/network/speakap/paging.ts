import type { NetworkError } from '../errors.js';

/** A page of a collection by offset and limit. */
export type ReadPage<T> = (offset: number, limit: number) => Promise<readonly T[]>;

/** At most 1,000 a page, and a page that is shorter is the last (assumed, `speakap-api.md`). */
export const PAGE = 1_000;
const ROUNDS = 5;

/** How many requests it takes to read a collection of so many things that holds still. */
export function requestsToRead(things: number, limit = PAGE): number {
  return 1 + Math.max(0, Math.ceil((things - limit + 1) / (limit - 1)));
}

/**
 * Reads a collection that may change meanwhile. Pages overlap by one: when a page does not begin with what the page before
 * ended with, something moved underneath and somebody may have been passed over, so it is read from the start again; what
 * was given out already is not given again.
 * @throws what `changing` makes, when it does not hold still for one of five rounds.
 */
export async function* pagesOf<T extends { readonly EID: string }>(
  read: ReadPage<T>,
  changing: () => NetworkError,
  limit = PAGE,
): AsyncGenerator<readonly T[]> {
  const seen = new Set<string>();
  for (let round = 0; round < ROUNDS; round += 1) {
    if (yield* readThrough(read, limit, seen)) return;
  }
  throw changing();
}

/** Answers whether the pages fitted together to the end. */
async function* readThrough<T extends { readonly EID: string }>(
  read: ReadPage<T>,
  limit: number,
  seen: Set<string>,
): AsyncGenerator<readonly T[], boolean> {
  let last: string | undefined;
  for (let offset = 0; ;) {
    const page = await read(offset, limit);
    if (last !== undefined && page[0]?.EID !== last) return false;
    const fresh = page.filter(({ EID }) => !seen.has(EID));
    for (const { EID } of fresh) seen.add(EID);
    if (fresh.length > 0) yield fresh;
    if (page.length < limit) return true;
    last = page.at(-1)?.EID;
    offset += page.length - 1;
  }
}
