import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

/** Runs a program of `bench/programs` by itself; answers the seconds that it prints. What else this process does costs it nothing. */
export async function secondsOf(program: 'ask' | 'floor', ...args: readonly string[]): Promise<number> {
  return Number(await run(program, args));
}

const Steps = z.object({ parse: z.number(), diff: z.number(), map: z.number(), plan: z.number() });

/** Seconds of the steps of a plan, without Postgres and Temporal; every row goes through each, but for `diff`, as on a day 1. */
export async function secondsOfSteps(before: string, after: string): Promise<z.infer<typeof Steps>> {
  return Steps.parse(JSON.parse(await run('steps', [before, after])));
}

async function run(program: string, args: readonly string[]): Promise<string> {
  const path = fileURLToPath(new URL(`programs/${program}.ts`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', path, ...args]);
  return stdout;
}
