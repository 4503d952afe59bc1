import type { Command } from 'commander';
import { withExamples } from './examples.js';
import { run } from './run.js';

export interface DemoOptions {
  readonly once?: boolean;
}

export function registerDemo(program: Command): void {
  const command = program
    .command('demo')
    .description('the whole system with a sample customer and its first two days')
    .option('--once', 'end after the report, with 0 when everything went well')
    .action((options: DemoOptions, self: Command) =>
      run(self, async (context) => (await import('./demo/demo.js')).runDemo(context, options)),
    );
  withExamples(command, 'demo', 'demo --once --data /tmp/demo');
}
