import type { Command } from 'commander';
import type { ExitCode } from './exit-codes.js';
import { Output, type OutputSettings } from './output.js';

/** Where commands are typed: what they say and how they end goes there. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv;
  output(settings: OutputSettings): Output;
  /** A command has ended; `problem` is its sentence when it did not work. */
  ended(exitCode: ExitCode, problem: string | null): void;
}

/** The one in which this process was started. */
const OWN: Terminal = {
  env: process.env,
  output: (settings) => new Output(settings, process.env),
  ended(exitCode, problem) {
    process.exitCode = exitCode;
    if (problem !== null) process.stderr.write(`${problem}\n`);
  },
};

const others = new WeakMap<Command, Terminal>();

/** From now on what is typed into this program is typed at another terminal. */
export function useTerminal(program: Command, terminal: Terminal): void {
  others.set(program, terminal);
}

export function terminalOf(command: Command): Terminal {
  return others.get(command) ?? (command.parent === null ? OWN : terminalOf(command.parent));
}
