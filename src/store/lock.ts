import type { Database } from './database.js';

/**
 * Does `work` while nobody, in any process, does other work under the same name; whoever comes second waits. The lock
 * ends with the process that holds it, however it ends. For work that waits for somebody outside: a transaction would
 * keep Postgres from tidying up meanwhile.
 */
export async function withLock<T>({ lockPool }: Database, name: string, work: () => Promise<T>): Promise<T> {
  const connection = await lockPool.connect();
  try {
    await connection.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [name]);
    return await work();
  } finally {
    // Closed, and not given back: its lock is free then, whatever state it is in.
    connection.release(true);
  }
}
