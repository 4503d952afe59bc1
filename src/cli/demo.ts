import type { Command } from 'commander';
import { withExamples } from './examples.js';
import { run } from './run.js';

export interface DemoOptions {
  readonly once?: boolean;
  readonly journey?: boolean;
}

/** `makeProgram`: all commands, for the journey, which types them. */
export function registerDemo(program: Command, makeProgram: () => Command): void {
  const command = program
    .command('demo')
    .description('the whole system with a sample customer and its first two days')
    .option('--once', 'end after the report, with 0 when everything went well')
    .option('--journey', 'a customer of 10,000 people instead, from the first call to the second daily sync')
    .action(({ once, journey }: DemoOptions, self: Command) =>
      run(self, async (context) =>
        journey === true
          ? (await import('./demo/journey/journey.js')).runJourney(context, makeProgram, { once: once === true })
          : (await import('./demo/demo.js')).runDemo(context, { once: once === true }),
      ),
    );
  withExamples(command, 'demo', 'demo --once --data /tmp/demo', 'demo --journey');
}
