import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../src/store/database.js';
import { acceptUnchanged, lastAccepted, saveSnapshot } from '../../src/store/snapshots.js';
import { SnapshotOvertaken, stageSnapshot } from '../../src/store/stage.js';
import { toCustomerId } from '../../src/sync/ids.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { aCustomer, aRow, aRun, deliver, dueXids, forgetDue, inChunks, korenaar } from './builders.js';

let place: TestDatabase;
let database: Database;

beforeEach(async () => {
  place = await createTestDatabase();
  database = await aCustomer(place.url);
});

afterEach(async () => {
  await database.close();
  await place.close();
});

async function rowsInPostgres(): Promise<readonly { xid: string; fields: unknown }[]> {
  const { rows } = await database.pool.query<{ xid: string; fields: unknown }>(
    'SELECT xid, fields FROM record ORDER BY xid, row_hash',
  );
  return rows;
}

test('a first delivery is all new, and everybody in it is due', async () => {
  const counts = await deliver(database, [aRow('0004711', { Name: 'Ada' }), aRow('4711', { Name: 'Bo' })]);
  expect(counts).toEqual({ rows: 2, people: 2, changed: 2, missing: 0 });
  expect(await dueXids(database)).toEqual(['0004711', '4711']);
});

test('feature 21: only rows that changed are written, and only their people are due', async () => {
  await deliver(database, [aRow('1', { Name: 'Ada' }), aRow('2', { Name: 'Bo' })]);
  await forgetDue(database);
  const before = await database.pool.query('SELECT xmin::text, xid FROM record WHERE xid = $1', ['1']);
  const counts = await deliver(database, [aRow('2', { Name: 'Bob' }), aRow('1', { Name: 'Ada' })]);
  expect(counts).toEqual({ rows: 2, people: 2, changed: 1, missing: 0 });
  expect(await dueXids(database)).toEqual(['2']);
  expect((await database.pool.query('SELECT xmin::text, xid FROM record WHERE xid = $1', ['1'])).rows).toEqual(
    before.rows,
  );
});

test('who is no longer in the file is missing and due, and the row is gone', async () => {
  await deliver(database, [aRow('1', { Name: 'Ada' }), aRow('2', { Name: 'Bo' })]);
  await forgetDue(database);
  const counts = await deliver(database, [aRow('1', { Name: 'Ada' })]);
  expect(counts.missing).toBe(1);
  expect(await dueXids(database)).toEqual(['2']);
  expect((await rowsInPostgres()).map(({ xid }) => xid)).toEqual(['1']);
});

test('an id that stands in two rows has two records, whatever their order and also when they are equal', async () => {
  const [ada, other] = [aRow('1', { Name: 'Ada' }), aRow('1', { Name: 'Adele' })];
  await deliver(database, [ada, other, ada]);
  expect(await rowsInPostgres()).toHaveLength(3);
  await forgetDue(database);
  expect(await deliver(database, [other, ada, ada])).toMatchObject({ changed: 0, missing: 0 });
  expect(await dueXids(database)).toEqual([]);
  expect(await deliver(database, [ada, other])).toMatchObject({ changed: 0, missing: 0 });
  expect(await dueXids(database)).toEqual(['1']);
  expect(await rowsInPostgres()).toHaveLength(2);
});

test('values with tabs, line ends, quotes, backslashes and a NUL arrive as they were, but for the NUL', async () => {
  await deliver(database, [aRow('1', { Name: 'a\tb\nc\r"\\N\\', Other: 'x\0y' })]);
  expect((await rowsInPostgres())[0]?.fields).toEqual({ Name: 'a\tb\nc\r"\\N\\', Other: 'x\uFFFDy' });
});

test('when the delivery breaks off or a check objects, nothing has changed', async () => {
  await deliver(database, [aRow('1', { Name: 'Ada' })]);
  await forgetDue(database);
  const before = await rowsInPostgres();
  const { rows } = await database.pool.query<{ id: number }>('SELECT id FROM snapshot');
  const snapshot = { customer: korenaar, snapshotId: rows[0]?.id ?? 0 };
  async function* cutOff() {
    yield* inChunks([aRow('2', { Name: 'Bo' })]);
    throw new Error('cut off');
  }
  await expect(
    stageSnapshot(database, snapshot, cutOff(), async () => ({ badRows: 0, withoutId: 0, columns: [] })),
  ).rejects.toThrow('cut off');
  const objects = async () => {
    throw new Error('shrank');
  };
  await expect(stageSnapshot(database, snapshot, inChunks([]), objects)).rejects.toThrow('shrank');
  expect(await rowsInPostgres()).toEqual(before);
  expect(await dueXids(database)).toEqual([]);
});

test('a delivery that was overtaken by a newer one is not used', async () => {
  await deliver(database, [aRow('1', { Name: 'Ada' })]);
  const { rows } = await database.pool.query<{ id: number }>('SELECT id FROM snapshot');
  await deliver(database, [aRow('1', { Name: 'Ada' }), aRow('2', { Name: 'Bo' })]);
  const older = { customer: korenaar, snapshotId: rows[0]?.id ?? 0 };
  const whole = async () => ({ badRows: 0, withoutId: 0, columns: [] });
  await expect(stageSnapshot(database, older, inChunks([]), whole)).rejects.toThrow(SnapshotOvertaken);
  expect(await rowsInPostgres()).toHaveLength(2);
});

test('after a large delivery Postgres knows how many rows the customer has, and not only those of others', async () => {
  await deliver(database, manyRows(2_000));
  await database.pool.query('ANALYZE record');
  const zeeman = toCustomerId('zeeman');
  const second = await aCustomer(place.url, zeeman);
  try {
    await deliver(second, manyRows(3_000), zeeman);
    const { rows } = await second.pool.query<{ 'QUERY PLAN': readonly { Plan: { 'Plan Rows': number } }[] }>(
      `EXPLAIN (FORMAT JSON) SELECT 1 FROM record WHERE customer_id = 'zeeman'`,
    );
    const expected = rows[0]?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0;
    expect(expected).toBeGreaterThan(2_500);
    expect(expected).toBeLessThan(3_500);
  } finally {
    await second.close();
  }
});

function manyRows(count: number) {
  return Array.from({ length: count }, (_, index) => aRow(String(index + 1), { Name: 'Somebody' }));
}

test('a delivery that is the last one, noted a second time by a repeated attempt, keeps the file of its rows', async () => {
  await deliver(database, [aRow('1')]);
  const before = await lastAccepted(database, korenaar);
  await database.pool.query(`UPDATE snapshot SET rows_file = 'korenaar/rows-1.sealed'`);
  const runId = await aRun(database);
  const { file, sha256 } = before ?? { file: null, sha256: '' };
  const same = { fileName: 'people.csv', file: file ?? '', sha256, bytes: 1, modifiedAt: new Date() };
  const { id } = await saveSnapshot(database, { customer: korenaar, runId, ...same });
  expect(await acceptUnchanged(database, korenaar, id, before?.id ?? 0)).toBe(true);
  expect(await acceptUnchanged(database, korenaar, id, id)).toBe(true);
  expect(await lastAccepted(database, korenaar)).toMatchObject({ id, rowsFile: 'korenaar/rows-1.sealed' });
});
