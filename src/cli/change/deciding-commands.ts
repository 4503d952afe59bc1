import type { Command } from 'commander';
import { withExamples } from '../examples.js';
import { actorOf, withActor, withEitherActor, type ActorOptions } from '../onboarding/options.js';
import { run } from '../run.js';
import { toNumber } from '../whole-number.js';
import { ofChange } from './of-change.js';

/** From a version of the mapping to its being applied, or to the end without it. */
export function registerDeciding(change: Command): void {
  proposeCommand(change);
  approveCommand(change);
  rejectCommand(change);
  withdrawCommand(change);
  testCommand(change);
  retryCommand(change);
}

export interface ProposeOptions extends ActorOptions {
  readonly version?: number;
  readonly test?: boolean;
  readonly comment: string;
}

function proposeCommand(change: Command): void {
  const command = withActor(
    ofChange(
      change,
      'propose',
      'try a version of the mapping without changing anything, and send it to the customer',
    ).argument('[file]', 'a mapping document, kept as the next version'),
  )
    .option('--version <n>', 'a version that is kept already, instead of a file', toNumber)
    .option('--test', 'it is tested on an anonymised copy before it is applied, though it is small')
    .option('--comment <text>', 'why, for the history of the mapping', '')
    .action((slug: string, number: number, file: string | undefined, options: ProposeOptions, self: Command) =>
      run(self, async (context) =>
        (await import('./propose.js')).proposeVersion(context, slug, number, file ?? null, options),
      ),
    );
  withExamples(
    command,
    'change propose korenaar 3 mapping.yaml --by staff-21',
    'change propose korenaar 3 --version 7 --test --by staff-21',
  );
}

interface ApproveOptions extends ActorOptions {
  readonly version: number;
  readonly code?: string;
}

function approveCommand(change: Command): void {
  const command = withEitherActor(
    ofChange(
      change,
      'approve',
      'the customer approves exactly one version, with the code that was mailed to the contact',
    ),
  )
    .requiredOption('--version <n>', 'the version', toNumber)
    .option('--code <code>', 'as mailed to the contact of --by')
    .action((slug: string, number: number, options: ApproveOptions, self: Command) =>
      run(self, async (context) => {
        const { version, code } = options;
        const message = { ...actorOf(options), version, ...(code === undefined ? {} : { code }) };
        return (await import('./send.js')).send(context, slug, number, 'approve', message);
      }),
    );
  withExamples(command, 'change approve korenaar 3 --version 7 --by c-hr --recorded-by staff-17 --code K7QM-2XTB');
}

type Reason = ActorOptions & { readonly reason: string };

function rejectCommand(change: Command): void {
  const command = withEitherActor(
    ofChange(change, 'reject', 'send one version back; without --version, Speakap turns the whole request down'),
  )
    .requiredOption('--reason <text>', 'why')
    .option('--version <n>', 'the version that is not good yet', toNumber)
    .action((slug: string, number: number, options: Reason & { readonly version?: number }, self: Command) =>
      run(self, async (context) => {
        const { reason, version } = options;
        const message = { ...actorOf(options), reason, ...(version === undefined ? {} : { version }) };
        return (await import('./send.js')).send(context, slug, number, 'reject', message);
      }),
    );
  withExamples(
    command,
    'change reject korenaar 3 --version 7 --by c-hr --reason "the bakery is missing"',
    'change reject korenaar 3 --by staff-17 --reason "it cannot be told from the record"',
  );
}

function withdrawCommand(change: Command): void {
  const command = withEitherActor(
    ofChange(change, 'withdraw', 'the customer takes the request back; nothing of it stays'),
  )
    .requiredOption('--reason <text>', 'why')
    .action((slug: string, number: number, options: Reason, self: Command) =>
      run(self, async (context) =>
        (await import('./withdraw.js')).withdrawChange(context, slug, number, {
          ...actorOf(options),
          reason: options.reason,
        }),
      ),
    );
  withExamples(command, 'change withdraw korenaar 3 --by c-hr --recorded-by staff-17 --reason "the shop stays open"');
}

function testCommand(change: Command): void {
  const command = withActor(
    ofChange(
      change,
      'test',
      'test the proposed version on an anonymised copy; that of a structural change begins by itself',
    ),
  ).action((slug: string, number: number, { by }: ActorOptions, self: Command) =>
    run(self, async (context) => (await import('./send.js')).send(context, slug, number, 'test', { by })),
  );
  withExamples(command, 'change test korenaar 3 --by staff-21');
}

function retryCommand(change: Command): void {
  const command = withActor(
    ofChange(change, 'retry', 'try again what could not be done, or send new codes for an approval'),
  )
    .option('--accept <reason>', 'close it though a part of what was applied failed')
    .action(
      (slug: string, number: number, { by, accept }: ActorOptions & { readonly accept?: string }, self: Command) =>
        run(self, async (context) =>
          (await import('./send.js')).send(context, slug, number, 'retry', {
            by,
            ...(accept === undefined ? {} : { accept }),
          }),
        ),
    );
  withExamples(command, 'change retry korenaar 3 --by staff-17');
}
