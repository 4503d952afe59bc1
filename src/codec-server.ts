import { pathToFileURL } from 'node:url';
import { readConfig } from './config.js';
import { createLogger } from './log.js';
import { splitAddress } from './metrics/address.js';
import { loadKeys } from './secrets/keys.js';
import { startCodecEndpoint } from './temporal/codec/endpoint.js';
import { FreeTextCodec } from './temporal/codec/free-text-codec.js';

/** The codec endpoint as a program of its own: everything from the environment, until SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogger(config.logLevel);
  const endpoint = await startCodecEndpoint({
    ...splitAddress(config.codecAddress),
    codec: new FreeTextCodec({ keys: await loadKeys(config), encodes: config.payloadCodec }),
    isUi: (origin) => config.codecOrigins.includes(origin),
    token: config.codecToken,
    log,
  });
  log.info({ url: endpoint.url }, 'the codec endpoint listens');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void endpoint.close());
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
