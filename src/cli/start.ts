import type { Command } from 'commander';
import { withExamples } from './examples.js';
import { run } from './run.js';

export function registerStart(program: Command): void {
  const command = program
    .command('start')
    .description('the whole system on this machine: Temporal, Postgres, SFTP drop, Speakap sandbox and one worker')
    .action((_: unknown, self: Command) =>
      run(self, async (context) => (await import('./stack/keep-running.js')).keepRunning(context)),
    );
  withExamples(command, 'start', 'start --data /srv/usersync');
}
