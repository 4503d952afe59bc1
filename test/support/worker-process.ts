import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { World } from './world.js';

export interface WorkerProcess {
  readonly output: () => string;
  /** SIGKILL: as a crash of the machine, without a last word. */
  kill(): Promise<void>;
  /** SIGTERM. Answers the exit code. */
  stop(): Promise<number | null>;
}

/** The worker as the program that runs in production, on the world's servers. */
export function startWorkerProcess(world: World, env: Readonly<Record<string, string>> = {}): WorkerProcess {
  const child = spawn(process.execPath, [join(world.compiled, 'worker.js')], {
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DATABASE_URL: world.databaseUrl,
      TEMPORAL_ADDRESS: world.temporal.address,
      TEMPORAL_NAMESPACE: world.temporal.namespace,
      USERSYNC_DATA: world.config.dataFolder,
      USERSYNC_HEARTBEAT_SECONDS: String(world.config.heartbeatSeconds),
      USERSYNC_PAYLOAD_CODEC: world.config.payloadCodec ? 'on' : 'off',
      USERSYNC_METRICS_ADDRESS: 'off',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  child.stdout.on('data', (text: Buffer) => output.push(text.toString()));
  child.stderr.on('data', (text: Buffer) => output.push(text.toString()));
  return {
    output: () => output.join(''),
    kill: async () => {
      await end(child, 'SIGKILL');
    },
    stop: () => end(child, 'SIGTERM'),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
  return child.exitCode;
}
