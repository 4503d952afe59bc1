import type { Command } from 'commander';
import type { Context } from './context.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { Output } from './output.js';

/** Options that every command has; they may stand anywhere on the command line. */
export interface GlobalOptions {
  readonly data?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What a command does; answers its exit code, 0 when it says nothing. */
export type Work = (context: Context) => Promise<ExitCode | void>;

/** Runs one command from settings to exit code. Whatever goes wrong becomes a sentence on standard error. */
export async function run(command: Command, work: Work): Promise<void> {
  const options = command.optsWithGlobals<GlobalOptions>();
  const output = new Output({ json: options.json === true, quiet: options.quiet === true }, process.env);
  try {
    process.exitCode = await runWithContext(options, output, work);
  } catch (error) {
    process.exitCode = hasReaderLeft(error) ? EXIT.ok : await tell(error, output);
  }
}

async function runWithContext(options: GlobalOptions, output: Output, work: Work): Promise<ExitCode> {
  const [{ Context }, { readConfig }] = await Promise.all([import('./context.js'), import('../config.js')]);
  const env = options.data === undefined ? process.env : { ...process.env, USERSYNC_DATA: options.data };
  const context = new Context(readConfig(env), env, output);
  try {
    return (await work(context)) ?? EXIT.ok;
  } finally {
    await context.close();
  }
}

/** Whoever reads us through a pipe, `head` for one, may have read enough. */
function hasReaderLeft(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}

async function tell(error: unknown, output: Output): Promise<ExitCode> {
  const { explain } = await import('./explain.js');
  const { kind, message, exitCode } = explain(error);
  const text = output.json ? JSON.stringify({ error: { kind, message } }) : message;
  process.stderr.write(`${text}\n`);
  if (process.env['USERSYNC_LOG_LEVEL'] === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return exitCode;
}
