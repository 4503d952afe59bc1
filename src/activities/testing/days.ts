import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { heartbeat } from '@temporalio/activity';
import Papa from 'papaparse';
import type { TestSpace } from '../../connections/test/test-spaces.js';
import { markFor, MARK_COLUMN } from '../../anonymise/mark.js';
import { readDelivery, writeDelivery, type DeliveredRow } from '../../proof/delivery.js';
import { toXid } from '../../sync/ids.js';
import { readPaper } from '../../connections/test/papers.js';

/** The header of every day of a test: the column of the id first, and behind the others the mark. */
export interface TestColumns {
  readonly idColumn: string;
  readonly columns: readonly string[];
}

/**
 * Puts anonymised rows where the runs of the test fetch them. Every row that can be read says that it is anonymised; one that
 * cannot be read holds its id alone.
 */
export async function deliverRows(
  space: TestSpace,
  name: string,
  { columns, idColumn }: TestColumns,
  chunks: AsyncIterable<readonly DeliveredRow[]> | Iterable<readonly DeliveredRow[]>,
): Promise<void> {
  const all = [...columns, MARK_COLUMN];
  async function* lines(): AsyncGenerator<Buffer> {
    yield Buffer.from(`${Papa.unparse([all])}\r\n`);
    for await (const rows of chunks) {
      const marked = rows.map((row) => withMark(row, space.key.bytes));
      // Without its header: what is written is a page of the file.
      const page = writeDelivery(all, idColumn, marked);
      yield Buffer.from(page.slice(page.indexOf('\r\n') + 2));
      heartbeat();
    }
  }
  await space.days.keepFile(space.customer, name, { content: Readable.from(lines()), size: null });
}

/** The rows of a day, straight from its file. */
export async function deliveredRows(space: TestSpace, name: string): Promise<readonly DeliveredRow[]> {
  const { idColumn } = await readPaper<TestColumns>(space, 'columns');
  return readDelivery(await text(space.days.read(space.days.fileOf(space.customer, name))), idColumn);
}

function withMark({ xid, row, fields }: DeliveredRow, key: Uint8Array): DeliveredRow {
  return { xid, row, fields: fields === null ? null : { ...fields, [MARK_COLUMN]: markFor(key, toXid(xid)) } };
}
