import { pathToFileURL } from 'node:url';
import { readConfig } from './config.js';
import { createLogger } from './log.js';
import { splitAddress } from './metrics/address.js';
import { startPortal } from './portal/portal.js';
import { loadKeys } from './secrets/keys.js';
import { openDatabase } from './store/database.js';

/** The portal as a program of its own: everything from the environment, until SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogger(config.logLevel);
  if (config.databaseUrl === null)
    throw new Error('DATABASE_URL is not set, so the portal cannot start. Nothing was changed.');
  const { ring: keys } = await loadKeys(config);
  const database = openDatabase(config.databaseUrl, config.databaseConnections);
  const place = { ...splitAddress(config.portalAddress), proxies: config.portalProxies };
  const portal = await startPortal({ ...place, database, keys, log });
  log.info({ url: portal.url }, 'the portal listens');
  const stop = async (): Promise<void> => {
    await portal.close();
    await database.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
