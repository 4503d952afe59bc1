import type { Command } from 'commander';
import type { Context } from '../../context.js';
import { CommandFailed } from '../../errors.js';
import { EXIT } from '../../exit-codes.js';
import { Output } from '../../output.js';
import { useTerminal } from '../../terminal.js';

/** Keeps what the command that is typed answered. */
class KeptOutput extends Output {
  text = '';

  override answer(_data: unknown, text: () => string): void {
    this.text = text();
  }

  override write(): void {
    return;
  }

  override async writePiece(): Promise<void> {
    return;
  }
}

/** Types commands as a person would, at a terminal of its own, and shows each with what it answered. */
export class Typist {
  constructor(
    private readonly context: Context,
    private readonly makeProgram: () => Command,
    private readonly show: (line: string, answer: string) => void,
  ) {}

  /** `words` is what stands behind `usersync`. A decision that is needed is an answer. @throws CommandFailed */
  async type(...words: readonly string[]): Promise<void> {
    const { config, env } = this.context;
    const line = `usersync ${words.map(quoted).join(' ')}`;
    const output = new KeptOutput({ json: false, quiet: true }, env);
    const program = this.makeProgram();
    let failure: string | null = null;
    useTerminal(program, {
      env: { ...env, USERSYNC_DATA: config.dataFolder },
      output: () => output,
      ended(exitCode, problem) {
        if (exitCode === EXIT.failed || exitCode === EXIT.usage) failure = problem ?? output.text;
      },
    });
    await program.parseAsync(words, { from: 'user' });
    if (failure !== null) throw new CommandFailed(`${line}\n${String(failure)}`);
    this.show(line, output.text);
  }
}

function quoted(word: string): string {
  return /^[\w./:@=,+-]+$/.test(word) ? word : `"${word}"`;
}
