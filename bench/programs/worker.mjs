// The worker of the bench: src/worker.ts compiled as in the image, with a bundle, and with a file on disk as every customer's
// source. Plain JavaScript, so that nothing that compiles counts towards its memory.
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { BENCH_COMPILED: compiled = '', BENCH_DELIVERED: delivered = '' } = process.env;
const load = (...path) => import(pathToFileURL(join(compiled, ...path)).href);
const { startWorker } = await load('worker.js');
const { readConfig } = await load('config.js');
const { createLogger } = await load('log.js');
const { temporalSettings } = await load('temporal', 'connection.js');

const config = readConfig(process.env);
const worker = await startWorker({
  ...{ config, databaseUrl: config.databaseUrl ?? '', temporal: temporalSettings(process.env, null) },
  log: createLogger(config.logLevel),
  sources: { open: async () => fileSource },
  workflowBundle: { codePath: join(compiled, 'workflow-bundle.js') },
});

const fileSource = {
  async newest() {
    const { path, modifiedAt } = JSON.parse(await readFile(delivered, 'utf8'));
    const { size } = await stat(path);
    const content = createReadStream(path, { highWaterMark: 1024 * 1024 });
    return { name: 'roster.csv', size, modifiedAt: new Date(modifiedAt), content, archive: async () => false };
  },
  close: async () => undefined,
};

process.on('message', () => process.send?.({ peakMemory: process.resourceUsage().maxRSS / 1024 }));
process.once('SIGTERM', () => void worker.close().then(() => process.exit(0)));
process.once('disconnect', () => process.exit(0));
process.send?.('ready');
await worker.stopped;
