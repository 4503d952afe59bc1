import type { Command } from 'commander';
import { withExamples } from '../examples.js';
import { run } from '../run.js';
import { withActor, type ActorOptions } from './options.js';

/** What happens to the onboarding as a whole. */
export function registerCourse(onboarding: Command): void {
  pauseCommand(onboarding);
  resumeCommand(onboarding);
  cancelCommand(onboarding);
}

type WithReason = ActorOptions & { readonly reason: string };

function pauseCommand(onboarding: Command): void {
  const command = withActor(
    onboarding
      .command('pause')
      .description('nobody is reminded and no day counts until it is resumed')
      .argument('<slug>', 'the customer'),
  )
    .requiredOption('--reason <text>', 'why')
    .action((slug: string, { by, reason }: WithReason, self: Command) =>
      run(self, async (context) => (await import('./send.js')).send(context, slug, 'pause', { by, reason })),
    );
  withExamples(command, 'onboarding pause korenaar --by staff-17 --reason "the customer moves house"');
}

function resumeCommand(onboarding: Command): void {
  const command = withActor(
    onboarding
      .command('resume')
      .description('go on after a pause; open dates have moved by its days')
      .argument('<slug>', 'the customer'),
  )
    .option('--reason <text>', 'why')
    .action((slug: string, { by, reason }: Partial<WithReason> & ActorOptions, self: Command) =>
      run(self, async (context) =>
        (await import('./send.js')).send(context, slug, 'resume', { by, ...(reason === undefined ? {} : { reason }) }),
      ),
    );
  withExamples(command, 'onboarding resume korenaar --by staff-17');
}

function cancelCommand(onboarding: Command): void {
  const command = withActor(
    onboarding
      .command('cancel')
      .description('end it, and remove the accounts, credentials and data that it made')
      .argument('<slug>', 'the customer'),
  )
    .requiredOption('--reason <text>', 'why')
    .action((slug: string, { by, reason }: WithReason, self: Command) =>
      run(self, async (context) => (await import('./send.js')).send(context, slug, 'cancel', { by, reason })),
    );
  withExamples(command, 'onboarding cancel korenaar --by staff-17 --reason "the contract ended"');
}
