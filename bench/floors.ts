import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database } from '../src/store/database.js';
import { COLUMNS } from './roster.js';

/** Seconds to read a file and compute its SHA-256: nobody can know that a file is unchanged in less. */
export async function secondsToHash(path: string): Promise<number> {
  const start = performance.now();
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(piece as Buffer);
  hash.digest();
  return (performance.now() - start) / 1000;
}

/** Seconds that Postgres takes to COPY a file into an unlogged table without any index. */
export async function secondsToCopy({ pool }: Database, path: string): Promise<number> {
  const connection = await pool.connect();
  try {
    await connection.query('DROP TABLE IF EXISTS bench_copy');
    await connection.query(`CREATE UNLOGGED TABLE bench_copy (${COLUMNS.map((name) => `"${name}" text`).join(', ')})`);
    const start = performance.now();
    const copy = connection.query(copyFrom('COPY bench_copy FROM STDIN (FORMAT csv, HEADER)'));
    await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), copy);
    const seconds = (performance.now() - start) / 1000;
    await connection.query('DROP TABLE bench_copy');
    return seconds;
  } finally {
    connection.release();
  }
}
