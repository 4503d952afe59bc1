import type { Database } from './database.js';

/** What is counted, so that a test can be proven gone. Names of tables and numbers, nothing about people. */
export interface TableCount {
  readonly table: string;
  readonly rows: number;
}

/** Every table of a schema with its rows; none when there is no such schema. */
export async function countTables({ pool }: Database, schema: string): Promise<readonly TableCount[]> {
  const counts: TableCount[] = [];
  for (const table of await tablesOf(pool, schema)) {
    const { rows } = await pool.query<{ rows: number }>(`SELECT count(*) AS rows FROM "${schema}"."${table}"`);
    counts.push({ table, rows: rows[0]?.rows ?? 0 });
  }
  return counts;
}

/** Every row of every table of a schema, as one text. */
export async function* tableTexts(
  { pool }: Database,
  schema: string,
): AsyncGenerator<{ readonly table: string; readonly text: string }> {
  for (const table of await tablesOf(pool, schema)) {
    const connection = await pool.connect();
    try {
      await connection.query('BEGIN READ ONLY');
      await connection.query(`DECLARE rows CURSOR FOR SELECT t::text AS text FROM "${schema}"."${table}" t`);
      for (;;) {
        const { rows } = await connection.query<{ text: string }>('FETCH 1000 FROM rows');
        if (rows.length === 0) break;
        for (const { text } of rows) yield { table, text };
      }
    } finally {
      await connection.query('ROLLBACK').catch(() => undefined);
      connection.release();
    }
  }
}

/** Whether there is a schema of this name. */
export async function hasSchema({ pool }: Database, schema: string): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema]);
  return rowCount !== 0;
}

/**
 * Looks through every table of every schema but `schema` for rows that hold one of these texts, whatever the column. A table that
 * grew by another hand is found as well as one of ours.
 */
export async function rowsHolding(
  { pool }: Database,
  schema: string,
  texts: readonly string[],
  onProgress: () => void,
): Promise<readonly TableCount[]> {
  const found: TableCount[] = [];
  const { rows: tables } = await pool.query<{ schema: string; name: string }>(
    `SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', $1)
       AND n.nspname NOT LIKE 'pg_toast%' AND NOT (c.relname = 'test' AND n.nspname = current_schema()) ORDER BY 1, 2`,
    [schema],
  );
  for (const table of tables) {
    onProgress();
    const { rows } = await pool.query<{ rows: number }>(
      `SELECT count(*) AS rows FROM "${table.schema}"."${table.name}" t WHERE t::text ~ $1`,
      [texts.map(escaped).join('|')],
    );
    const count = rows[0]?.rows ?? 0;
    if (count > 0) found.push({ table: `${table.schema}.${table.name}`, rows: count });
  }
  return found;
}

/**
 * Rows outside of a test's schema that speak of one of its people: of the same id, and with the same family name somewhere in
 * the row. Ids alone prove nothing, since a disguise may well be another person's real one.
 */
export async function peopleOutside(
  { pool }: Database,
  schema: string,
  customer: string,
  onProgress: () => void,
): Promise<readonly TableCount[]> {
  const found: TableCount[] = [];
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = current_schema() AND column_name IN ('xid', 'customer_id') GROUP BY 1 HAVING count(*) = 2`,
  );
  for (const { name } of tables) {
    onProgress();
    const { rows } = await pool.query<{ rows: number }>(
      `SELECT count(*) AS rows FROM "${name}" t JOIN "${schema}".link l ON l.customer_id = t.customer_id AND l.xid = t.xid
       WHERE t.customer_id = $1 AND l.written->'profile'->>'familyName' <> ''
         AND strpos(t::text, l.written->'profile'->>'familyName') > 0
         AND strpos(t::text, coalesce(l.written->'profile'->>'givenName', '')) > 0`,
      [customer],
    );
    const count = rows[0]?.rows ?? 0;
    if (count > 0) found.push({ table: name, rows: count });
  }
  return found;
}

async function tablesOf(pool: Database['pool'], schema: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = $1 AND table_type = 'BASE TABLE' ORDER BY 1`,
    [schema],
  );
  return rows.map(({ name }) => name);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
