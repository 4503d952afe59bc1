import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const silent = () => undefined;

/** A folder of its own for one test, removed after it. */
export async function temporaryFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'usersync-stack-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** Starts one of `programs/` as a process of its own and waits until it prints a line, which is answered. */
export async function startProgram(name: string, ...args: string[]): Promise<{ program: ChildProcess; line: string }> {
  const path = fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));
  const program = spawn(process.execPath, ['--import', 'tsx', path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void program.kill('SIGKILL'));
  for await (const line of createInterface({ input: program.stdout })) return { program, line };
  throw new Error(`${name} ended without a line.`);
}

/** Kills as a crash would: the process can do nothing more. */
export async function crash(program: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => program.once('exit', resolve));
  program.kill('SIGKILL');
  await ended;
}

/** Waits, bounded, until something is true; answers whether it came true. */
export async function comesTrue(isTrue: () => boolean | Promise<boolean>): Promise<boolean> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if (await isTrue()) return true;
    await sleep(50);
  }
  return false;
}
