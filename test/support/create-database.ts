import pg from 'pg';

/** Makes a database on the server of `url`, empty or as a copy, and answers its own address. */
export async function createDatabase(url: string, name: string, template?: string): Promise<string> {
  await command(url, `CREATE DATABASE ${name}${template === undefined ? '' : ` TEMPLATE ${template}`}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}

/** Removes a database, whoever is still connected to it. */
export async function dropDatabase(url: string, name: string): Promise<void> {
  await command(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

async function command(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
