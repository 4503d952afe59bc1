import { SourceMoved } from '../api-errors.js';
import type { AfasRow } from './answers.js';
import type { Page } from './client.js';
import { KeyTooCoarse } from './errors.js';

export type ReadPage = (skip: number) => Promise<Page>;

/** No employee record is longer; a server that never ends is stopped here. */
const MOST_ROWS = 10_000_000;

/** What the next page has to begin with: one row with the key before, then those of the key that was held back. */
interface Joint {
  readonly before: string;
  readonly held: string;
}

/**
 * The rows of a connector that is read by offset while people work in it. The rows of the last key of a page are held back
 * and come again with the next one, which has to begin with the row before them: when it does not, rows moved between the two
 * pages, and somebody may have been passed over. So all rows of one key come from one answer, and several are no alarm.
 * A key that comes back later says the same. Memory: one page, and every key once.
 * @throws SourceMoved, KeyTooCoarse, and what `read` throws.
 */
export async function* rowsOf(read: ReadPage, first: Page, keyField: string): AsyncGenerator<readonly AfasRow[]> {
  const keys = new KeyOrder(keyField);
  let page = first;
  let skip = 0;
  let joint: Joint | null = null;
  for (;;) {
    const rows: readonly AfasRow[] = joint === null ? page.rows : afterJoint(page.rows, joint, keyField);
    if (await isEnd(read, page, skip)) {
      keys.check(rows);
      yield rows;
      return;
    }
    const given = withoutLastKey(rows, keyField);
    const next: number = skip + page.rows.length - (rows.length - given.length) - 1;
    const [before, held] = [given.at(-1), rows.at(-1)];
    if (before === undefined || held === undefined) throw new KeyTooCoarse(keyField, page.rows.length);
    if (next > MOST_ROWS) throw new SourceMoved(`there are more than ${MOST_ROWS} of them`, keyField);
    keys.check(given);
    yield given;
    joint = { before: keyOf(before, keyField), held: keyOf(held, keyField) };
    skip = next;
    page = await read(skip);
  }
}

/** The key as text; empty where the row has none. */
export function keyOf(row: AfasRow, keyField: string): string {
  return String(row[keyField] ?? '');
}

/** A short page of a server that does not repeat what it was asked for is only believed when nothing comes after it. */
async function isEnd(read: ReadPage, page: Page, skip: number): Promise<boolean> {
  if (page.isLast !== 'unknown') return page.isLast;
  const beyond = await read(skip + page.rows.length);
  return beyond.rows.length === 0;
}

function afterJoint(rows: readonly AfasRow[], { before, held }: Joint, keyField: string): readonly AfasRow[] {
  const [first, second] = rows;
  const fits =
    first !== undefined &&
    second !== undefined &&
    keyOf(first, keyField) === before &&
    keyOf(second, keyField) === held;
  if (!fits) throw new SourceMoved('a page does not begin where the one before it ended', keyField);
  return rows.slice(1);
}

/** The rows before those that have the key of the last one. */
function withoutLastKey(rows: readonly AfasRow[], keyField: string): readonly AfasRow[] {
  const last = keyOf(rows.at(-1) ?? {}, keyField);
  return rows.slice(0, rows.findLastIndex((row) => keyOf(row, keyField) !== last) + 1);
}

/** Watches that each key comes once and that they rise, as far as that can be told without knowing AFAS' alphabet. */
class KeyOrder {
  private readonly seen = new Set<string>();
  private last: string | null = null;

  constructor(private readonly keyField: string) {}

  /** @throws SourceMoved */
  check(rows: readonly AfasRow[]): void {
    for (const row of rows) {
      const key = keyOf(row, this.keyField);
      if (key === this.last) continue;
      if (this.seen.has(key)) throw new SourceMoved('rows of one employee come apart from each other', this.keyField);
      if (this.last !== null && surelyFalls(this.last, key))
        throw new SourceMoved('they are not sorted', this.keyField);
      this.seen.add(key);
      this.last = key;
    }
  }
}

/** Numbers with equally many digits are sorted alike as texts and as numbers, in every alphabet. */
function surelyFalls(from: string, to: string): boolean {
  return from.length === to.length && /^\d+$/.test(from) && /^\d+$/.test(to) && to < from;
}
