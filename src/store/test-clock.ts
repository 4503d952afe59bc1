import type { Database } from './database.js';

/**
 * A clock of its own for the tables of one test: within its schema `now()` and `clock_timestamp()` are some days ahead, so that
 * the same code sees the days that follow. Everything that asks Postgres for the time takes part.
 */
export async function makeTestClock({ pool }: Database): Promise<void> {
  await pool.query(`
    CREATE TABLE IF NOT EXISTS test_clock (days int NOT NULL);
    INSERT INTO test_clock SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM test_clock);
    CREATE OR REPLACE FUNCTION now() RETURNS timestamptz LANGUAGE sql STABLE AS
      $$ SELECT pg_catalog.now() + (SELECT days FROM test_clock) * interval '1 day' $$;
    CREATE OR REPLACE FUNCTION clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS
      $$ SELECT pg_catalog.clock_timestamp() + (SELECT days FROM test_clock) * interval '1 day' $$;`);
}

/** How many days it is ahead. */
export async function setTestClock({ pool }: Database, days: number): Promise<void> {
  await pool.query('UPDATE test_clock SET days = $1', [days]);
}
