import { Argument, type Command } from 'commander';
import type { Subject } from '../../onboarding/messages.js';
import { withExamples } from '../examples.js';
import { run } from '../run.js';
import { toNumber } from '../whole-number.js';
import { withEitherActor, type ActorOptions } from './options.js';

const SUBJECTS: readonly Subject[] = ['groups', 'mapping', 'release'];

export function registerAgreements(onboarding: Command): void {
  approveCommand(onboarding);
  rejectCommand(onboarding);
}

export interface ApproveOptions extends ActorOptions {
  readonly version: number;
  readonly code?: string;
}

function approveCommand(onboarding: Command): void {
  const command = withEitherActor(
    onboarding
      .command('approve')
      .description('approve exactly one version, with the one-time code that was mailed to the contact')
      .argument('<slug>', 'the customer')
      .addArgument(new Argument('<subject>', 'what is approved').choices(SUBJECTS)),
  )
    .requiredOption('--version <n>', 'the version', toNumber)
    .option('--code <code>', 'as mailed to the contact of --by')
    .action((slug: string, subject: Subject, options: ApproveOptions, self: Command) =>
      run(self, async (context) => (await import('./decide.js')).approve(context, slug, subject, options)),
    );
  withExamples(command, 'onboarding approve korenaar groups --version 1 --by c-hr --code K7QM-2XTB');
}

export interface RejectOptions extends ActorOptions {
  readonly version: number;
  readonly reason: string;
}

function rejectCommand(onboarding: Command): void {
  const command = withEitherActor(
    onboarding
      .command('reject')
      .description('reject exactly one version; the next one needs all approvals anew')
      .argument('<slug>', 'the customer')
      .addArgument(new Argument('<subject>', 'what is rejected').choices(SUBJECTS)),
  )
    .requiredOption('--version <n>', 'the version', toNumber)
    .requiredOption('--reason <text>', 'why')
    .action((slug: string, subject: Subject, options: RejectOptions, self: Command) =>
      run(self, async (context) => (await import('./decide.js')).reject(context, slug, subject, options)),
    );
  withExamples(command, 'onboarding reject korenaar groups --version 1 --by c-hr --reason "head office is missing"');
}
