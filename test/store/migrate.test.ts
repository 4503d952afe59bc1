import { readdir } from 'node:fs/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MigrationRefused, migrate } from '../../src/store/migrate.js';
import { schemaSql } from '../support/schema-sql.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let migrated: TestDatabase;
let other: TestDatabase;

beforeEach(async () => {
  migrated = await createTestDatabase();
  other = await createTestDatabase({ empty: true });
});

afterEach(async () => {
  await migrated.close();
  await other.close();
});

test('the committed migrations make exactly what the Prisma schema says', async () => {
  await query(other.url, await schemaSql(other.url, null));
  const expected = await shapeOf(other.url);
  expect(expected.length).toBeGreaterThan(100);
  expect(await shapeOf(migrated.url)).toEqual(expected);
});

test('migrating again applies nothing', async () => {
  expect(await migrate(migrated.url)).toEqual([]);
});

test('several starts at once apply every migration once', async () => {
  const applied = await Promise.all([migrate(other.url), migrate(other.url), migrate(other.url)]);
  const folders = await readdir(new URL('../../prisma/migrations/', import.meta.url), { withFileTypes: true });
  expect(applied.flat()).toHaveLength(folders.filter((entry) => entry.isDirectory()).length);
});

test('an edited and an unfinished migration are refused with the way out', async () => {
  await query(migrated.url, `UPDATE _prisma_migrations SET checksum = 'other'`);
  await expect(migrate(migrated.url)).rejects.toThrow(MigrationRefused);
  await expect(migrate(migrated.url)).rejects.toThrow(/was edited after/);
  await query(migrated.url, `UPDATE _prisma_migrations SET finished_at = NULL`);
  await expect(migrate(migrated.url)).rejects.toThrow(/never finished/);
});

async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

/** Every column, index, constraint and enum value, as Postgres describes them. */
async function shapeOf(url: string): Promise<readonly string[]> {
  const rows = await query(
    url,
    `SELECT concat_ws(' ', 'column', table_name, column_name, data_type, udt_name, is_nullable, column_default,
        datetime_precision) AS line
      FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
     UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
     UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND contype <> 'n' AND conrelid::regclass::text <> '_prisma_migrations'
     UNION ALL SELECT concat_ws(' ', 'enum', typname, rank() OVER (PARTITION BY enumtypid ORDER BY enumsortorder), enumlabel) FROM pg_enum JOIN pg_type t ON t.oid = enumtypid
     ORDER BY 1`,
  );
  return rows.map(({ line }) => String(line));
}
