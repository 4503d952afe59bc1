import type { Command } from 'commander';
import { withExamples } from '../examples.js';
import { run } from '../run.js';
import { toDate, withActor, withEitherActor, type ActorOptions } from './options.js';

/** What happens to one deliverable. */
export function registerItems(onboarding: Command): void {
  deliverCommand(onboarding);
  checkCommand(onboarding);
  reasonCommand(onboarding, 'reopen', 'open a deliverable again; what depends on it waits again', 'a column was added');
  reasonCommand(
    onboarding,
    'leave-out',
    'leave a business rule out, by name, up to the release',
    'agreed for after release',
  );
  testCommand(onboarding);
  retryCommand(onboarding);
  moveCommand(onboarding);
}

export interface DeliverOptions extends ActorOptions {
  readonly file?: string;
  readonly uploaded?: string;
  readonly note?: string;
  readonly address?: readonly string[];
  readonly publicKey?: string;
  readonly time?: string;
}

function deliverCommand(onboarding: Command): void {
  const command = withEitherActor(
    onboarding
      .command('deliver')
      .description('hand a deliverable over; it is looked at once, and the answer says what was found')
      .argument('<slug>', 'the customer')
      .argument('<item>', 'the deliverable, such as example-record'),
  )
    .option('--file <path>', 'a file; it is stored sealed. For api-credentials: a file with `source:`')
    .option('--uploaded <name>', "a file that is in the customer's folder of the drop already")
    .option('--note <text>', 'what was agreed, or the exceptions')
    .option('--address <address...>', 'addresses and ranges from which the customer uploads')
    .option('--public-key <path>', "the customer's public SSH key, with --address")
    .option('--time <time>', 'time of day in the time zone of the customer, such as 05:30')
    .action((slug: string, item: string, options: DeliverOptions, self: Command) =>
      run(self, async (context) => (await import('./deliver.js')).deliverItem(context, slug, item, options)),
    );
  withExamples(
    command,
    'onboarding deliver korenaar example-record --by c-hr --recorded-by staff-17 --file example.csv',
    'onboarding deliver korenaar upload-addresses --by c-it --address 203.0.113.7 --public-key id_ed25519.pub',
    'onboarding deliver korenaar frequency --by c-hr --time 05:30',
    'onboarding deliver korenaar known-exceptions --by c-hr --note none',
  );
}

function checkCommand(onboarding: Command): void {
  const command = withActor(
    onboarding
      .command('check')
      .description('check a deliverable off')
      .argument('<slug>', 'the customer')
      .argument('<item>', 'the deliverable'),
  )
    .option('--note <text>', 'why, where something was found wrong with it')
    .action((slug: string, item: string, { by, note }: ActorOptions & { readonly note?: string }, self: Command) =>
      run(self, async (context) =>
        (await import('./send.js')).send(context, slug, 'check', {
          ...{ item, by },
          ...(note === undefined ? {} : { note }),
        }),
      ),
    );
  withExamples(command, 'onboarding check korenaar record-contents --by staff-17');
}

function reasonCommand(onboarding: Command, verb: 'reopen' | 'leave-out', description: string, reason: string): void {
  const name = verb === 'reopen' ? 'reopen' : 'leaveOut';
  const command = withActor(
    onboarding
      .command(verb)
      .description(description)
      .argument('<slug>', 'the customer')
      .argument('<item>', 'the deliverable'),
  )
    .requiredOption('--reason <text>', 'why')
    .action((slug: string, item: string, options: ActorOptions & { readonly reason: string }, self: Command) =>
      run(self, async (context) => (await import('./send.js')).send(context, slug, name, { item, ...options })),
    );
  const item = verb === 'reopen' ? 'example-record' : 'rule-roles';
  withExamples(command, `onboarding ${verb} korenaar ${item} --by staff-17 --reason "${reason}"`);
}

function testCommand(onboarding: Command): void {
  const command = withActor(
    onboarding
      .command('test')
      .description('begin a test of the approved mapping on an anonymised copy of the network')
      .argument('<slug>', 'the customer'),
  ).action((slug: string, { by }: ActorOptions, self: Command) =>
    run(self, async (context) => (await import('./send.js')).send(context, slug, 'test', { by })),
  );
  withExamples(command, 'onboarding test korenaar --by staff-17');
}

function retryCommand(onboarding: Command): void {
  const command = withActor(
    onboarding
      .command('retry')
      .description('try again what the system could not do, or look again')
      .argument('<slug>', 'the customer')
      .argument('<item>', 'the deliverable; for a rule, the dry run is made again'),
  ).action((slug: string, item: string, { by }: ActorOptions, self: Command) =>
    run(self, async (context) => (await import('./send.js')).send(context, slug, 'retry', { item, by })),
  );
  withExamples(command, 'onboarding retry korenaar first-upload --by staff-17');
}

function moveCommand(onboarding: Command): void {
  const command = withActor(
    onboarding
      .command('move')
      .description('set the date of one deliverable; what depends on it moves with it')
      .argument('<slug>', 'the customer')
      .argument('<item>', 'the deliverable'),
  )
    .requiredOption('--to <date>', 'the new date', toDate)
    .requiredOption('--reason <text>', 'why')
    .action(
      (
        slug: string,
        item: string,
        options: ActorOptions & { readonly to: string; readonly reason: string },
        self: Command,
      ) => run(self, async (context) => (await import('./send.js')).send(context, slug, 'move', { item, ...options })),
    );
  withExamples(
    command,
    'onboarding move korenaar structure-overview --to 2026-12-08 --by staff-17 --reason "asked for by the customer"',
  );
}
