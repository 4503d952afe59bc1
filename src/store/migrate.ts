import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

const MIGRATIONS = new URL('../../prisma/migrations/', import.meta.url);
/** The advisory lock that `prisma migrate deploy` takes as well, so the two never run at once. */
const PRISMA_LOCK = 72707369;

/** A migration cannot be applied safely. Thrown before any further one is tried. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused';
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/**
 * Applies the committed migrations in the order of their names, as `prisma migrate deploy` does and with the same
 * book-keeping, but without Prisma's engine, which not every place can download. Answers the names it applied.
 * `schema`: where to, if not where the address says; made when it is not there.
 * @throws MigrationRefused when an applied migration was edited since, or failed half-way.
 */
export async function migrate(databaseUrl: string, schema?: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'usersync migrate' });
  await client.connect();
  try {
    if (schema !== undefined) await moveTo(client, schema);
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK]);
    await client.query(BOOKS);
    const applied = await appliedMigrations(client);
    const pending = (await committedMigrations()).filter((migration) => !isApplied(migration, applied));
    for (const migration of pending) await apply(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

async function moveTo(client: pg.Client, schema: string): Promise<void> {
  const name = client.escapeIdentifier(schema);
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${name}`);
  await client.query(`SET search_path TO ${name}`);
}

async function committedMigrations(): Promise<readonly Migration[]> {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(names.sort().map(readMigration));
}

async function readMigration(name: string): Promise<Migration> {
  const sql = await readFile(new URL(`${name}/migration.sql`, MIGRATIONS), 'utf8');
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}

interface Applied {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

async function appliedMigrations(client: pg.Client): Promise<readonly Applied[]> {
  const { rows } = await client.query<Applied>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  return rows;
}

function isApplied(migration: Migration, applied: readonly Applied[]): boolean {
  const entry = applied.find((candidate) => candidate.migration_name === migration.name);
  if (entry === undefined) return false;
  if (entry.finished_at === null) {
    throw new MigrationRefused(
      `The migration ${migration.name} was started on this database and never finished. Nothing was changed now. ` +
        'Restore the database from before it, or mend it and mark it with "prisma migrate resolve".',
    );
  }
  if (entry.checksum !== migration.checksum) {
    throw new MigrationRefused(
      `The migration ${migration.name} was edited after it had been applied to this database. Nothing was changed. ` +
        'Restore the file as it was and put the change into a new migration.',
    );
  }
  return true;
}

/** Script and book entry in one transaction: a failing migration leaves no trace. */
async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), now(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new MigrationRefused(`The migration ${migration.name} failed and was rolled back: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** As Prisma makes it. */
const BOOKS = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;
