// The worker of the bench: as src/worker.ts of the image, with a bundle, and with a file on disk as every customer's source.
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readConfig } from '../../src/config.js';
import { createLogger } from '../../src/log.js';
import type { Source } from '../../src/sources/source.js';
import type * as Worker from '../../src/worker.js';
import { temporalSettings } from '../../src/temporal/connection.js';
import { Delivered } from '../worker-process.js';

const compiled = process.env['BENCH_COMPILED'] ?? '';
const { startWorker } = (await import(pathToFileURL(join(compiled, 'worker.js')).href)) as typeof Worker;

const config = readConfig(process.env);
const worker = await startWorker({
  ...{ config, databaseUrl: config.databaseUrl ?? '', temporal: temporalSettings(process.env, null) },
  log: createLogger(config.logLevel),
  sources: { open: async () => fileSource },
  workflowBundle: { codePath: join(compiled, 'workflow-bundle.js') },
});

const fileSource: Source = {
  async newest() {
    const { path, modifiedAt } = Delivered.parse(
      JSON.parse(await readFile(process.env['BENCH_DELIVERED'] ?? '', 'utf8')),
    );
    const { size } = await stat(path);
    const content = createReadStream(path, { highWaterMark: 1024 * 1024 });
    return { name: 'roster.csv', size, modifiedAt, content, archive: async () => false };
  },
  close: async () => undefined,
};

process.on('message', () => process.send?.({ peakMemory: process.resourceUsage().maxRSS / 1024 }));
process.once('SIGTERM', () => void worker.close().then(() => process.exit(0)));
process.once('disconnect', () => process.exit(0));
process.send?.('ready');
await worker.stopped;
