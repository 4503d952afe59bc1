import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A program that was run for its result did not succeed. Carries the end of what it wrote. */
export class ProgramFailed extends Error {
  constructor(
    readonly program: string,
    readonly reason: string,
  ) {
    super(`${program} failed: ${reason}`);
    this.name = new.target.name;
  }
}

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
}

/** Runs a program to its end and answers its output. @throws ProgramFailed */
export async function runProgram(program: string, args: readonly string[], options: ProgramOptions): Promise<string> {
  const { timeoutMs, ...rest } = options;
  try {
    const output = await promisify(execFile)(program, [...args], {
      ...rest,
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      maxBuffer: 64 * 1024 * 1024,
    });
    return output.stdout;
  } catch (error) {
    throw new ProgramFailed(program, lastWords(error));
  }
}

function lastWords(error: unknown): string {
  const written = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
  const text = written || (error instanceof Error ? error.message : String(error));
  return text.split('\n').slice(-3).join(' | ').slice(-500);
}
