import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './prisma/client.js';

/** One Postgres, two ways in: Prisma for things by the dozen, the pool for rows by the million. Both share the pool's connections. */
export interface Database {
  readonly prisma: PrismaClient;
  readonly pool: pg.Pool;
  /** Connections that hold locks and do nothing else. Opened when they are needed. */
  readonly lockPool: pg.Pool;
  close(): Promise<void>;
}

export type Connection = pg.PoolClient;

/** Postgres counts in bigint; no count of ours leaves the safe integers. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** How many locks of `withLock` one process holds or waits for at once. */
const LOCKS = 4;

/**
 * `connections`: the most that this process opens, beside those that hold locks. `schema`: where the tables are, if not
 * where the address says.
 */
export function openDatabase(url: string, connections = 10, schema?: string): Database {
  const pool = openPool(url, connections, 'usersync', schema);
  // Of its own: a lock is held while its owner waits for somebody else, and its work needs a connection as well.
  const lockPool = openPool(url, LOCKS, 'usersync locks', schema);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, schema === undefined ? undefined : { schema }) });
  return {
    prisma,
    pool,
    lockPool,
    async close() {
      await prisma.$disconnect();
      if (!pool.ended) await pool.end();
      if (!lockPool.ended) await lockPool.end();
    },
  };
}

function openPool(url: string, connections: number, name: string, schema?: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    // Its own functions come before those of Postgres: the clock of a test (src/store/test-clock.ts).
    ...(schema === undefined ? {} : { options: `-c search_path=${schema},pg_catalog` }),
    max: connections,
    application_name: name,
    // A machine that vanished without a word is noticed in half a minute, and not after hours of waiting for its answer.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  // A connection that Postgres closes (restart) is replaced by the pool. Without listeners it would end the process: the
  // pool's is for idle ones, and one that is lent out, in the middle of a transaction, has none but this.
  pool.on('error', () => undefined);
  pool.on('connect', (connection) => connection.on('error', () => undefined));
  return pool;
}

/** Runs `work` in one transaction; anything thrown rolls it back. */
export async function inTransaction<T>(database: Database, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await database.pool.connect();
  let broken: Error | undefined;
  try {
    await connection.query('BEGIN');
    const result = await work(connection);
    await connection.query('COMMIT');
    return result;
  } catch (error) {
    await connection.query('ROLLBACK').catch((rollback: Error) => (broken = rollback));
    throw error;
  } finally {
    connection.release(broken);
  }
}
