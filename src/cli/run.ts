import type { Command } from 'commander';
import type { Context } from './context.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Output } from './output.js';
import { terminalOf } from './terminal.js';

/** Options that every command has; they may stand anywhere on the command line. */
export interface GlobalOptions {
  readonly data?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What a command does; answers its exit code, 0 when it says nothing. */
export type Work = (context: Context) => Promise<ExitCode | void>;

/** Runs one command from settings to exit code. Whatever goes wrong becomes a sentence. */
export async function run(command: Command, work: Work): Promise<void> {
  const options = command.optsWithGlobals<GlobalOptions>();
  const terminal = terminalOf(command);
  const output = terminal.output({ json: options.json === true, quiet: options.quiet === true });
  try {
    terminal.ended(await runWithContext(options, terminal.env, output, work), null);
  } catch (error) {
    if (hasReaderLeft(error)) return terminal.ended(EXIT.ok, null);
    const { exitCode, text } = await sentenceOf(error, output, terminal.env);
    terminal.ended(exitCode, text);
  }
}

async function runWithContext(
  options: GlobalOptions,
  given: NodeJS.ProcessEnv,
  output: Output,
  work: Work,
): Promise<ExitCode> {
  const [{ Context }, { readConfig }] = await Promise.all([import('./context.js'), import('../config.js')]);
  const env = options.data === undefined ? given : { ...given, USERSYNC_DATA: options.data };
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

async function sentenceOf(
  error: unknown,
  output: Output,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly exitCode: ExitCode; readonly text: string }> {
  const { explain } = await import('./explain.js');
  const { kind, message, exitCode } = explain(error);
  const text = output.json ? JSON.stringify({ error: { kind, message } }) : message;
  const isDebug = env['USERSYNC_LOG_LEVEL'] === 'debug' && error instanceof Error;
  return { exitCode, text: isDebug ? `${text}\n${error.stack}` : text };
}
