import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Runs a program of `bench/programs` by itself; answers the seconds that it prints. What else this process does costs it nothing. */
export async function secondsOf(program: 'ask' | 'floor', ...args: readonly string[]): Promise<number> {
  const path = fileURLToPath(new URL(`programs/${program}.ts`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', path, ...args]);
  return Number(stdout);
}
