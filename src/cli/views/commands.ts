import type { Command } from 'commander';
import { withExamples } from '../examples.js';
import { toContactId } from '../onboarding/options.js';
import { run } from '../run.js';

export function registerViews(program: Command): void {
  const command = program
    .command('views')
    .description('queries for the Temporal UI, to be saved there as views: who waits, what is late, what goes live')
    .option('--manager <id>', 'of this project manager only', toContactId)
    .action(({ manager }: { readonly manager?: string }, self: Command) =>
      run(self, async (context) => (await import('./show.js')).showViews(context, manager ?? null)),
    );
  withExamples(command, 'views', 'views --manager staff-17', 'views --json');
}
