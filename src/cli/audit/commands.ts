import type { Command } from 'commander';
import { withExamples } from '../examples.js';
import { run } from '../run.js';

export function registerAudit(program: Command): void {
  const command = program
    .command('audit')
    .description('who made, opened and withdrew letters, and asked for or erased a person; never about whom')
    .argument('<slug>', 'the customer')
    .action((slug: string, _: unknown, self: Command) =>
      run(self, async (context) => (await import('./audit.js')).showAudit(context, slug)),
    );
  withExamples(command, 'audit korenaar', 'audit korenaar --json');
}
