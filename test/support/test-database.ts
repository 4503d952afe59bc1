import { randomBytes } from 'node:crypto';
import { askSharedServers } from './ask-shared-servers.js';
import { createDatabase, dropDatabase } from './create-database.js';
import { TEMPLATE } from './shared-servers.js';

export interface TestDatabase {
  readonly url: string;
  /** Removes it, whoever is still connected. */
  close(): Promise<void>;
}

/** A database of one's own on a real Postgres, with all migrations applied; with `empty`, without anything. */
export async function createTestDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const server = await askSharedServers('postgres');
  if (server === null) throw new Error('The shared Postgres has no address.');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const url = await createDatabase(server, name, empty ? undefined : TEMPLATE);
  return { url, close: () => dropDatabase(server, name) };
}
