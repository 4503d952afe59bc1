import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../src/store/database.js';
import { readRunPace } from '../../src/store/run-pace.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { aCustomer, aRun } from './builders.js';

let place: TestDatabase;
let database: Database;
let id: number;

beforeEach(async () => {
  place = await createTestDatabase();
  database = await aCustomer(place.url);
  id = await aRun(database);
  await database.pool.query(
    `INSERT INTO plan (run_id, examined, managed, created_at) VALUES ($1, 9, 9, '2026-03-02 05:00Z')`,
    [id],
  );
});

afterEach(async () => {
  await database.close();
  await place.close();
});

let seq = 0;

/** A change of the run that ended so many seconds after the plan. */
async function ended(xid: string, after: number, status = 'done', decidedBy: string | null = null): Promise<void> {
  seq += 1;
  await database.pool.query(
    `INSERT INTO change (run_id, seq, unit, kind, xid, change, status, decided_by, done_at)
     VALUES ($1, $2, $2, 'update', $3, '{}', $4::change_status, $5, '2026-03-02 05:00Z'::timestamptz + $6 * interval '1 second')`,
    [id, seq, xid, status, decidedBy, after],
  );
}

test('feature 19: people a minute are those whose changes were done, from the plan to the last of them', async () => {
  for (const [xid, after] of [...'abc'].map((letter, index) => [letter, index + 1] as const)) {
    await ended(xid, after);
    await ended(xid, after + 1);
  }
  await ended('d', 6, 'failed');
  expect(await readRunPace(database, { id })).toEqual({ people: 3, milliseconds: 6_000, peopleAMinute: 30 });
});

test('the time that somebody took to decide is no work of the run', async () => {
  await ended('a', 2);
  await ended('b', 7_200, 'done', 'p.jansen');
  expect(await readRunPace(database, { id })).toEqual({ people: 1, milliseconds: 2_000, peopleAMinute: 30 });
});

test('there is no pace of less than a second, of nobody, or of a run without a plan', async () => {
  expect(await readRunPace(database, { id })).toBeNull();
  await ended('a', 5, 'failed');
  expect(await readRunPace(database, { id })).toBeNull();
  await database.pool.query('DELETE FROM change');
  await ended('a', 0.9);
  expect(await readRunPace(database, { id })).toBeNull();
  expect(await readRunPace(database, { id: await aRun(database) })).toBeNull();
});
