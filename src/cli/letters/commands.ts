import type { Command } from 'commander';
import { withExamples } from '../examples.js';
import { run } from '../run.js';
import { wholeNumber } from '../whole-number.js';

const toNumber = wholeNumber('A number from 1 is needed.', 1_000_000);

export interface LettersOptions {
  readonly to?: string;
  readonly run?: number;
  readonly location?: string;
  readonly days: number;
  readonly link?: boolean;
  readonly again?: boolean;
  readonly withdraw?: number;
  readonly by?: string;
}

export function registerLetters(program: Command): void {
  const command = program
    .command('letters')
    .description('letters with temporary passwords: who waits for one; with --to, a link that opens them once')
    .argument('<slug>', 'the customer')
    .option('--to <contact>', 'make the letters, and mail this contact a link that opens them once')
    .option('--run <n>', 'only of people whom this run created or invited', toNumber)
    .option('--location <name>', 'only of this location (business unit)')
    .option('--days <n>', 'how long the link works', toNumber, 7)
    .option('--link', 'show the link here and mail nothing: whoever has it can open the letters')
    .option('--again', 'also letters that lie behind links which nobody opened; those links stop working')
    .option('--withdraw <n>', 'make the link of these letters stop working; they wait again', toNumber)
    .option('--by <id>', 'your staff id (default: USERSYNC_USER, else your name on this machine)')
    .action((slug: string, options: LettersOptions, self: Command) =>
      run(self, async (context) => (await import('./letters.js')).letters(context, slug, options)),
    );
  withExamples(
    command,
    'letters korenaar',
    'letters korenaar --run 12 --to c-hr',
    'letters korenaar --location Delft --to c-delft --days 3',
    'letters korenaar --withdraw 2',
  );
}
