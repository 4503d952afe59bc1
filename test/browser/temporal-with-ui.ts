import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { createLogger } from '../../src/log.js';
import type { Keys } from '../../src/secrets/keys.js';
import { parseMasterKey } from '../../src/secrets/master-key.js';
import { openDataFolder } from '../../src/stack/data-folder.js';
import { startTemporal } from '../../src/stack/temporal-server.js';
import { createDataConverter } from '../../src/temporal/codec/data-converter.js';
import { startCodecEndpoint } from '../../src/temporal/codec/endpoint.js';
import { FreeTextCodec } from '../../src/temporal/codec/free-text-codec.js';
import { installRuntime } from '../../src/temporal/runtime.js';
import type { TestTemporal } from '../support/test-temporal.js';

/** A development server of one's own with its web pages, which decode what people wrote through our codec endpoint. */
export interface TemporalWithUi extends TestTemporal {
  readonly uiUrl: string;
  /** For `USERSYNC_MASTER_KEY` of the world around it. */
  readonly masterKey: string;
}

export async function startTemporalWithUi(): Promise<TemporalWithUi> {
  // Before any connection of the native kind is made: the runtime is made once a process.
  await installRuntime(createLogger('error'), false);
  const masterKey = randomBytes(32).toString('hex');
  const keys = keysOf(masterKey);
  let uiUrl = '';
  const codec = await startCodecEndpoint({
    ...{ host: '127.0.0.1', port: 0, token: null, log: createLogger('silent') },
    codec: new FreeTextCodec({ keys, encodes: true }),
    isUi: (origin) => origin === uiUrl,
  });
  const path = await mkdtemp(join(tmpdir(), 'usersync-browser-'));
  const folder = await openDataFolder(join(path, 'data'));
  const { TEMPORAL_ADDRESS: _, ...env } = process.env;
  const server = await startTemporal({
    ...{ folder, env, log: () => undefined, ports: { grpc: 0, ui: 0 } },
    serverArguments: ['--ui-codec-endpoint', codec.url],
  });
  uiUrl = server.uiUrl ?? '';
  const { address, namespace } = server;
  const connection = await Connection.connect({ address });
  const nativeConnection = await NativeConnection.connect({ address });
  const client = new Client({ connection, namespace, dataConverter: createDataConverter({ keys, encodes: true }) });
  return {
    ...{ address, namespace, taskQueue: 'usersync', connection, nativeConnection, client, uiUrl, masterKey },
    close: async () => {
      await nativeConnection.close();
      await connection.close();
      await server.close();
      await codec.close();
      await folder.close();
      await rm(path, { recursive: true, force: true });
    },
  };
}

function keysOf(masterKey: string): Keys {
  const key = parseMasterKey(masterKey, 'a test');
  return { key, old: [], ring: [key] };
}
