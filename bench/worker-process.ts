import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Config } from '../src/config.js';
import type { TemporalServer } from '../src/stack/temporal-server.js';

const PROGRAM = fileURLToPath(new URL('programs/worker.mjs', import.meta.url));

export interface WorkerProcess {
  /** From now on this file is the newest delivery of every customer. */
  deliver(path: string): Promise<void>;
  /** The most resident memory that the process had, in MiB. */
  peakMemory(): Promise<number>;
  stop(): Promise<void>;
}

export interface WorkerPlace {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly temporal: TemporalServer;
  readonly folder: string;
  /** The compiled sources, with the bundle of the workflows: who makes one needs several times the memory of who uses it. */
  readonly compiled: string;
}

const Message = z.union([z.literal('ready'), z.object({ peakMemory: z.number() })]);

/** The worker as it runs in production, but for its source: a file on this machine's disk. */
export async function startWorkerProcess(place: WorkerPlace): Promise<WorkerProcess> {
  const delivered = join(place.folder, 'delivered.json');
  const child = spawn(process.execPath, [PROGRAM], {
    env: {
      ...{ PATH: process.env['PATH'], HOME: process.env['HOME'], DATABASE_URL: place.databaseUrl },
      ...{ TEMPORAL_ADDRESS: place.temporal.address, TEMPORAL_NAMESPACE: place.temporal.namespace },
      ...{ USERSYNC_DATA: place.config.dataFolder, USERSYNC_METRICS_ADDRESS: 'off', USERSYNC_LOG_LEVEL: 'error' },
      ...{ BENCH_DELIVERED: delivered, BENCH_COMPILED: place.compiled },
      // As in the image.
      MALLOC_ARENA_MAX: '2',
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const answer = async (): Promise<z.infer<typeof Message>> => {
    const gone = once(child, 'exit').then(() => Promise.reject(new Error('The worker of the bench ended by itself.')));
    const messages: unknown[] = await Promise.race([once(child, 'message'), gone]);
    return Message.parse(messages[0]);
  };
  await answer();
  return {
    async deliver(path) {
      await writeFile(`${delivered}.new`, JSON.stringify({ path, modifiedAt: new Date() }));
      await rename(`${delivered}.new`, delivered);
    },
    async peakMemory() {
      child.send('peak memory');
      const message = await answer();
      return message === 'ready' ? 0 : message.peakMemory;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
