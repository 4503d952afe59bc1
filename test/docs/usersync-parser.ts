import type { Command } from 'commander';
import { CommanderError } from 'commander';
import { createProgram } from '../../src/cli/program.js';

/** Reads a command line as `usersync` does, without carrying anything out. Answers what is wrong with it; null when nothing is. */
export async function problemWith(args: readonly string[]): Promise<string | null> {
  const program = createProgram();
  quiet(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return null;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.code === 'commander.helpDisplayed' ? null : error.message;
  }
}

/** Whether these words lead to a command; what stands behind one without further commands are its arguments. */
export function isCommand(words: readonly string[]): boolean {
  let command = createProgram();
  for (const word of words) {
    if (command.commands.length === 0) return true;
    const next = command.commands.find((candidate) => candidate.name() === word);
    if (next === undefined) return false;
    command = next;
  }
  return true;
}

function quiet(command: Command): void {
  command.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  if (command.commands.length === 0) command.action(() => undefined);
  command.commands.forEach(quiet);
}
