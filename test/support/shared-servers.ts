import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder, type DataFolder } from '../../src/stack/data-folder.js';
import { startPostgres } from '../../src/stack/postgres-server.js';
import { startTemporal } from '../../src/stack/temporal-server.js';
import { migrate } from '../../src/store/migrate.js';
import { compile } from './compile.js';
import { createDatabase } from './create-database.js';
import { findTimeSkippingServer } from './time-skipping-program.js';

export const TEMPLATE = 'usersync_template';

/** One real Postgres and one real Temporal for all test files, in the process that all of them have in common. */
export interface SharedServers {
  /** `GET <url>/postgres` answers the address of the first, and so on; it starts what does not run yet. */
  readonly url: string;
  close(): Promise<void>;
}

export async function openSharedServers(): Promise<SharedServers> {
  const path = await mkdtemp(join(tmpdir(), 'usersync-test-'));
  const folder = await openDataFolder(join(path, 'data'));
  const removals: (() => Promise<void>)[] = [];
  const answers = startedOnce(folder, removals);
  const server = createServer((request, response) => {
    const start = answers[request.url ?? ''];
    Promise.resolve(start?.() ?? null).then(
      (address) => response.end(JSON.stringify({ address })),
      (error: unknown) => response.end(JSON.stringify({ error: String(error) })),
    );
  });
  server.requestTimeout = 0;
  const url = await listen(server);
  return {
    url,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await folder.close();
      for (const remove of removals) await remove();
      await rm(path, { recursive: true, force: true });
    },
  };
}

function startedOnce(
  folder: DataFolder,
  removals: (() => Promise<void>)[],
): Readonly<Record<string, () => Promise<string | null>>> {
  return {
    '/postgres': once(() => postgresWithTemplate(folder)),
    '/temporal': once(async () => (await startTemporal({ ...ownParts(folder), ports: { grpc: 0, ui: null } })).address),
    '/time-skipping': once(() => findTimeSkippingServer(console.log)),
    '/compiled': once(async () => {
      const { path, remove } = await compile();
      removals.push(remove);
      return path;
    }),
  };
}

async function postgresWithTemplate(folder: DataFolder): Promise<string> {
  const { url } = await startPostgres({ ...ownParts(folder), preferredPort: 0, durable: false });
  await migrate(await createDatabase(url, TEMPLATE));
  return url;
}

/** Whatever services the environment names are somebody's, and no place for tests. */
function ownParts(folder: DataFolder) {
  const { DATABASE_URL: _database, TEMPORAL_ADDRESS: _temporal, ...env } = process.env;
  return { folder, env, log: (step: string) => console.log(step) };
}

function once<Result>(start: () => Promise<Result>): () => Promise<Result> {
  let started: Promise<Result> | null = null;
  return () => (started ??= start());
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
    });
  });
}
