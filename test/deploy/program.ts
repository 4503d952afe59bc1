import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../support/until.js';

export interface Program {
  /** What it wrote, on both streams. */
  output(): string;
  /** The first group of the pattern, once it has been written. @throws when it ends before, or stays silent. */
  says(pattern: RegExp): Promise<string>;
  /** Ends with its exit code. */
  ended(): Promise<number | null>;
  /** SIGTERM, as `docker stop` sends it. Ends with the exit code. */
  stop(): Promise<number | null>;
}

const started = new Set<ChildProcess>();

/** Runs a program of the image as a container does: with plain Node, this folder and these variables alone. */
export function runProgram(folder: string, args: readonly string[], env: Readonly<Record<string, string>>): Program {
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  started.add(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const closed = once(child, 'close').then(() => child.exitCode);
  return {
    output: () => text,
    async says(pattern) {
      await until(() => pattern.test(text) || child.exitCode !== null);
      const found = pattern.exec(text)?.[1];
      if (found === undefined) throw new Error(`It never said ${String(pattern)}:\n${text}`);
      return found;
    },
    ended: () => closed,
    stop() {
      child.kill('SIGTERM');
      return closed;
    },
  };
}

/** Ends what a failed test left behind. */
export function endPrograms(): void {
  for (const child of started) child.kill('SIGKILL');
}
